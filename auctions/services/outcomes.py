"""What becomes of a lot whose sale fell through: offered to the underbidder, or unsold."""

from datetime import datetime, timedelta

from auctions.models import Bar, Bid, Lot, Sale
from auctions.reserve import reserve_of
from auctions.services.sales import move_lot, open_sale
from foundation.core.actors import SYSTEM
from foundation.core.clock import end_of_local_day, local_date

UNSOLD_DAYS = 60  # a seller who does nothing for so long gets the patents back into the pool


def unsold_until(now: datetime) -> datetime:
    """When an unsold lot returns to the pool by itself."""
    return end_of_local_day(local_date(now) + timedelta(days=UNSOLD_DAYS))


def fall_through(lot: Lot, *, now: datetime) -> Lot:
    """The lot is unsold again. Inside the caller's lock of the lot."""
    return move_lot(lot, "fall_through", actor=SYSTEM, now=now, next_check_at=unsold_until(now))


def underbid(lot: Lot) -> Bid | None:
    """The best bid of a party that was never offered this lot, is not barred from it, and reaches the reserve."""
    tried = Sale.objects.filter(lot=lot).values("buyer")
    barred = Bar.objects.filter(lot=lot).values("organization")
    reserve = reserve_of(lot)
    return (
        lot.bids.exclude(registration__organization__in=tried)
        .exclude(registration__organization__in=barred)
        .exclude(registration__state__in=["disqualified", "withdrawn"])
        .filter(amount_fen__gte=reserve.fen if reserve else 0)
        .select_related("registration__organization")
        .order_by("-amount_fen", "seq")
        .first()
    )


def offer_to_underbidder(lot: Lot, *, now: datetime) -> Sale | None:
    """A sale at the underbidder's own bid, without deposit: it was given back when the bidding ended. None: nobody."""
    bid = underbid(lot)
    if bid is None:
        return None
    return open_sale(
        lot=lot,
        buyer=bid.registration.organization,
        price=bid.amount,
        way=Sale.Way.UNDERBIDDER,
        registration=bid.registration,
        now=now,
    )
