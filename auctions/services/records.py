"""The signed record of a decided lot, made once by a worker."""

from auctions import papers_of_lots
from auctions.models import Lot, Result
from auctions.queries.records import RECORD
from foundation.core.refs import Ref
from foundation.documents import queries, rendering, signing
from foundation.documents import services as documents


def make_record(*, lot: Lot) -> None:
    """Render, seal and keep the record of a decided lot; public, so no parties. Repeats end with one."""
    result = Result.objects.filter(lot=lot).first()
    if result is None or RECORD in {document.kind for document in queries.documents_of(Ref.of(lot))}:
        return
    pdf = rendering.render(template="auctions/record", data=papers_of_lots.record_data(lot), made_at=result.decided_at)
    sealed = signing.seal(pdf, reason=lot.number)
    documents.attach_document(subject=Ref.of(lot), kind=RECORD, name=f"{lot.number}.pdf", pdf=sealed, party_ids=[])
