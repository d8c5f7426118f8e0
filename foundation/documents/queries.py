"""What can be asked about documents."""

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Q, QuerySet

from foundation.core.refs import Ref
from foundation.documents.models import Certificate, Document, File


def files_visible_to(membership) -> QuerySet[File]:
    """Files of one's own organization and those it is a party to.

    The province and the auditor see all, a city officer those of the city's organizations, finance the papers that
    the platform made. What is kept apart is for its owner and its parties alone.
    """
    if membership is None:
        return File.objects.none()
    own = Q(owner_organization_id=membership.organization_id) | Q(party_ids__contains=[membership.organization_id])
    return File.objects.filter(own | Q(is_apart=False) & _in_charge(membership))


def _in_charge(membership) -> Q:
    """What somebody sees of the files of others."""
    if membership.may("review_any_city") or membership.may("audit_read"):
        return Q()
    seen = Q(pk=None)
    in_charge = membership.organizations_in_charge
    if in_charge is not None:
        seen |= Q(owner_organization_id__in=in_charge) | Q(party_ids__overlap=ArraySubquery(in_charge))
    if membership.may("settle"):
        seen |= Q(pk__in=Document.objects.values("file"))
    return seen


def documents_of(subject: Ref) -> QuerySet[Document]:
    """All documents made for a business object, by kind."""
    return (
        Document.objects.filter(subject_kind=subject.kind, subject_id=subject.id)
        .select_related("file")
        .order_by("kind")
    )


def certificate_of(subject: Ref) -> Certificate | None:
    """The certificate of a business object."""
    return (
        Certificate.objects.filter(subject_kind=subject.kind, subject_id=subject.id)
        .select_related("document__file")
        .first()
    )


def certificate_by_token(token: str) -> Certificate | None:
    """The certificate behind a QR code."""
    return Certificate.objects.filter(token=token).select_related("document__file").first()


def certificate_by_code(number: str, code: str) -> Certificate | None:
    """The certificate with this printed number and check code."""
    return Certificate.objects.filter(number=number, code=code).first()


def certificate_by_file(sha256: str) -> tuple[Certificate, Document] | None:
    """The certificate whose PDF, or whose subject's other document, has this SHA-256."""
    document = Document.objects.filter(file__sha256=sha256).order_by("pk").first()
    if document is None:
        return None
    certificate = certificate_of(Ref(document.subject_kind, document.subject_id, document.subject_number))
    return (certificate, document) if certificate else None


def subject_of(certificate: Certificate) -> Ref:
    """The business object that a certificate is about."""
    return Ref(certificate.subject_kind, certificate.subject_id, certificate.subject_number)
