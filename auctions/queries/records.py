"""Records of decided lots, for everybody."""

from django.db.models import QuerySet

from auctions.models import Lot
from auctions.queries import lots
from foundation.core.refs import Ref
from foundation.documents import queries as documents
from foundation.documents.models import Document, File

RECORD = "auction.record"


def decided(membership) -> QuerySet[Lot]:
    """The lots one sees whose bidding has ended with a result."""
    return lots.visible_to(membership).filter(result__isnull=False)


def without_paper() -> QuerySet[Lot]:
    """Decided lots whose record was not sealed yet, the earliest first."""
    made = Document.objects.filter(kind=RECORD, subject_kind="auctions.lot").values("subject_id")
    return Lot.objects.filter(result__isnull=False).exclude(pk__in=made).order_by("result__decided_at", "pk")


def signed_record(lot: Lot) -> File | None:
    """The sealed PDF; None until the worker has made it."""
    found = documents.documents_of(Ref.of(lot)).filter(kind=RECORD).first()
    return found.file if found else None
