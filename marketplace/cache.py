"""The cache on Redis that never fails a request."""

from collections.abc import Callable
from typing import Any

import structlog
from django.core.cache.backends.redis import RedisCache
from redis.exceptions import RedisError

logger = structlog.get_logger(__name__)


def forgiving(name: str, answer: Callable[..., Any]) -> Callable[..., Any]:
    """The method `name` of RedisCache; `answer` of its arguments where Redis is away."""

    def method(self: RedisCache, *args: Any, **kwargs: Any) -> Any:
        try:
            return getattr(RedisCache, name)(self, *args, **kwargs)
        except (RedisError, OSError) as error:
            logger.warning("cache_away", error=type(error).__name__)
            return answer(*args, **kwargs)

    method.__name__ = name
    return method


def default_of(key: str, default: Any = None, version: int | None = None) -> Any:
    """What a cache miss answers."""
    return default


class ForgivingRedis(RedisCache):
    """Answers as if nothing were cached while Redis is away, so that browsing and signing in go on."""

    add = forgiving("add", lambda *a, **k: True)
    get = forgiving("get", default_of)
    set = forgiving("set", lambda *a, **k: None)
    touch = forgiving("touch", lambda *a, **k: False)
    delete = forgiving("delete", lambda *a, **k: False)
    get_many = forgiving("get_many", lambda *a, **k: {})
    set_many = forgiving("set_many", lambda data, *a, **k: list(data))
    delete_many = forgiving("delete_many", lambda *a, **k: None)
    has_key = forgiving("has_key", lambda *a, **k: False)
    incr = forgiving("incr", lambda key, delta=1, **k: delta)
    clear = forgiving("clear", lambda *a, **k: False)
