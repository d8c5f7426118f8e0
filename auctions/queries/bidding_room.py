"""What the room of a lot reads: one state of the floor, its bids by paddle, and one's own place in it."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from auctions.lifecycle_parties import RegistrationState as R
from auctions.models import Bid, Floor, Lot, LotDocument, Proxy, Registration
from auctions.queries import bids, registrations
from foundation.core.clock import database_now

SHOWN = 300  # bids on the page and in its chart; the record has all


@dataclass(frozen=True, slots=True)
class Room:
    """A moment of a lot. ``bids`` are rows of `bids.PUBLIC_FIELDS`, latest first; ``own`` is one's registration."""

    lot: Lot
    floor: Floor
    now: datetime
    bids: list[dict]
    bidders: int
    own: Registration | None
    has_maximum: bool = False

    @property
    def paddle(self) -> str:
        """One's own paddle; empty for a visitor."""
        return self.own.paddle if self.own else ""


def room_of(lot: Lot, membership) -> Room:
    """The room as this visitor sees it: the same number of queries however many bids there are."""
    own = registrations.mine(lot, membership)
    admitted = Q(state__in=(R.ADMITTED, R.WON, R.LOST, R.DEPOSIT_RELEASED))
    return Room(
        lot=lot,
        floor=lot.floor,
        now=database_now(),
        bids=list(bids.bids_of(lot)[:SHOWN]),
        bidders=Registration.objects.filter(admitted, lot=lot).count(),
        own=own,
        has_maximum=own is not None and Proxy.objects.filter(registration=own, is_active=True).exists(),
    )


def documents_of(lot: Lot) -> list[LotDocument]:
    """The titles of the data room; who may open one is decided where it is opened."""
    return list(LotDocument.objects.filter(lot=lot).order_by("position", "pk")[:20])


def own_bid(lot: Lot, membership, seq: int) -> Bid | None:
    """One's own bid of this number; None for anybody else's."""
    if membership is None:
        return None
    mine = Bid.objects.filter(lot=lot, seq=seq, registration__organization=membership.organization_id)
    return mine.select_related("lot").first()
