"""Calls upward: a key has exactly one owner, registered at start-up by the owner's wiring."""

from collections.abc import Callable
from typing import Any

_owners: dict[str, Callable[..., Any]] = {}
_expected: set[str] = set()


class HandlerTaken(RuntimeError):
    """A second owner registered for a key."""


class HandlerMissing(LookupError):
    """Nobody owns the key that was called."""


def register(key: str, func: Callable[..., Any]) -> None:
    """Make ``func`` the owner of ``key``. Raises HandlerTaken if another one owns it."""
    if _owners.setdefault(key, func) is not func:
        raise HandlerTaken(f"{key}: {_owners[key].__qualname__} and {func.__qualname__}")


def call(key: str, **arguments: Any) -> Any:
    """Call the owner of ``key``. Raises HandlerMissing."""
    try:
        owner = _owners[key]
    except KeyError:
        raise HandlerMissing(key) from None
    return owner(**arguments)


def has(key: str) -> bool:
    """Whether somebody owns ``key``."""
    return key in _owners


def expect(key: str) -> None:
    """Say that ``key`` will be called; the start-up check refuses a project in which nobody owns it."""
    _expected.add(key)


def collect(prefix: str) -> list[tuple[str, Callable[..., Any]]]:
    """All owners whose key starts with ``prefix``, by key: for registries with many owners ("my_work:")."""
    return sorted((key, func) for key, func in _owners.items() if key.startswith(prefix))


def missing() -> list[str]:
    """The expected keys that nobody owns."""
    return sorted(key for key in _expected if key not in _owners)


def expected() -> list[str]:
    """The keys somebody announced to call."""
    return sorted(_expected)
