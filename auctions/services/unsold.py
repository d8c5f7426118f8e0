"""A lot that found no buyer: what the bidding showed, and the way back into the pool."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Max

from auctions.models import Lot, Result, RoomAccess
from auctions.services import burdens
from auctions.services.outcomes import unsold_until
from auctions.services.sales import move_lot
from foundation.core.actors import CLOCK
from foundation.core.clock import database_now
from foundation.core.locking import lock_rows
from foundation.core.money import Money


@dataclass(frozen=True, slots=True)
class Shown:
    """What the bidding showed the seller; who stood behind it stays secret."""

    outcome: str
    viewers: int
    documents_read: int
    questions: int
    registrations: int
    admitted: int
    bids: int
    bidders: int
    highest: Money | None
    refused: dict[str, int]


def begin(*, lot: Lot, result: Result) -> Lot:
    """The bidding ended without a buyer (handler "auctions.unsold"): the seller has 60 days to choose a way.

    In the closing transaction; a repeat changes nothing.
    """
    until = unsold_until(result.decided_at)
    Lot.objects.filter(pk=lot.pk).update(next_check_at=until)
    lot.next_check_at = until
    return lot


def what_was_shown(lot: Lot) -> Shown:
    """The figures of a decided lot, for its seller."""
    result = Result.objects.filter(lot=lot).first()
    reads = RoomAccess.objects.filter(document__lot=lot).exclude(organization_id=lot.seller_id)
    registrations = lot.registrations.all()
    return Shown(
        outcome=str(result.outcome) if result else "",
        viewers=reads.exclude(organization_id=None).values("organization_id").distinct().count(),
        documents_read=reads.count(),
        questions=lot.questions.count(),
        registrations=registrations.count(),
        admitted=registrations.exclude(admitted_at=None).count(),
        bids=result.bids if result else 0,
        bidders=result.bidders if result else 0,
        highest=_highest(lot),
        refused=dict(Counter(lot.attempts.values_list("code", flat=True))),
    )


def _highest(lot: Lot) -> Money | None:
    """The highest bid, whether it was enough or not."""
    fen = lot.bids.aggregate(highest=Max("amount_fen"))["highest"]
    return None if fen is None else Money(fen)


@transaction.atomic
def return_to_pool(*, lot: Lot, actor: Any) -> Lot:
    """The seller takes the patents back into the pool; they are free again. Raises NotAllowed, NotPossibleNow."""
    return _return(lock_rows(lot), actor, database_now())


@transaction.atomic
def return_forgotten(*, lot: Lot) -> Lot:
    """The clock: a seller who chose nothing in time. Before that, nothing changes."""
    lot, now = lock_rows(lot), database_now()
    if not lot.permits("choose") or lot.next_check_at is None or now < lot.next_check_at:
        return lot
    return _return(lot, CLOCK, now)


def _return(lot: Lot, actor: Any, now: datetime) -> Lot:
    lot = move_lot(lot, "return_to_pool", actor=actor, now=now, next_check_at=None)
    burdens.lift(lot, actor=actor, reason="returned to the pool")
    return lot
