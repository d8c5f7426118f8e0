"""Finding out what a file is, by its content, and reading it."""

import re

from django.utils.translation import gettext_lazy as _

from foundation.core.text import INVISIBLE
from foundation.jobs.tables import TableRefused, kinds, sheets, texts
from settlement.statements import camt, tables, workbooks
from settlement.statements.found import ReadStatement, StatementRefused, require_still

MOST_BYTES = kinds.MOST_BYTES
MOST_LINES = 50_000
MARKUP = re.compile(rb"(?:\xef\xbb\xbf|\xff\xfe|\xfe\xff)?[\s\x00]*<")
HTML = re.compile(rb"<\s*(?:!doctype\s+html|html)", re.IGNORECASE)

EMPTY = _("The file is empty.")
TOO_LARGE = _("The file is larger than {limit} MB. Divide it into smaller files.")
NO_STATEMENT = _("This is not a bank statement: {what}.")
WEB_PAGE = _("it is a web page")
TOO_MANY = _("The statement has more than {limit} lines. Divide it into smaller files.")


def read(content: bytes) -> list[ReadStatement]:
    """The statements of a file, at least one. Raises StatementRefused with a sentence for everything else."""
    if not content.strip(b"\x00 \t\r\n"):
        raise StatementRefused(EMPTY)
    if len(content) > MOST_BYTES:
        raise StatementRefused(TOO_LARGE, limit=MOST_BYTES // 2**20)
    try:
        found = _read(content)
    except TableRefused as refusal:
        raise StatementRefused(refusal.message, **refusal.extra) from refusal
    found = [require_still(one) for one in found]
    if sum(len(one.lines) for one in found) > MOST_LINES:
        raise StatementRefused(TOO_MANY, limit=f"{MOST_LINES:,}")
    return found


def _read(content: bytes) -> list[ReadStatement]:
    if HTML.search(content[:2000]):
        raise StatementRefused(NO_STATEMENT, what=WEB_PAGE)
    if MARKUP.match(content):
        return camt.read(content)
    if content.startswith(kinds.OLE):
        return [tables.read(workbooks.rows(content))]
    if kinds.kind_of(content) == "xlsx":
        return [tables.read(list(sheets.rows(content)))]
    text, _encoding = texts.decode(content)
    return [tables.read(list(texts.rows(text, _separator(text))))]


def _separator(text: str) -> str:
    """By the row that looks like a header: what stands above it in these exports is free text."""
    for line in text.splitlines()[: tables.HEADER_WITHIN]:
        for mark in (",", "\t", ";"):
            if tables.format_of([INVISIBLE.sub("", cell) for cell in line.split(mark)]):
                return mark
    return ","
