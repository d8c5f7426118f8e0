"""Placing a bid: one call of the database, one transaction, the database's clock."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection, transaction

from auctions import live
from auctions.models import Registration
from auctions.services import proxies
from auctions.services.calling import BidRefused, Row, call, require_bidder
from foundation.audit import recording
from foundation.core.money import Money

__all__ = ["BidRefused", "Placed", "place_bid"]
FLUSH = "SELECT pg_logical_emit_message(true, 'kaixu', '')"


@dataclass(frozen=True, slots=True)
class Placed:
    """An accepted bid: its receipt. ``leading``: no maximum of somebody else answered it at once."""

    seq: int
    amount: Money
    hash: str
    received_at: datetime
    ends_at: datetime
    extended: bool
    leading: bool
    repeated: bool = False


def place_bid(
    *, registration: Registration, amount: Money, key: str, actor: Any, seen_seq: int | None = None
) -> Placed:
    """Bid on the lot of a registration. ``key`` is the bidder's own: a repeat returns the first answer.

    ``seen_seq`` is the sequence number the bidder saw. A refusal is kept as a BidAttempt unless the caller's own
    transaction takes it back, so call it outside of one. The answer is given when the bid is on disk. Raises
    BidRefused, NotAllowed, Busy (somebody held the lot for 3 s).
    """
    require_bidder(actor, registration)
    given = {"registration": registration, "amount_fen": amount.fen, "key": key, "user_id": actor.user_id}
    alone = not connection.in_atomic_block
    row = call(**given, seen=seen_seq, alone=alone)
    if alone and row.outcome != "together":
        leads = row.leads
    else:
        with transaction.atomic():
            if alone:
                row = call(**given, seen=seen_seq)
            leads = row.leads and not (row.outcome == "accepted" and proxies.answer(registration.lot_id, row.taken_at))
    if row.outcome == "refused":
        raise row.refused
    if alone:
        until_on_disk()
    if row.outcome == "accepted":
        recording.wake_after_commit()
        live.publish(registration.lot_id)
    return receipt_of(row, leads)


def until_on_disk() -> None:
    """Wait until the commit is flushed; those who wait share one flush, and nobody holds the lot meanwhile."""
    with connection.cursor() as cursor:
        cursor.execute(FLUSH)


def receipt_of(row: Row, leads: bool) -> Placed:
    """What the bidder is told of an accepted or repeated bid."""
    return Placed(
        seq=row.place,
        amount=Money(row.offered),
        hash=row.digest,
        received_at=row.taken_at,
        ends_at=row.ends,
        extended=row.longer,
        leading=leads,
        repeated=row.outcome == "repeated",
    )
