"""Reading a question to a catalogue from an address: what is not understood is left out, every address shows a page."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any, Self

from foundation.core.money import AmountInvalid, Money
from patents import search

LONGEST, MOST_VALUES = 200, 30


class Question:
    """For frozen dataclasses whose fields are texts, tuples of values, or bounds that may be None."""

    def without(self, name: str, value: str = "") -> Self:
        """The question without one of its parts."""
        kept = getattr(self, name)
        if isinstance(kept, tuple):
            return replace(self, **{name: tuple(one for one in kept if one != value)})  # type: ignore[type-var]
        return replace(self, **{name: "" if isinstance(kept, str) else None})  # type: ignore[type-var]


def text(data: Any, name: str, limit: int = LONGEST) -> str:
    """One text, normalized, in one line."""
    value = data.get(name) or ""
    return " ".join(search.normalize(value).split())[:limit].strip() if isinstance(value, str) else ""


def several(data: Any, name: str, allowed: Callable[[str], bool]) -> tuple[str, ...]:
    """The allowed values of a repeated parameter, sorted, each once."""
    sent = data.getlist(name) if hasattr(data, "getlist") else data.get(name) or []
    sent = [sent] if isinstance(sent, str) else sent
    return tuple(sorted({value for value in sent[:MOST_VALUES] if isinstance(value, str) and allowed(value)}))


def fen(data: Any, name: str) -> int | None:
    """A bound in fen, typed in yuan."""
    value = data.get(name)
    if not isinstance(value, str) or not value.strip():
        return None
    try:
        amount = Money.parse(value).fen
    except AmountInvalid:
        return None
    return amount if amount >= 0 else None
