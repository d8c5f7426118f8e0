"""Who listens to which events. Durable: each subscriber gets each event at least once, through the outbox."""

from collections.abc import Callable
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from functools import lru_cache

from foundation.core.handlers import HandlerTaken


@dataclass(slots=True)
class Subscriber:
    """``func(event)`` must be idempotent; its writes commit together with the note that it is done."""

    name: str
    func: Callable
    patterns: set[str] = field(default_factory=set)


_subscribers: dict[str, Subscriber] = {}


def subscribe(pattern: str, name: str, func: Callable) -> None:
    """Deliver events whose name matches ("licenses.declaration.published", "licenses.*") to ``func``.

    One subscriber may have several patterns and gets each event once. Raises HandlerTaken for a second func.
    """
    subscriber = _subscribers.setdefault(name, Subscriber(name, func))
    if subscriber.func is not func:
        raise HandlerTaken(name)
    subscriber.patterns.add(pattern)
    subscribers_of.cache_clear()


def unsubscribe(name: str) -> None:
    """Forget a subscriber (tests)."""
    _subscribers.pop(name, None)
    subscribers_of.cache_clear()


@lru_cache(maxsize=2048)
def subscribers_of(event_name: str) -> tuple[str, ...]:
    """The names of those who want this event."""
    return tuple(
        sorted(
            subscriber.name
            for subscriber in _subscribers.values()
            if any(fnmatchcase(event_name, pattern) for pattern in subscriber.patterns)
        )
    )


def find(name: str) -> Subscriber | None:
    """The subscriber of this name; None when it no longer exists."""
    return _subscribers.get(name)


def everyone() -> list[Subscriber]:
    """All subscribers by name, for the docs."""
    return [_subscribers[name] for name in sorted(_subscribers)]
