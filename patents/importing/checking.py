"""The first job of an import: read the whole file and keep what was found in every row. Writes no patent."""

import hashlib
from collections.abc import Iterator
from datetime import date
from itertools import islice

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from foundation import audit
from foundation.core.actors import SYSTEM
from foundation.core.clock import database_now, local_date
from foundation.core.crashes import crash_point
from foundation.core.marks import _ as mark
from foundation.jobs.models import ImportBatch, ImportRow, Job
from foundation.jobs.progress import Progress
from foundation.jobs.tables import Line, Table, TableRefused, open_table
from foundation.jobs.wording import source
from patents.importing import columns, rows
from patents.models import Patent

CHUNK = 500
NO_HEADER = _("The header row was not found. It must hold the columns {names}; the template shows them.")
TWICE = _("The column {names} stands twice in the header.")
SWAPPED = _("The stored file is not the one that was sent. Send it again.")
SAME_TWICE = mark("The same number stands in row {line} already.")
REGISTERED = mark("This patent is in the register already.")


def find_header(table: Table) -> tuple[int, dict[str, int]]:
    """(number of the header row, place of each column). Raises TableRefused where a needed column is missing or double."""  # noqa: E501
    best: tuple[int, dict[str, int], list[str]] = (0, {}, [])
    for line in table.top():
        places, twice = columns.recognise(line.cells)
        if len(places) > len(best[1]):
            best = (line.number, places, twice)
    number, places, twice = best
    missing = [key for key in columns.REQUIRED if key not in places]
    if missing:
        raise TableRefused(NO_HEADER, names=_names(columns.REQUIRED))
    if twice:
        raise TableRefused(TWICE, names=_names(twice))
    return number, places


def _names(keys: list[str]) -> str:
    return "; ".join(f"{columns.BY_KEY[key].chinese} / {columns.BY_KEY[key].label}" for key in keys)


def content_of(batch: ImportBatch) -> bytes:
    """The bytes that were sent. Raises TableRefused if the stored file is another one."""
    with batch.file.open("rb") as file:
        content = file.read()
    if hashlib.sha256(content).hexdigest() != batch.sha256:
        raise TableRefused(SWAPPED)
    return content


def check(*, job: Job, progress: Progress) -> None:
    """Job "patents.import.check": from the file to rows with their errors, in chunks; goes on where it was interrupted."""  # noqa: E501
    batch = ImportBatch.objects.get(pk=job.subject_id)
    try:
        table = open_table(content_of(batch))
        header, places = find_header(table)
        progress.restart(total=sum(1 for _line in table.lines(header)))
        _read_rows(batch, table, header, places, progress)
    except TableRefused as refusal:
        with transaction.atomic():
            progress.step()
            facts = {name: str(value) for name, value in refusal.extra.items()}
            _advance(batch, "refuse", message=source(refusal.message)[:300], facts=facts)
        return
    with transaction.atomic():
        progress.step()
        counts = {name: batch.rows.filter(decision=name).count() for name in ("valid", "foreign", "wrong")}
        crash_point("import-checked")
        _advance(
            batch,
            "show",
            rows_total=sum(counts.values()),
            rows_valid=counts["valid"],
            rows_foreign=counts["foreign"],
            rows_wrong=counts["wrong"],
        )


def _advance(batch: ImportBatch, move: str, **fields) -> None:
    data = {"valid": fields.get("rows_valid", 0), "wrong": fields.get("rows_wrong", 0)}
    audit.advance(batch, move, actor=SYSTEM, data=data, parties=[batch.organization_id], set=fields)


def _read_rows(batch: ImportBatch, table: Table, header: int, places: dict[str, int], progress: Progress) -> None:
    done = batch.rows.count()
    seen = dict(batch.rows.exclude(key="").values_list("key", "line"))
    own_names = frozenset(rows.same_name(name) for name in batch.options["own_names"] if name)
    today = local_date(database_now())
    lines = islice(table.lines(header), done, None)
    if done:
        progress.step(done)
    for chunk in _chunks(lines):
        with transaction.atomic():
            ImportRow.objects.bulk_create(_rows_of(batch, chunk, places, own_names, seen, today))
            progress.step(len(chunk))
            crash_point("import-check-chunk")


def _chunks(lines: Iterator[Line]) -> Iterator[list[Line]]:
    while chunk := list(islice(lines, CHUNK)):
        yield chunk


def _rows_of(  # noqa: PLR0917
    batch: ImportBatch,
    chunk: list[Line],
    places: dict[str, int],
    own_names: frozenset[str],
    seen: dict[str, int],
    today: date,
) -> list[ImportRow]:
    readings = [rows.read(line, places, own_names, today) for line in chunk]
    asked = [reading.values["number"] for reading in readings if reading.values.get("number")]
    registered = set(Patent.objects.filter(number__in=asked).values_list("number", flat=True))
    made = []
    for reading in readings:
        number = reading.values.get("number", "")
        if number in registered:
            reading.blame(places, "number", REGISTERED)
        elif number and seen.setdefault(number, reading.line) != reading.line:
            reading.blame(places, "number", SAME_TWICE, line=seen[number])
        only_foreign = reading.foreign and len(reading.errors) == 1
        decision = "foreign" if only_foreign else "wrong" if reading.errors else "valid"
        made.append(
            ImportRow(
                batch=batch,
                line=reading.line,
                data=reading.data,
                values=reading.values if decision != "wrong" else {},
                errors=reading.errors,
                key=number if decision != "wrong" else "",
                decision=decision,
            )
        )
    return made
