"""The PDFs of a sale: the signed confirmation and the contract, each made once by a worker."""

from typing import Any

from auctions import papers_of_sales
from auctions.models import Sale
from foundation.core.crashes import crash_point
from foundation.core.refs import Ref
from foundation.documents import queries, rendering, signing
from foundation.documents import services as documents

CONFIRMATION, CONTRACT = "auction.confirmation", "auction.contract"


def make_confirmation(*, sale: Sale) -> None:
    """The confirmation that the buyer signed. Repeats end with one."""
    if sale.confirmed_at is not None:
        data = papers_of_sales.confirmation_data(sale)
        _make(sale, CONFIRMATION, "auctions/confirmation", data, sale.confirmed_at)


def make_contract(*, sale: Sale) -> None:
    """The contract that both signed. Repeats end with one."""
    if sale.buyer_signed_at is not None and sale.seller_signed_at is not None:
        signed = max(sale.buyer_signed_at, sale.seller_signed_at)
        _make(sale, CONTRACT, "auctions/contract", papers_of_sales.contract_data(sale), signed)


def _make(sale: Sale, kind: str, template: str, data: dict[str, Any], made_at: Any) -> None:
    if kind in {document.kind for document in queries.documents_of(Ref.of(sale))}:
        return
    sealed = signing.seal(rendering.render(template=template, data=data, made_at=made_at), reason=sale.number)
    crash_point(f"auctions.{kind.partition('.')[2]}.rendered")
    name = f"{sale.number}-{kind.partition('.')[2]}.pdf"
    documents.attach_document(subject=Ref.of(sale), kind=kind, name=name, pdf=sealed, party_ids=sale.party_ids)
