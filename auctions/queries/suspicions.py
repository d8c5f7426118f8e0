"""Signals as officers see them, and the lots that are to be asked about."""

from django.db.models import Count, F, Q, QuerySet

from auctions.lifecycle import LotState
from auctions.models import Lot, Registration, Season, Signal
from auctions.rules import is_officer

L = LotState
ASKED = (L.LIVE, L.SOLD_PROVISIONAL, L.SOLD, L.UNSOLD, L.AFTER_SALE_TALKS, L.SOLD_BY_AGREEMENT)
RUNNING = (L.ANNOUNCED, L.REGISTRATION_OPEN, L.LIVE, L.PAUSED)


def visible_to(membership) -> QuerySet[Signal]:
    """All for the officers of the province, who conduct the season; nobody else reads any."""
    if not is_officer(membership):
        return Signal.objects.none()
    return Signal.objects.select_related("lot", "season", "noted_by")


def of_lot(lot: Lot, membership) -> QuerySet[Signal]:
    """The signals on one lot."""
    return visible_to(membership).filter(lot=lot)


def of_season(season: Season, membership) -> QuerySet[Signal]:
    """The signals of a season, those over several lots first."""
    return visible_to(membership).filter(season=season).order_by(F("lot").asc(nulls_first=True), "-found_at", "-pk")


def waiting(membership) -> list[dict]:
    """Signals without a note by season and lot: {season__code, lot__number, n}."""
    rows = visible_to(membership).filter(noted_at=None).order_by("season__code", "lot__number")
    return list(rows.values("season__code", "season__title_zh_hans", "lot__number").annotate(n=Count("pk")))


def to_be_asked() -> QuerySet[Lot]:
    """Lots that moved on since the rules were asked about them."""
    moved = Q(signals_at=None) | Q(signals_at__lt=F("state_since"))
    found = Lot.objects.filter(moved, state__in=ASKED, is_practice=False)
    return found.select_related("session", "season").order_by("pk")


def decided_lots(season: Season) -> QuerySet[Lot]:
    """The lots of a season whose bidding brought a winner, in the order of their ends."""
    found = Lot.objects.filter(season=season, result__outcome="sold").select_related("session")
    return found.order_by("result__ended_at", "number")


def has_ended(lot: Lot) -> bool:
    """Whether the bidding is over, so that an officer may look behind the paddles."""
    return lot.state not in RUNNING and hasattr(lot, "result")


def behind_paddles(lot: Lot) -> QuerySet[Registration]:
    """Who was admitted, by paddle: for `services.identities` alone, which records the look."""
    admitted = Registration.objects.filter(lot=lot).exclude(paddle="")
    return admitted.select_related("organization", "registered_by").order_by("paddle")
