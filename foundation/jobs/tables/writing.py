"""Tables people get: CSV and XLSX in which nothing is taken for a formula."""

import csv
import io
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

RISKY = ("=", "+", "-", "@", "\t", "\r")
BOM = "\ufeff"  # without it Excel takes UTF-8 for the machine's own encoding
LONGEST_CELL = 32_767  # characters in a cell of XLSX


def safe(value: Any) -> str:
    """A cell of CSV that no spreadsheet takes for a formula: an apostrophe stands before = + - @ TAB CR."""
    text = "" if value is None else value.isoformat() if isinstance(value, date) else str(value)
    return f"'{text}" if text.startswith(RISKY) else text


def csv_lines(header: Iterable[Any], rows: Iterable[Iterable[Any]]) -> Iterator[str]:
    """The lines of a CSV file in UTF-8 with mark, for streaming."""
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    yield BOM
    writer.writerow([safe(cell) for cell in header])
    for row in rows:
        writer.writerow([safe(cell) for cell in row])
        if buffer.tell() > 65_536:  # noqa: PLR2004
            yield buffer.getvalue()
            buffer.seek(0)
            buffer.truncate()
    yield buffer.getvalue()


def csv_bytes(header: Iterable[Any], rows: Iterable[Iterable[Any]]) -> bytes:
    """A whole CSV file."""
    return "".join(csv_lines(header, rows)).encode()


def xlsx_bytes(header: Iterable[Any], rows: Iterable[Iterable[Any]]) -> bytes:
    """A whole XLSX file. Every text is written as text, so that nothing is a formula."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("Kaixu")
    sheet.freeze_panes = "A2"
    sheet.append([_cell(sheet, value) for value in header])
    for row in rows:
        sheet.append([_cell(sheet, value) for value in row])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _cell(sheet: Any, value: Any) -> WriteOnlyCell:
    if isinstance(value, int | float | date) and not isinstance(value, bool):
        return WriteOnlyCell(sheet, value)
    text = "" if value is None else ILLEGAL_CHARACTERS_RE.sub("", str(value))[:LONGEST_CELL]
    cell = WriteOnlyCell(sheet, text)
    cell.data_type = "s"
    return cell
