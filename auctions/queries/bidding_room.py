"""What the room of a lot reads: one state of the floor, its bids by paddle, and one's own place in it."""

import hashlib
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, DateTimeField, Exists, Func, OuterRef, QuerySet, Subquery
from django.utils.translation import get_language

from auctions.lifecycle_parties import RegistrationState as R
from auctions.models import Bid, Floor, Lot, LotDocument, Proxy, Registration
from auctions.queries import bids, registrations
from foundation.core.clock import database_now
from foundation.core.rows import Rows

SHOWN = 300  # bids on the page and in its chart; the record has all
IN_THE_ROOM = (R.ADMITTED, R.WON, R.LOST, R.DEPOSIT_RELEASED)
NOW = Func(function="app_now", output_field=DateTimeField())
OWN_FLOOR = Rows(
    "FROM auctions_registration r JOIN auctions_lot l ON l.id = r.lot_id JOIN auctions_floor f ON f.lot_id = l.id"
    " WHERE l.number = %s AND r.organization_id = %s ORDER BY r.state = 'admitted' DESC, r.id DESC LIMIT 1",
    r=Registration,
    l=Lot,
    f=Floor,
)
FLOOR = tuple(f"floor__{field.attname}" for field in Floor._meta.concrete_fields)


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
    return Room(
        lot=lot,
        floor=lot.floor,
        now=database_now(),
        bids=list(bids.bids_of(lot)[:SHOWN]),
        bidders=Registration.objects.filter(lot=lot, state__in=IN_THE_ROOM).count(),
        own=own,
        has_maximum=own is not None and Proxy.objects.filter(registration=own, is_active=True).exists(),
    )


def floor_of(number: str, membership) -> Room | None:
    """What a bid needs of the room: one's registration (the admitted, else the latest), the floor, the moment; no bids.

    None where one's party did not register for such a lot.
    """
    for own, lot, floor in OWN_FLOOR.read(number, membership.organization_id):
        own.lot = floor.lot = lot
        return Room(lot=lot, floor=floor, now=database_now(), bids=[], bidders=0, own=own)
    return None


@dataclass(frozen=True, slots=True)
class Glance:
    """Whether a room has to be read again. ``version``: the same as long as it shows the same to this visitor."""

    version: str
    now: datetime
    is_bidder: bool


def glance(visible: QuerySet[Lot], number: str, membership) -> Glance | None:
    """One look at a room among the lots that somebody sees, two for members; None where there is no such room.

    The version covers every field of the floor, where the moment lies between its times, the minute (the chart grows),
    who is admitted, one's own registration and the language.
    """
    inside = Registration.objects.filter(lot=OuterRef("pk"), state__in=IN_THE_ROOM).order_by().values("lot")
    bidders = Subquery(inside.annotate(many=Count("pk")).values("many"))
    rooms = visible.filter(number=number, floor__isnull=False).annotate(now=NOW, bidders=bidders)
    found = list(rooms.values_list("now", "pk", "state", "updated_at", "bidders", *FLOOR)[:1])
    if not found:
        return None
    now, lot_id, *facts = found[0]
    own = list(_own_facts(lot_id, membership)) if membership is not None else []
    passed = [now >= fact for fact in facts if isinstance(fact, datetime)]
    shown = (lot_id, facts, passed, f"{now:%Y-%m-%dT%H:%M}", own, get_language())
    return Glance(hashlib.sha256(repr(shown).encode()).hexdigest()[:16], now, bool(own))


def _own_facts(lot_id: int, membership) -> QuerySet:
    maximum = Exists(Proxy.objects.filter(registration=OuterRef("pk"), is_active=True))
    mine = Registration.objects.filter(lot_id=lot_id, organization=membership.organization_id).order_by("pk")
    return mine.values_list("pk", "state", "paddle", "obligation__state", maximum)


def documents_of(lot: Lot) -> list[LotDocument]:
    """The titles of the data room; who may open one is decided where it is opened."""
    return list(LotDocument.objects.filter(lot=lot).order_by("position", "pk")[:20])


def own_bid(lot: Lot, membership, seq: int) -> Bid | None:
    """One's own bid of this number; None for anybody else's."""
    if membership is None:
        return None
    mine = Bid.objects.filter(lot=lot, seq=seq, registration__organization=membership.organization_id)
    return mine.select_related("lot").first()
