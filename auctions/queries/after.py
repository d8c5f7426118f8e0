"""Sales, objections and talks as somebody may see them, and what is due."""

from datetime import datetime

from django.db.models import Q, QuerySet

from accounts import rules as account_rules
from auctions.lifecycle import LotState
from auctions.lifecycle_parties import SaleState
from auctions.models import Lot, Offer, Ruling, Sale, SaleObjection, Session
from auctions.queries.lots import visible_to as lots_visible_to

RELATED = ("lot", "lot__season", "buyer", "seller", "registration", "obligation")


def visible_to(membership) -> QuerySet[Sale]:
    """Buyer and seller see their sales, the administration of the province all."""
    found = Sale.objects.select_related(*RELATED)
    if membership is None:
        return found.none()
    if account_rules.sees_province(membership):
        return found
    return found.filter(Q(buyer=membership.organization_id) | Q(seller=membership.organization_id))


def announced() -> QuerySet[Sale]:
    """Sales of state sellers whose public notice began: everybody may read parties and price."""
    return Sale.objects.exclude(notice_until_at=None).select_related(*RELATED)


def open_to_objection(membership) -> QuerySet[Sale]:
    """Sales somebody may object to: one's own, announced ones, and those of lots one registered for."""
    if membership is None:
        return Sale.objects.none()
    own = Q(pk__in=visible_to(membership).values("pk")) | Q(notice_until_at__isnull=False)
    own |= Q(lot__registrations__organization=membership.organization_id)
    return Sale.objects.filter(own).select_related(*RELATED).distinct()


def objections_visible_to(membership) -> QuerySet[SaleObjection]:
    """One's own, and those to sales one sees."""
    if membership is None:
        return SaleObjection.objects.none()
    seen = Q(organization=membership.organization_id) | Q(sale__in=visible_to(membership).values("pk"))
    return SaleObjection.objects.filter(seen).select_related("sale", "organization")


def offers_visible_to(membership) -> QuerySet[Offer]:
    """The seller of the lot sees its offers, a party its own, the administration of the province all."""
    found = Offer.objects.select_related("organization", "lot")
    if membership is None:
        return found.none()
    if account_rules.sees_province(membership):
        return found
    own = Q(organization=membership.organization_id) | Q(lot__seller=membership.organization_id)
    return found.filter(own)


def unsold_of(membership) -> QuerySet[Lot]:
    """Lots of one's own organization that ended without a buyer, whatever became of them."""
    if membership is None:
        return Lot.objects.none()
    ended = [
        LotState.UNSOLD, LotState.AFTER_SALE_TALKS, LotState.RELISTED, LotState.RETURNED_TO_POOL, LotState.CONVERTED,
        LotState.SOLD_BY_AGREEMENT,
    ]  # fmt: skip
    return lots_visible_to(membership).filter(seller=membership.organization_id, state__in=ended)


def in_talks(membership) -> QuerySet[Lot]:
    """Lots that offers can be made for, or that one made an offer for."""
    if membership is None:
        return Lot.objects.none()
    mine = Q(state=LotState.AFTER_SALE_TALKS) | Q(offers__organization=membership.organization_id)
    return lots_visible_to(membership).filter(mine).distinct()


def sessions_to_come(now: datetime) -> QuerySet[Session]:
    """Sessions that still take lots, the nearest first."""
    found = Session.objects.filter(state="planned", starts_at__gt=now).select_related("season")
    return found.filter(season__state__in=["selecting", "promoting", "bidding"]).order_by("starts_at")


def sales_due(now: datetime) -> QuerySet[Sale]:
    """Sales the clock has to look at."""
    return Sale.objects.filter(next_check_at__lte=now).select_related("lot").order_by("next_check_at", "pk")


def talks_over(now: datetime) -> QuerySet[Lot]:
    """Talks whose last day is over."""
    return Lot.objects.filter(state=LotState.AFTER_SALE_TALKS, next_check_at__lte=now).order_by("pk")


def forgotten(now: datetime) -> QuerySet[Lot]:
    """Unsold lots for which the seller chose nothing in time."""
    return Lot.objects.filter(state=LotState.UNSOLD, next_check_at__lte=now).order_by("pk")


def in_default(membership) -> QuerySet[Sale]:
    """Buyers in default about whom nobody asked a second person yet."""
    waiting = visible_to(membership).filter(state=SaleState.BUYER_DEFAULT)
    return waiting.exclude(rulings__decided_at__isnull=True, rulings__isnull=False)


def open_rulings(sale: Sale) -> QuerySet[Ruling]:
    """What a second person decides about now."""
    return sale.rulings.filter(decided_at=None)
