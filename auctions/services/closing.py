"""The end of a lot: decided once, from the stored bids and times alone, whenever the clock comes to look."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Count
from django.utils.translation import gettext_lazy as _

from auctions import bidding, live
from auctions.lifecycle_parties import RegistrationState
from auctions.models import Bid, Floor, Lot, Registration, Result
from auctions.reserve import reserve_of
from auctions.services import floors, opening
from foundation import audit
from foundation.core import handlers
from foundation.core.actors import CLOCK, SYSTEM
from foundation.core.clock import database_now
from foundation.core.crashes import crash_point
from foundation.core.errors import DomainError

Outcome = Result.Outcome
FOLLOWERS = {True: "auctions.sold", False: "auctions.unsold"}


class NotEnded(DomainError):
    """Its time is not over, or it is paused, called off, or was never announced."""

    code = "not_ended"
    message = _("The bidding on this lot has not ended.")


@transaction.atomic
def close_lot(*, lot: Lot) -> Result:
    """Decide a lot whose end has passed; a repeat returns the same result. Raises NotEnded, Busy.

    One bid is enough (judicial rules Art. 11); below the reserve the highest bid has no effect (Auction Law Art. 50).
    What follows a sale, or none, happens in the same transaction by "auctions.sold" and "auctions.unsold".
    """
    lot, floor = floors.lock(lot)
    found = Result.objects.filter(lot=lot).first()
    if found is not None:
        return found
    now = database_now()
    _require_ended(floor, now)
    opening.make_live(lot)
    result = _decide(lot, floor, now)
    Floor.objects.filter(pk=floor.pk).update(closed_at=floor.ends_at)
    sold = result.outcome == Outcome.SOLD
    audit.advance(lot, "knock_down" if sold else "fail", actor=CLOCK, data=_facts(result), visibility="public", now=now)
    _end_registrations(lot, result, now)
    crash_point("auctions.lot.decided")
    if handlers.has(FOLLOWERS[sold]):
        handlers.call(FOLLOWERS[sold], lot=lot, result=result)
    live.publish(lot.pk)
    return result


def _require_ended(floor: Floor | None, now: datetime) -> None:
    if floor is None or floor.closed_at is not None or now < floor.ends_at:
        raise NotEnded()
    if bidding.is_paused(floor.rules, floor.as_state, now):
        raise NotEnded()


def _decide(lot: Lot, floor: Floor, now: datetime) -> Result:
    """The result by the bids as they are stored; the floor only says when it ended."""
    top = Bid.objects.filter(lot=lot).order_by("-seq").first()
    counts = Bid.objects.filter(lot=lot).aggregate(bids=Count("pk"), bidders=Count("registration", distinct=True))
    reserve = reserve_of(lot)
    sold = bidding.is_sold(top and top.amount_fen, reserve and reserve.fen)
    return Result.objects.create(
        lot=lot,
        outcome=Outcome.SOLD if sold else Outcome.BELOW_RESERVE if top else Outcome.NO_BID,
        winning_bid=top if sold else None,
        price_fen=top.amount_fen if sold else None,
        extensions=floor.extensions,
        ended_at=floor.ends_at,
        decided_at=now,
        head_hash=top.hash if top else "",
        **counts,
    )


def _facts(result: Result) -> dict[str, Any]:
    """What everybody may know of a result: the paddle, and nobody behind it."""
    winner = result.winning_bid
    return {
        "outcome": result.outcome,
        "price": result.price,
        "paddle": winner.paddle if winner else "",
        "bids": result.bids,
        "bidders": result.bidders,
        "extensions": result.extensions,
        "ended_at": result.ended_at,
        "head_hash": result.head_hash,
    }


def _end_registrations(lot: Lot, result: Result, now: datetime) -> None:
    """The winner wins, every other admitted bidder loses; deposits follow from these events."""
    winner = result.winning_bid.registration_id if result.winning_bid else None
    for registration in Registration.objects.filter(lot=lot, state=RegistrationState.ADMITTED).order_by("pk"):
        audit.advance(
            registration,
            "win" if registration.pk == winner else "lose",
            actor=SYSTEM,
            data={"lot": lot.number},
            parties=[registration.organization_id],
            set={"ended_at": now},
            now=now,
        )
