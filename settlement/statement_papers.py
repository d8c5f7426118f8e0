"""Account statements as CSV and as PDF."""

import csv
import io
from collections.abc import Iterator
from datetime import datetime

from django.conf import settings
from django.utils.translation import gettext

from foundation.core.clock import LOCAL
from foundation.core.display import is_chinese, moment
from foundation.core.marks import _
from foundation.documents import rendering
from settlement.presentation import cell
from settlement.queries.statements import Line, Statement

COLUMNS = (
    _("Posted"),
    _("Value date"),
    _("Entry"),
    _("Event"),
    _("Account"),
    _("Party"),
    _("Reference"),
    _("Added (CNY)"),
    _("Taken (CNY)"),
    _("Balance (CNY)"),
)
LONGEST = 5_000  # lines of a PDF


def _facts(line: Line) -> list[str]:
    return [
        line.posted_at.astimezone(LOCAL).strftime("%Y-%m-%d %H:%M"),
        line.value_date.isoformat(),
        line.entry_number,
        gettext(line.sentence),
        line.account,
        line.party,
        line.ref_number or line.about,
    ]


def _amounts(line: Line, form: str = "") -> list[str]:
    """Added, taken out, balance in yuan; ``form`` "," groups the thousands."""
    added, taken = (line.change.yuan, None) if line.change.fen >= 0 else (None, line.taken.yuan)
    return ["" if yuan is None else format(yuan, form) for yuan in (added, taken, line.balance.yuan)]


def as_csv(statement: Statement) -> Iterator[str]:
    """With a byte order mark (spreadsheets read it as UTF-8): opening, one row a line, closing; amounts in yuan."""
    buffer = io.StringIO()
    writer = csv.writer(buffer)

    def row(*values) -> str:
        buffer.seek(0)
        buffer.truncate()
        writer.writerow(values)
        return buffer.getvalue()

    blank = [""] * 5
    yield "\ufeff" + row(*(gettext(name) for name in COLUMNS))
    yield row(statement.since.isoformat(), "", "", gettext("Opening balance"), *blank, str(statement.opening.yuan))
    for line in statement.all_lines():
        yield row(*(cell(value) for value in _facts(line)), *_amounts(line))
    yield row(statement.until.isoformat(), "", "", gettext("Closing balance"), *blank, str(statement.closing.yuan))


def as_pdf(statement: Statement, *, title: str, subtitle: str, now: datetime) -> bytes:
    """The statement as PDF/A, in the reader's language; at most `LONGEST` lines."""
    rows = [[*_facts(line)[:4], _place(line), *_amounts(line, ",")] for line in statement.lines(0, LONGEST)]
    data = {
        "site": gettext("Kaixu") + f" · {settings.KAIXU_PROVINCE['zh' if is_chinese() else 'en']}",
        "title": title,
        "subtitle": subtitle,
        "period": f"{statement.since.isoformat()} – {statement.until.isoformat()}",
        "period_label": gettext("Period (Beijing time)"),
        "made": moment(now),
        "made_label": gettext("Made at"),
        "columns": [gettext(name) for name in (*COLUMNS[:4], _("Account and party"), *COLUMNS[7:])],
        "opening": [gettext("Opening balance"), str(statement.opening)],
        "totals": [gettext("Added"), str(statement.added), gettext("Taken out"), str(statement.taken)],
        "closing": [gettext("Closing balance"), str(statement.closing)],
        "rows": rows,
        "demo": gettext("Demo data: institutions, patents and amounts are invented.") if settings.KAIXU_DEMO else "",
        "note": gettext("The ledger mirrors the bank's supervised account; entries are never changed."),
    }
    return rendering.render(template="settlement/statement", data=data, made_at=now)


def _place(line: Line) -> str:
    parts = [line.account, line.party, line.ref_number or line.about]
    return " · ".join(part for part in parts if part)
