"""Declarations by who may see them. Agrees with the rule `licenses.view`."""

from django.db.models import Exists, OuterRef, Q, QuerySet

from accounts.rules import can
from licenses.lifecycle import OPEN, DeclarationState
from licenses.models import CoOwnerConsent, Declaration
from patents.models import Ownership

SHOWN = ("patent", "patentee", "current_terms", "city")


def visible_to(membership) -> QuerySet[Declaration]:
    """What was published, and before that the own, co-owned and (for officers) supervised ones."""
    found = Declaration.objects.defer("search_vector").select_related("patent", "patentee")
    if can(membership, "review_any_city") or can(membership, "audit_read"):
        return found
    condition = Q(published_at__isnull=False)
    if membership is not None and membership.is_active and membership.user.is_active:
        owned = Ownership.objects.filter(
            patent=OuterRef("patent_id"), organization_id=membership.organization_id, until_date__isnull=True
        )
        condition |= Q(patentee_id=membership.organization_id) | Q(Exists(owned))
        if can(membership, "review") and membership.scope_city_id is not None:
            condition |= Q(patentee__city_id=membership.scope_city_id)
    return found.filter(condition)


def public() -> QuerySet[Declaration]:
    """Everything that was ever published."""
    return Declaration.objects.filter(published_at__isnull=False)


def open_offers() -> QuerySet[Declaration]:
    """What the catalogue lists: published and not ended; suspended offers are shown as such."""
    return Declaration.objects.filter(state__in=OPEN, published_at__isnull=False)


def owned_by(organization) -> QuerySet[Declaration]:
    """The declarations of an organization (or its id), newest first, with what a list shows."""
    key = getattr(organization, "pk", organization)
    found = Declaration.objects.filter(patentee_id=key).defer("search_vector")
    return found.select_related(*SHOWN).order_by("-updated_at", "-pk")


def with_details(found: QuerySet[Declaration]) -> QuerySet[Declaration]:
    """What a list shows, in two queries whatever the number of rows."""
    return (
        found.select_related(*SHOWN)
        .prefetch_related("patent__ownerships")
        .defer("search_vector", "patent__search_vector")
    )


def for_detail(found: QuerySet[Declaration]) -> QuerySet[Declaration]:
    """One declaration with everything its page shows."""
    return found.select_related(*SHOWN, "industry", "patent__city").defer("search_vector", "patent__search_vector")


def waiting_for_consent(membership) -> QuerySet[Declaration]:
    """Editable declarations of others on patents the membership's organization co-owns and has not signed."""
    if not can(membership, "declare"):
        return Declaration.objects.none()
    owned = Ownership.objects.filter(
        patent=OuterRef("patent_id"), organization_id=membership.organization_id, until_date__isnull=True
    )
    signed = CoOwnerConsent.objects.filter(
        declaration=OuterRef("pk"),
        organization_id=membership.organization_id,
        purpose="declare",
        revoked_at__isnull=True,
    )
    return (
        Declaration.objects.filter(Exists(owned), ~Exists(signed))
        .filter(state__in=[DeclarationState.DRAFT, DeclarationState.CORRECTION])
        .exclude(patentee_id=membership.organization_id)
        .select_related("patent", "patentee")
        .order_by("pk")
    )
