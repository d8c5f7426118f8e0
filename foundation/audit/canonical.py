"""One text for one content: what events hash over, and what may stand in their data."""

import hashlib
import json
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import Enum
from typing import Any

from foundation.core.money import Money
from foundation.core.refs import Ref


def plain(value: Any) -> Any:
    """Data as JSON keeps it: Money, moments, dates and Refs written out. Raises TypeError for floats and the rest."""
    if isinstance(value, Enum):
        return plain(value.value)
    if value is None or isinstance(value, bool | int | str):
        return value
    if isinstance(value, dict):
        return {str(plain(key)): plain(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        items = sorted(value) if isinstance(value, set | frozenset) else value
        return [plain(inner) for inner in items]
    if isinstance(value, Money):
        return {"fen": value.fen, "currency": value.currency}
    if isinstance(value, datetime):
        return moment(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, Ref):
        return {"kind": value.kind, "id": value.id, "number": value.number}
    if hasattr(value, "__html__") or hasattr(value, "_proxy____cast"):
        return str(value)
    raise TypeError(f"an event cannot hold a {type(value).__name__}")


def moment(value: datetime) -> str:
    """An aware moment in UTC, always with microseconds."""
    return value.astimezone(UTC).isoformat(timespec="microseconds")


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
