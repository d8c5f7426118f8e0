"""Reading single cells. A cell that cannot be read raises CellInvalid with its reason (marked, translated when shown)."""  # noqa: E501

import re
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from foundation.core.errors import Invalid
from foundation.core.marks import _
from foundation.core.text import clean_text
from foundation.jobs.tables.sheets import FORMULA
from foundation.jobs.wording import source
from patents import classification, numbers, publications

EXCEL_EPOCH = date(1899, 12, 30)
EXCEL_DAYS = range(25_569, 73_051)  # 1970 to 2099
DATE = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?(?:[ T]\d{1,2}:\d{2}(?::\d{2})?)?")
COMPACT_DATE = re.compile(r"(\d{4})(\d{2})(\d{2})")
ROUNDED = re.compile(r"\d(?:\.\d+)?[eE]\+?\d{1,3}")
NAMES = re.compile(r"[;；、|\n]+")
LONGEST_CELL = 20_000
MOST_NAMES = 50
NOTHING = frozenset({"", "-", "—", "/", "无数据", "n/a", "na", "null", "none given"})


class CellInvalid(Exception):
    """The reason is a marked text; `facts` fills its places."""

    def __init__(self, reason: str, **facts: Any):
        super().__init__(reason)
        self.reason, self.facts = reason, facts


def text_of(cell: Any) -> str:
    """The text of a cell, cleaned; numbers as a person would have typed them."""
    if cell is FORMULA:
        raise CellInvalid(_("This cell holds a formula. Replace it by its value."))
    if cell is None:
        return ""
    if isinstance(cell, float):
        cell = str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)  # noqa: PLR2004
    if isinstance(cell, date):
        cell = cell.isoformat()
    text = str(cell)
    if len(text) > LONGEST_CELL:
        raise CellInvalid(
            _("The text has {length} characters; at most {limit} are possible."), length=len(text), limit=LONGEST_CELL
        )
    try:
        return clean_text(text, multiline=True)
    except Invalid as error:
        raise CellInvalid(source(error.message), **error.extra) from error


def short_text(limit: int):
    """A reader of texts on one line."""

    def read(cell: Any) -> str:
        text = " ".join(text_of(cell).split())
        if len(text) > limit:
            raise CellInvalid(
                _("The text has {length} characters; at most {limit} are possible."), length=len(text), limit=limit
            )
        return text

    return read


def number(cell: Any) -> str:
    """A patent number in its normal form."""
    text = text_of(cell)
    if ROUNDED.fullmatch(text):
        raise CellInvalid(_("The spreadsheet has rounded this number. Format the column as text and enter it again."))
    try:
        return numbers.parse(text).normalized
    except numbers.NumberInvalid as refusal:
        if re.fullmatch(r"\d{12}", text) and isinstance(cell, int | float):
            raise CellInvalid(
                _("The spreadsheet has cut the check character off. Format the column as text.")
            ) from refusal
        raise CellInvalid(numbers.REASONS[refusal.reason]) from refusal


def day(cell: Any) -> str | None:
    """A calendar day as ISO text; 2021-01-15, 2021/1/15, 2021年1月15日, 20210115, or a spreadsheet's day number."""
    if isinstance(cell, date):
        found = cell
    else:
        text = text_of(cell)
        if text.casefold() in NOTHING:
            return None
        shape = DATE.fullmatch(text) or COMPACT_DATE.fullmatch(text)
        if shape:
            try:
                found = date(*(int(part) for part in shape.groups()))
            except ValueError as error:
                raise CellInvalid(_("There is no such day: {text}."), text=text) from error
        elif re.fullmatch(r"\d{5}(\.\d+)?", text) and int(float(text)) in EXCEL_DAYS:
            found = EXCEL_EPOCH + timedelta(days=int(float(text)))
        else:
            raise CellInvalid(_("Enter a date like 2021-01-15."))
    if not 1985 <= found.year <= 2100:  # noqa: PLR2004
        raise CellInvalid(_("The date must lie between 1985 and 2100."))
    return found.isoformat()


def ipc(cell: Any) -> list[str]:
    """Classification symbols, the main one first."""
    try:
        return classification.ipc_symbols(text_of(cell))
    except classification.SymbolInvalid as error:
        raise CellInvalid(_("Not a symbol of the IPC: {text}. Example: H01M 10/0525."), text=str(error)[:40]) from error


def locarno(cell: Any) -> str:
    """A Locarno class."""
    text = text_of(cell)
    try:
        return classification.locarno_class(text) if text else ""
    except classification.SymbolInvalid as error:
        raise CellInvalid(_("Not a Locarno class: {text}. Example: 14-02."), text=text[:40]) from error


def publication(cell: Any) -> str:
    """A publication number in its normal form."""
    text = text_of(cell)
    if not text:
        return ""
    found = publications.parse(text)
    if found is None:
        raise CellInvalid(_("Not a publication number: {text}. Example: CN113123456B."), text=text[:40])
    return found.normalized


def names(cell: Any) -> list[str]:
    """Names separated by semicolons, in order, without repeats."""
    found = [" ".join(name.split()) for name in NAMES.split(text_of(cell)) if name.strip()]
    if len(found) > MOST_NAMES or any(len(name) > 200 for name in found):  # noqa: PLR2004
        raise CellInvalid(_("Too many or too long names in one cell."))
    return list(dict.fromkeys(found))


def shares(cell: Any) -> list[int]:
    """Weights of the owners: 1:1, 60%;40% or 2/1 become integers."""
    text = text_of(cell).replace("：", ":")
    if not text:
        return []
    parts = [part.strip().rstrip("%％").strip() for part in re.split(r"[:;；,，/、|]+", text) if part.strip()]
    if not parts or not all(re.fullmatch(r"[0-9]{1,4}", part) and int(part) for part in parts):
        raise CellInvalid(_("Enter the shares as whole numbers, for example 1:1 or 60:40."))
    return [int(part) for part in parts]


def whole_number(least: int, most: int):
    """A reader of whole numbers within bounds; empty is None."""

    def read(cell: Any) -> int | None:
        text = text_of(cell)
        if text.casefold() in NOTHING:
            return None
        if not re.fullmatch(r"[0-9]{1,6}", text) or not least <= int(text) <= most:
            raise CellInvalid(_("Enter a whole number from {least} to {most}."), least=least, most=most)
        return int(text)

    return read


def choice(words: Mapping[str, str]):
    """A reader of one of several words; empty is None (not known)."""

    def read(cell: Any) -> str | None:
        text = " ".join(text_of(cell).casefold().split())
        if text in NOTHING:
            return None
        if text not in words:
            options = ", ".join(dict.fromkeys(list(words)[:8]))
            raise CellInvalid(_("Not understood: {text}. Possible: {options}."), text=text[:40], options=options)
        return words[text]

    return read
