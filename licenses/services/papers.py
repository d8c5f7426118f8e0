"""The PDFs of a license in effect: contract and certificate, made once by a worker."""

from foundation.core.crashes import crash_point
from foundation.core.refs import Ref
from foundation.documents import queries, rendering, signing
from foundation.documents import services as documents
from licenses import certificates

CONTRACT = "license.contract"
CERTIFICATE = "license.certificate"


def make_papers(*, license) -> None:
    """Render, seal and keep both PDFs. Repeats and crashes in between end with one of each."""
    subject = Ref.of(license)
    certificate = queries.certificate_of(subject)
    done = {document.kind for document in queries.documents_of(subject)}
    if CONTRACT not in done:
        data = certificates.contract_data(license, certificate)
        _make(license, CONTRACT, "licenses/contract", data=data, name=f"{license.number}.pdf", certificate=certificate)
        crash_point("papers.contract")
    if certificate.document_id is None:
        data = certificates.certificate_data(license, certificate)
        name = f"{certificate.number}.pdf"
        document = _make(license, CERTIFICATE, "licenses/certificate", data=data, name=name, certificate=certificate)
        crash_point("papers.certificate")
        documents.bind_certificate(certificate=certificate, document=document)


def _make(license, kind, template, *, data, name, certificate):
    pdf = rendering.render(template=template, data=data, made_at=certificate.issued_at)
    sealed = signing.seal(pdf, reason=certificate.number)
    return documents.attach_document(
        subject=Ref.of(license), kind=kind, name=name, pdf=sealed, party_ids=license.party_ids
    )
