"""Seasons, sessions and lots as somebody may see them."""

from django.db.models import Q, QuerySet

from accounts import rules as account_rules
from auctions.lifecycle import PUBLIC, SEASON, SeasonState
from auctions.models import Lot, PriorityHolder, Season, Session
from auctions.rules import is_officer

RELATED = ("season", "session", "seller", "seller__city", "floor")


def seasons_visible_to(membership) -> QuerySet[Season]:
    """Announced seasons for everybody; drafts and cancelled ones for officers, finance and the auditor."""
    if membership is not None and account_rules.sees_province(membership):
        return Season.objects.all()
    return Season.objects.exclude(state__in=[SeasonState.DRAFT, SeasonState.CANCELLED])


def sessions_visible_to(membership) -> QuerySet[Session]:
    """Those of the seasons one sees."""
    return Session.objects.filter(season__in=seasons_visible_to(membership)).select_related("season")


def visible_to(membership) -> QuerySet[Lot]:
    """Announced lots for everybody; before that the seller, and the administration of the province."""
    public = Q(state__in=PUBLIC, is_practice=False)
    if membership is None:
        return Lot.objects.filter(public).select_related(*RELATED)
    if account_rules.sees_province(membership):
        return Lot.objects.filter(is_practice=False).select_related(*RELATED)
    return Lot.objects.filter(public | Q(seller=membership.organization_id)).select_related(*RELATED)


def of_seller(membership) -> QuerySet[Lot]:
    """The lots of one's own organization, drafts included."""
    if membership is None:
        return Lot.objects.none()
    return Lot.objects.filter(seller=membership.organization_id, is_practice=False).select_related(*RELATED)


def may_conduct(membership) -> bool:
    """Whether the pages of the conductor open."""
    return is_officer(membership)


def patents_of(lot: Lot) -> list:
    """The patents of a lot in their order, with their owners."""
    items = lot.items.select_related("patent").prefetch_related("patent__ownerships__organization")
    return [item.patent for item in items]


def first_rights_of(membership) -> QuerySet[PriorityHolder]:
    """The first rights in which one's own organization was named and told."""
    if membership is None:
        return PriorityHolder.objects.none()
    return PriorityHolder.objects.filter(
        organization_id=membership.organization_id, notified_at__isnull=False
    ).select_related("lot__season", "lot__seller", "lot__session")


def collecting() -> QuerySet[Season]:
    """The seasons that take proposals now."""
    return Season.objects.filter(state__in=SEASON.permitting("propose"))
