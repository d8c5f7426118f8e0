"""Who is told about imports: the person who started one."""

from django.urls import reverse

from foundation.core.marks import _
from foundation.jobs.models import ImportBatch
from notifications import notices

WHY = _("You started this import.")
TABLE = [
    ("show", _("Your file is checked: {valid} rows can be imported, {wrong} have errors")),
    ("refuse", _("Your file could not be read as a table of patents")),
    ("complete", _("Your import is done: {written} patents are in the portfolio")),
    ("take_back", _("Your import was undone: {undone} rows taken back, {kept} in use and kept")),
]


def starter(event):
    """The person who sent the file."""
    yield ImportBatch.objects.get(pk=event.subject_id).user_id, WHY


def url_of(event) -> str:
    """The page of the import."""
    return reverse("patents:import_detail", args=[event.subject_id])


def install() -> None:
    """Register the rows."""
    for move, subject in TABLE:
        notices.register(
            f"jobs.importbatch.{move}",
            recipients=starter,
            subject=subject,
            template="notices/patents/import.txt",
            url=url_of,
        )
