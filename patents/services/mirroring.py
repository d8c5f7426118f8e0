"""What the patent's own columns repeat from the register, for lists and its page."""

from datetime import date

from patents import registers
from patents.models import LegalEvent, Patent

# fact: column
MIRRORED = {"status": "legal_status", "annual_fee": "annual_fee_status", "evaluation_report": "evaluation_report"}
ENDINGS = {"lapsed": "lapsed", "abandoned": "lapsed", "invalidated": "invalidated", "expired": "expired"}


def mirror(*, patent: Patent, fact: str, on: date, source: str) -> None:
    """Bring the columns of a locked patent to what the register says now, all sources heard; an ending is an event."""
    column = MIRRORED.get(fact)
    answer = registers.facts_for(patent)[fact].value
    if column is None or answer is None or answer == getattr(patent, column):
        return
    if answer == "granted" and patent.grant_date is None:
        return
    setattr(patent, column, answer)
    patent.save(update_fields=[column, "updated_at"])
    if fact == "status" and answer in ENDINGS:
        LegalEvent.objects.create(patent=patent, kind=ENDINGS[answer], event_date=on, source=source)
