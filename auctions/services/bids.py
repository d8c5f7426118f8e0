"""Placing a bid: one call of the database, one transaction, the database's clock."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection, transaction

from accounts import rules as account_rules
from auctions import live
from auctions.models import Registration
from auctions.queries import bids as registered
from auctions.services import calling, proxies
from auctions.services.calling import BidRefused, Row, call, require_bidder
from foundation.audit import recording
from foundation.core.errors import NotAllowed
from foundation.core.money import Money

__all__ = ["BidRefused", "Placed", "place_bid", "place_bid_by_number"]
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
    return _told(row, registration.lot_id, leads, alone)


def place_bid_by_number(*, number: str, amount: Money, key: str, actor: Any, seen_seq: int | None = None) -> Placed:
    """Bid for the actor's party on the lot of a number: `place_bid`, which finds the registration in the same call.

    Where that call cannot decide (no admitted registration, a maximum on the lot, a transaction is open) nothing is
    done by it, and `place_bid` does. Raises NotAllowed also where the party never registered for such a lot.
    """
    if not connection.in_atomic_block and not calling.without_locks() and account_rules.can(actor, "bid"):
        found = calling.call_by_number(number, actor.organization_id, amount.fen, key, actor.user_id, seen=seen_seq)
        if found and found[0].outcome != "together":
            row, lot_id = found
            return _told(row, lot_id, row.leads, alone=True)
    registration = registered.entry(number, actor)
    if registration is None:
        raise NotAllowed()
    return place_bid(registration=registration, amount=amount, key=key, actor=actor, seen_seq=seen_seq)


def _told(row: Row, lot_id: int, leads: bool, alone: bool) -> Placed:
    """The receipt of what the call decided, once it is on disk, and word to who watches. Raises BidRefused."""
    if row.outcome == "refused":
        raise row.refused
    if alone:
        until_on_disk()
    if row.outcome == "accepted":
        recording.wake_after_commit()
        live.publish(lot_id)
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
