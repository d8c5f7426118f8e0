"""The chain of a lot's bids: each hash covers the bid's facts and the hash before it. Standard library only."""

import hashlib
from datetime import UTC, datetime

SEPARATOR = "|"


def moment(value: datetime) -> str:
    """An aware moment in UTC, always with microseconds: "2026-11-22T02:00:00.000000+00:00"."""
    return value.astimezone(UTC).isoformat(timespec="microseconds")


def bid_hash(  # noqa: PLR0917, the facts in the order in which they are hashed
    previous: str, lot_number: str, seq: int, paddle: str, amount_fen: int, rank: int, received_at: datetime
) -> str:
    """SHA-256 in hex over the facts of a bid, joined by "|". ``previous`` is "" for the first, ``rank`` 0 for none."""
    facts = (previous, lot_number, str(seq), paddle, str(amount_fen), str(rank), moment(received_at))
    return hashlib.sha256(SEPARATOR.join(facts).encode()).hexdigest()
