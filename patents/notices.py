"""Who is told about imports (the person who started one) and register extracts (the office, then who sent it)."""

from django.urls import reverse

from accounts import queries as accounts
from foundation.core.marks import _
from foundation.jobs.models import ImportBatch
from notifications import notices
from patents.models import RegisterExtract

STARTED, SENT, OFFICE = (
    _("You started this import."),
    _("You handed in this extract."),
    _("You confirm register extracts."),
)
IMPORTS = [
    ("show", _("Your file is checked; rows that can be imported: {valid}, with errors: {wrong}")),
    ("refuse", _("Your file could not be read as a table of patents")),
    ("complete", _("Your import is done; patents now in the portfolio: {written}")),
    ("take_back", _("Your import was undone; rows taken back: {undone}, in use and kept: {kept}")),
]


def starter(event):
    """The person who sent the file."""
    yield ImportBatch.objects.get(pk=event.subject_id).user_id, STARTED


def import_url(event) -> str:
    """The page of the import."""
    return reverse("patents:import_detail", args=[event.subject_id])


def _extract(event) -> RegisterExtract:
    return RegisterExtract.objects.select_related("organization").get(pk=event.facts["extract"])


def officers(event):
    """The officers who may confirm the extract."""
    extract = _extract(event)
    for membership in accounts.officers_for(extract.organization.city_id):
        if membership.user_id != extract.submitted_by_id:
            yield membership.user_id, OFFICE


def sender(event):
    """The person who handed the extract in."""
    yield _extract(event).submitted_by_id, SENT


def patent_url(event) -> str:
    """The page of the patent, which shows its extracts."""
    return reverse("patents:detail", args=[event.subject_number])


# event, who is told, the subject of the message, where it leads
EXTRACTS = [
    ("submitted", officers, _("A register extract of {number} waits to be confirmed: {fact}"),
     lambda event: reverse("patents:extract_list")),
    ("confirmed", sender, _("Your register extract of {number} was confirmed: {fact}, {value}"), patent_url),
    ("refused", sender, _("Your register extract of {number} was refused: {fact}"), patent_url),
]  # fmt: skip


def install() -> None:
    """Register the rows."""
    for move, subject in IMPORTS:
        notices.register(
            f"jobs.importbatch.{move}",
            recipients=starter,
            subject=subject,
            template="notices/patents/import.txt",
            url=import_url,
        )
    for verb, recipients, subject, url in EXTRACTS:
        notices.register(
            f"patents.extract.{verb}",
            recipients=recipients,
            subject=subject,
            template="notices/patents/extract.txt",
            url=url,
        )
