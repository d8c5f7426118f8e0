"""The signed record of an opening, made once by a worker; public, so no parties."""

from challenges import papers_openings
from challenges.models import Challenge
from challenges.queries.challenges import RECORD, opening_record, opening_ref
from foundation.documents import rendering, signing
from foundation.documents import services as documents


def make_record(*, challenge: Challenge) -> None:
    """Render, sign and keep the record of a finished opening. Repeats end with one."""
    opening = challenge.openings.filter(given_up_at=None, finished_at__isnull=False).first()
    if opening is None or opening_record(challenge) is not None:
        return
    data = papers_openings.record_data(opening)
    pdf = rendering.render(template="challenges/opening", data=data, made_at=opening.finished_at)
    sealed = signing.seal(pdf, reason=challenge.number)
    name = f"{challenge.number}-opening.pdf"
    documents.attach_document(subject=opening_ref(opening), kind=RECORD, name=name, pdf=sealed, party_ids=[])
