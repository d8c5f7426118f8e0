"""The rows of an old Excel workbook (.xls), as some banks still export them."""

import struct
from datetime import date, timedelta
from typing import Any

import xlrd
from django.utils.translation import gettext_lazy as _

from settlement.statements.found import StatementRefused

BROKEN = _("The workbook is damaged or protected by a password. Save it again without a password.")
TOO_LONG = _("The workbook has more than {limit} rows. Divide it into smaller files.")
MOST_ROWS = 60_000
FAULTS = (xlrd.XLRDError, struct.error, AssertionError, ValueError, TypeError, KeyError, IndexError, OverflowError)
EPOCHS = (date(1899, 12, 30), date(1904, 1, 1))


def rows(content: bytes) -> list[list[Any]]:
    """Cells of the first sheet that holds something, as text, numbers and dates. Raises StatementRefused."""
    try:
        with xlrd.open_workbook(file_contents=content, on_demand=True, logfile=Remarks()) as book:
            for place in range(book.nsheets):
                sheet = book.sheet_by_index(place)
                if sheet.nrows > MOST_ROWS:
                    raise StatementRefused(TOO_LONG, limit=f"{MOST_ROWS:,}")
                if sheet.nrows:
                    return [[_value(cell, book.datemode) for cell in sheet.row(n)] for n in range(sheet.nrows)]
    except StatementRefused:
        raise
    except FAULTS as error:
        raise StatementRefused(BROKEN) from error
    except Exception as error:  # compound documents have errors without a common base
        raise StatementRefused(BROKEN) from error
    raise StatementRefused(BROKEN)


class Remarks:
    """Where xlrd writes its remarks about odd workbooks."""

    def write(self, text: str) -> None:
        """Drop it."""


def _value(cell: Any, datemode: int) -> Any:
    if cell.ctype == xlrd.XL_CELL_DATE:
        whole = int(cell.value)
        return EPOCHS[datemode] + timedelta(days=whole)
    if cell.ctype == xlrd.XL_CELL_NUMBER:
        return int(cell.value) if cell.value == int(cell.value) else repr(cell.value)
    if cell.ctype in (xlrd.XL_CELL_EMPTY, xlrd.XL_CELL_BLANK):
        return ""
    return str(cell.value)
