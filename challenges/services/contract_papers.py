"""The PDF of a contract that both sides signed, made once by a worker."""

from challenges import papers
from challenges.models import Award
from challenges.services.contracting import parties_of
from foundation.core.crashes import crash_point
from foundation.core.refs import Ref
from foundation.documents import queries, rendering, signing
from foundation.documents import services as documents

CONTRACT = "challenge.contract"


def make_contract(*, award: Award) -> None:
    """Render, sign and keep the contract. Repeats end with one."""
    if not award.is_signed or CONTRACT in {one.kind for one in queries.documents_of(Ref.of(award))}:
        return
    signed_at = max(award.owner_signed_at, award.solver_signed_at)
    pdf = rendering.render(template="challenges/contract", data=papers.contract_data(award), made_at=signed_at)
    sealed = signing.seal(pdf, reason=award.number)
    crash_point("challenges.contract.rendered")
    name = f"{award.number}-contract.pdf"
    parties = parties_of(award)
    documents.attach_document(subject=Ref.of(award), kind=CONTRACT, name=name, pdf=sealed, party_ids=parties)
