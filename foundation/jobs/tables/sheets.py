"""The rows of a workbook's first sheet that holds something."""

import io
import warnings
from collections.abc import Iterator
from datetime import date, datetime, time
from typing import Any

import openpyxl

from foundation.jobs.tables.kinds import BROKEN_WORKBOOK, TableRefused

FORMULA = object()  # stands for a cell that holds a formula
FAULTS = (KeyError, ValueError, TypeError, AttributeError, IndexError, OSError, EOFError, SyntaxError, OverflowError)


def rows(content: bytes) -> Iterator[list[Any]]:
    """Cells as text, numbers, dates, None or FORMULA. Raises TableRefused for damaged workbooks."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # openpyxl warns about styles it does not know
        try:
            book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=False, keep_links=False)
            sheet = next((sheet for sheet in book.worksheets if sheet.sheet_state == "visible"), None)
            if sheet is None:
                raise TableRefused(BROKEN_WORKBOOK)
            sheet.reset_dimensions()  # the size a file states of itself may be a lie
            for cells in sheet.iter_rows():
                yield [_value(cell) for cell in cells]
        except TableRefused:
            raise
        except FAULTS as error:
            raise TableRefused(BROKEN_WORKBOOK) from error
        except Exception as error:  # the XML parsers' own errors have no common base
            raise TableRefused(BROKEN_WORKBOOK) from error


def _value(cell: Any) -> Any:
    if cell.data_type == "f":
        return FORMULA
    if cell.data_type == "e":
        return str(cell.value)
    value = cell.value
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, time):
        return value.isoformat()
    return value if value is None or isinstance(value, str | int | float | date) else str(value)
