"""What somebody sees of a data room."""

from accounts import rules as account_rules
from accounts.models import Organization
from auctions.lifecycle_parties import STANDING
from auctions.models import Lot, LotDocument, LotQuestion, RoomAccess


def is_insider(lot: Lot, membership) -> bool:
    """The seller, and who sees the whole province."""
    if membership is None:
        return False
    return membership.organization_id == lot.seller_id or account_rules.sees_province(membership)


def audiences(lot: Lot, membership) -> list[str]:
    """The audiences a reader belongs to."""
    if is_insider(lot, membership):
        return list(LotDocument.Audience.values)
    found = [LotDocument.Audience.PUBLIC]
    if membership is not None and membership.is_active:
        found.append(LotDocument.Audience.MEMBERS)
        if lot.registrations.filter(organization_id=membership.organization_id, state__in=STANDING).exists():
            found.append(LotDocument.Audience.BIDDERS)
    return [str(one) for one in found]


def documents_of(lot: Lot) -> list[LotDocument]:
    """All documents in their order; the page locks those the reader may not open."""
    return list(lot.documents.select_related("file"))


def may_read(document: LotDocument, membership) -> bool:
    """Whether the reader belongs to the document's audience."""
    return document.audience in audiences(document.lot, membership)


def document(lot: Lot, pk: int):
    """One document of a lot."""
    return LotDocument.objects.select_related("file", "lot").filter(lot=lot, pk=pk)


def questions_of(lot: Lot):
    """Questions with their answers, newest first; who asked is not read."""
    return LotQuestion.objects.filter(lot=lot).defer("organization", "asked_by")


def accesses(lot: Lot, membership):
    """Who read what: all of it for the province, one's own for an organization, nothing more for the seller."""
    found = RoomAccess.objects.filter(document__lot=lot).select_related("document").order_by("-at", "-pk")
    if membership is None:
        return found.none()
    if account_rules.sees_province(membership):
        return found
    return found.filter(organization_id=membership.organization_id)


def readers(accesses_shown) -> dict[int, str]:
    """Names of the organizations in an access log, by id."""
    ids = {one.organization_id for one in accesses_shown if one.organization_id}
    return {one.pk: one.display_name for one in Organization.objects.filter(pk__in=ids)}
