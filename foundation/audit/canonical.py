"""One text for one content: what events hash over, and what may stand in their data."""

import hashlib
import json
from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import Enum
from typing import Any

from django.utils.functional import Promise

from foundation.core.money import Money
from foundation.core.refs import Ref


def plain(value: Any) -> Any:
    """Data as JSON keeps it: Money, moments, dates and Refs written out. Raises TypeError for floats and the rest."""
    if value is None or type(value) in (bool, int, str):
        return value
    for kind, write in WRITERS:
        if isinstance(value, kind):
            return write(value)
    raise TypeError(f"an event cannot hold a {type(value).__name__}")


def moment(value: datetime) -> str:
    """An aware moment in UTC, always with microseconds."""
    return value.astimezone(UTC).isoformat(timespec="microseconds")


# the first kind that fits; datetime before date, of which it is one
WRITERS: tuple[tuple[Any, Callable[[Any], Any]], ...] = (
    (Enum, lambda value: plain(value.value)),
    ((str, Decimal, Promise), str),
    (dict, lambda value: {str(plain(key)): plain(inner) for key, inner in value.items()}),
    ((list, tuple), lambda value: [plain(inner) for inner in value]),
    ((set, frozenset), lambda value: [plain(inner) for inner in sorted(value)]),
    (Money, lambda value: {"fen": value.fen, "currency": value.currency}),
    (datetime, moment),
    (date, lambda value: value.isoformat()),
    (Ref, lambda value: {"kind": value.kind, "id": value.id, "number": value.number}),
)


def digest(*parts: str) -> str:
    """SHA-256 in hex over parts, each on its line."""
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def text(value: Any) -> str:
    """Canonical JSON: sorted keys, no spaces, as is beyond ASCII."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


HASHED = (
    "name",
    "subject_kind",
    "subject_id",
    "subject_number",
    "province",
    "actor_user_id",
    "actor_organization_id",
    "actor_role",
    "data",
    "visibility",
    "party_ids",
    "request_id",
)


def event_hash(event: Any) -> str:
    """The hash of an event: its contents, chained to the event before it about the same subject."""
    content = {name: getattr(event, name) for name in HASHED}
    content["occurred_at"] = moment(event.occurred_at)
    return digest(event.previous_hash, text(content))
