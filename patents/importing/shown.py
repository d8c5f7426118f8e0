"""The rows of an import for people: errors as sentences, and the file to correct."""

from collections.abc import Iterator

from django.utils.translation import get_language, gettext

from foundation.jobs.models import ImportBatch, ImportRow
from patents.importing import columns


def sentence(error: dict) -> str:
    """The reason in the language of the page."""
    facts = error.get("facts") or {}
    text = gettext(error["reason"])
    return text.format(**facts) if facts else text


def shown_errors(row: ImportRow) -> list[dict]:
    """The errors of a row: cell, column and reason."""
    return [
        {"cell": error["cell"], "column": gettext(error["column"]), "reason": sentence(error)} for error in row.errors
    ]


def error_header() -> list[str]:
    """The columns of the template, then the row of the sent file and what is wrong."""
    return [*columns.headers(get_language() or "zh-hans"), gettext("Row"), gettext("Errors")]


def error_rows(batch: ImportBatch) -> Iterator[list]:
    """One row for each row with errors, ready to be corrected and sent again."""
    for row in batch.rows.exclude(errors=[]).order_by("line").iterator(chunk_size=1000):
        wrong = "; ".join(
            f"{error['cell']} {error['column']}: {error['reason']}".strip() for error in shown_errors(row)
        )
        yield [*(row.data.get(column.key, "") for column in columns.COLUMNS), row.line, wrong]
