"""The table of saved-search kinds. Owners register theirs in their wiring, declarations first."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from foundation.core.errors import Invalid
from foundation.core.handlers import HandlerTaken


@dataclass(frozen=True)
class Kind:
    """What is searched.

    - ``parse(query)``: the query string of the result list -> parameters; raises DomainError.
    - ``queryset(params, membership)``: what this member finds now.
    - ``newest(queryset, since)``: the part of it published after the moment.
    - ``title(obj)``, ``url(obj)``: one line of the digest, in the language of the moment.
    - ``detail(obj)``: a second line, may be empty. ``published_at(obj)``: for the feed.
    - ``describe(params)``: the search in words, for "why you got this".
    - ``list_url(query)``: the page of the results.
    """

    key: str
    label: str
    parse: Callable[[str], Any]
    queryset: Callable[[Any, Any], Any]
    newest: Callable[[Any, Any], Any]
    title: Callable[[Any], str]
    url: Callable[[Any], str]
    list_url: Callable[[str], str]
    describe: Callable[[Any], str]
    published_at: Callable[[Any], Any]
    detail: Callable[[Any], str] = lambda obj: ""


_kinds: dict[str, Kind] = {}


def register(key, **parts) -> None:
    """Add a kind ("licenses.declaration"); see `Kind`. Raises HandlerTaken for a second owner."""
    if key in _kinds:
        raise HandlerTaken(key)
    _kinds[key] = Kind(key, **parts)


def unregister(key) -> None:
    """Forget a kind (tests)."""
    _kinds.pop(key, None)


def find(key) -> Kind:
    """The kind of this key. Raises Invalid."""
    try:
        return _kinds[key]
    except (KeyError, TypeError):
        raise Invalid(field="kind") from None


def known(key) -> bool:
    """Whether somebody owns the kind."""
    return key in _kinds


def everything() -> list[Kind]:
    """All kinds by key."""
    return [_kinds[key] for key in sorted(_kinds)]
