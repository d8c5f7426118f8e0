"""Seasons and challenges as somebody may see them."""

from django.db.models import Q, QuerySet

from accounts import rules as account_rules
from challenges.lifecycle import PUBLIC, SEASON, SeasonState
from challenges.models import Challenge, ListSeason, OpenerKey, Opening, Opinion
from foundation.core.refs import Ref
from foundation.documents import queries as documents
from foundation.documents.models import File

RECORD = "challenge.opening"  # the kind of document of an opening's record
RELATED = ("season", "owner", "owner__city", "industry")


def seasons_visible_to(membership) -> QuerySet[ListSeason]:
    """Seasons that were called for everybody; drafts and cancelled ones for the administration of the province."""
    if membership is not None and account_rules.sees_province(membership):
        return ListSeason.objects.all()
    return ListSeason.objects.exclude(state__in=[SeasonState.DRAFT, SeasonState.CANCELLED])


def opener_keys_visible_to(membership) -> QuerySet[OpenerKey]:
    """The keys that new proposals are sealed for, of the seasons somebody sees."""
    return OpenerKey.objects.filter(season__in=seasons_visible_to(membership), retired_at=None).select_related("season")


def visible_to(membership) -> QuerySet[Challenge]:
    """Published challenges for everybody; before that the firm, and the administration from the submission on.

    An expert who was asked for an opinion sees that challenge once secrecy is promised.
    """
    public = Q(state__in=PUBLIC, published_at__isnull=False)
    if membership is None:
        return Challenge.objects.filter(public).select_related(*RELATED)
    if account_rules.sees_province(membership):
        return Challenge.objects.exclude(state="draft").select_related(*RELATED)
    seen = public | Q(owner=membership.organization_id)
    if membership.role == "expert":
        asked = Opinion.objects.filter(expert__user=membership.user_id, promised_at__isnull=False, declined_at=None)
        seen = public | Q(pk__in=asked.values("challenge"))
    return Challenge.objects.filter(seen).select_related(*RELATED)


def of_owner(membership) -> QuerySet[Challenge]:
    """The challenges of one's own firm, drafts included."""
    if membership is None:
        return Challenge.objects.none()
    return Challenge.objects.filter(owner=membership.organization_id).select_related(*RELATED)


def collecting() -> QuerySet[ListSeason]:
    """The seasons that take challenges now."""
    return ListSeason.objects.filter(state__in=SEASON.permitting("propose"))


def opening_record(challenge: Challenge) -> File | None:
    """The signed record of its opening; None until the worker has made it. Public."""
    opening = challenge.openings.filter(given_up_at=None).first()
    found = opening and documents.documents_of(opening_ref(opening)).filter(kind=RECORD).first()
    return found.file if found else None


def opening_ref(opening: Opening) -> Ref:
    """An opening is known by the number of its challenge, which may have another one after an extension."""
    return Ref("challenges.opening", opening.pk, opening.challenge.number)
