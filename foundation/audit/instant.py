"""Instant news: one publish on Redis after the commit. Best effort: live pages read again by themselves anyway."""

import functools
import logging
import time

import redis
from django.conf import settings
from django.db import transaction

PATIENCE = 0.1  # seconds
PAUSE = 5.0  # seconds without trying after Redis did not answer
log = logging.getLogger(__name__)
_breaker = {"closed_until": 0.0}


@functools.lru_cache(maxsize=1)
def _client() -> redis.Redis:
    return redis.Redis.from_url(
        settings.REDIS_URL, socket_timeout=PATIENCE, socket_connect_timeout=PATIENCE, retry_on_timeout=False
    )


def publish_after_commit(channel: str, message: str) -> None:
    """Publish on a channel when the transaction commits; at once where there is none. Never raises for Redis."""
    transaction.on_commit(functools.partial(publish, channel, message))


def publish(channel: str, message: str) -> None:
    """One publish; a Redis that is away costs one short wait, then nothing for 5 s."""
    if time.monotonic() < _breaker["closed_until"]:
        return
    try:
        _client().publish(channel, message)
    except redis.RedisError as error:
        _breaker["closed_until"] = time.monotonic() + PAUSE
        log.warning("live pages were not told, they will look: %s", error)
