"""Opening a table: its header, its rows, its limits."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

from django.utils.translation import gettext_lazy as _

from foundation.jobs.tables import kinds, sheets, texts
from foundation.jobs.tables.kinds import TableRefused
from foundation.jobs.tables.sheets import FORMULA

MOST_ROWS = 50_000
MOST_COLUMNS = 100
HEADER_WITHIN = 10  # rows from the top in which the header is looked for

TOO_MANY_ROWS = _("The table has more than {limit} rows. Divide it into smaller files.")
TOO_MANY_COLUMNS = _("The table has more than {limit} columns. Keep those of the template.")
NO_ROWS = _("The table has a header but no rows.")


@dataclass(frozen=True)
class Line:
    """One row: its number as a spreadsheet shows it, and its cells."""

    number: int
    cells: list[Any]


@dataclass
class Table:
    """A readable table. `format` names type and encoding for people."""

    format: str
    records: Callable[[], Iterator[list[Any]]]

    def top(self) -> list[Line]:
        """The first rows, for finding the header."""
        return [Line(place, cells) for place, cells in enumerate(islice(self.records(), HEADER_WITHIN), start=1)]

    def lines(self, header: int) -> Iterator[Line]:
        """The rows below the header that are not empty. Raises TableRefused above the limits or where none is left."""
        count = 0
        for place, cells in enumerate(self.records(), start=1):
            if place <= header or not any(has_something(cell) for cell in cells):
                continue
            count += 1
            if count > MOST_ROWS:
                raise TableRefused(TOO_MANY_ROWS, limit=f"{MOST_ROWS:,}")
            yield Line(place, cells)
        if not count:
            raise TableRefused(NO_ROWS)


def has_something(cell: Any) -> bool:
    """Whether a cell holds more than spaces."""
    return cell is not None and (not isinstance(cell, str) or bool(cell.strip()))


def open_table(content: bytes) -> Table:
    """Find out what the bytes are. Raises TableRefused with the reason."""
    if kinds.kind_of(content) == "xlsx":
        table = Table("XLSX", lambda: sheets.rows(content))
    else:
        text, encoding = texts.decode(content)
        separator = texts.separator_of(text)
        named = {"\t": ", TAB", ",": ""}.get(separator, f", {separator}")
        table = Table(f"CSV, {encoding}{named}", lambda: texts.rows(text, separator))
    widest = max((_width(line.cells) for line in table.top()), default=0)
    if widest > MOST_COLUMNS:
        raise TableRefused(TOO_MANY_COLUMNS, limit=MOST_COLUMNS)
    return table


def _width(cells: list[Any]) -> int:
    return max((place for place, cell in enumerate(cells, start=1) if has_something(cell)), default=0)


def address(line: int, column: int) -> str:
    """The address of a cell as a spreadsheet shows it: C5 for line 5, third column (counted from 0: 2)."""
    letters, rest = "", column + 1
    while rest:
        rest, letter = divmod(rest - 1, 26)
        letters = chr(65 + letter) + letters
    return f"{letters}{line}"


__all__ = ["FORMULA", "Line", "Table", "TableRefused", "address", "has_something", "open_table"]
