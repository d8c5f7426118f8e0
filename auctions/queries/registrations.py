"""Registrations as their own party sees them. Nobody else sees one before the result is decided."""

from django.db.models import Q, QuerySet

from auctions.lifecycle_parties import STANDING
from auctions.models import Registration
from settlement.models import Hold, Obligation, Payment, Refund

RELATED = ("lot", "lot__season", "lot__session", "lot__floor", "lot__seller", "obligation", "organization")


def secret_events() -> Q:
    """Events that tell who bids on what: registrations, and the money of deposits. Officers look with a reason."""
    deposits = Obligation.objects.filter(purpose="auction.deposit").values("pk")
    told = {
        "auctions.registration": Registration.objects.values("pk"),
        "settlement.obligation": deposits,
        "settlement.hold": Hold.objects.filter(obligation__in=deposits).values("pk"),
        "settlement.payment": Payment.objects.filter(obligation__in=deposits).values("pk"),
        "settlement.refund": Refund.objects.filter(obligation__in=deposits).values("pk"),
    }
    found = Q(pk=None)
    for kind, ids in told.items():
        found |= Q(subject_kind=kind, subject_id__in=ids)
    return found


def visible_to(membership) -> QuerySet[Registration]:
    """Those of one's own organization; sellers, officers and other bidders see none."""
    if membership is None:
        return Registration.objects.none()
    return Registration.objects.filter(organization=membership.organization_id).select_related(*RELATED)


def mine(lot, membership) -> Registration | None:
    """The registration of the member's organization for a lot that counts, else its latest."""
    if membership is None:
        return None
    own = Registration.objects.filter(organization=membership.organization_id, lot=lot).select_related("obligation")
    found = list(own.order_by("-pk")[:5])
    for one in found:
        one.lot = lot  # read already: six joined tables take longer to plan than everything else in the room
    return next((one for one in found if one.state in STANDING), found[0] if found else None)
