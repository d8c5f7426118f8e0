"""Reading the exports of Chinese banks and wallets by the table of their columns."""

import re
from collections.abc import Sequence
from datetime import date, datetime, time
from itertools import pairwise
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from foundation.core.clock import LOCAL
from foundation.core.errors import Invalid
from foundation.core.marks import _ as mark
from foundation.core.money import AmountInvalid, Money
from foundation.core.text import INVISIBLE, clean_text
from settlement.statements.columns import CURRENCIES, FORMATS, Format
from settlement.statements.found import ReadLine, ReadStatement, StatementRefused

HEADER_WITHIN = 60  # rows from the top in which the header is looked for
NOTHING = frozenset({"", "-", "/", "--", "\\", "无"})
DASHES = re.compile(r"-{3,}")
DAY = re.compile(r"(\d{4})[-/.年]?(\d{1,2})[-/.月]?(\d{1,2})日?(?:\s+(\d{1,2}):(\d{2})(?::(\d{2}))?)?")
CLOCK = re.compile(r"(\d{1,2}):(\d{2})(?::(\d{2}))?")
DATE = r"((?:19|20)\d{2}-?(?:0[1-9]|1[0-2])-?(?:0[1-9]|[12]\d|3[01]))"
PERIOD = re.compile(rf"(?<!\d){DATE}(?:\D{{1,3}}\d{{2}}:\d{{2}}:\d{{2}})?\D{{1,30}}?{DATE}(?!\d)")
OPENING, CLOSING = "期初余额|上期余额|承前余额|起始余额", "期末余额|本期余额|结束余额|账户余额"
TRAILING_ACCOUNT = re.compile(r"(.*?)\s*(\d{6,}[\d*]*)")
LONGEST = {"name": 200, "account": 64, "text": 500, "id": 128}

UNKNOWN = _("This is not a bank statement that is known here: no header row of {names} was found.")
BAD_ROW = _("Row {row}: {reason}")
NO_DAY = _("“{text}” is not a date.")
NO_AMOUNT = _("There is no amount.")
TWO_AMOUNTS = _("Money came in and went out in the same row.")
BAD_CURRENCY = _("“{text}” is not a currency.")
STILL = mark("Closed or not paid: no money moved")
NEUTRAL = mark("The statement does not say whether money came in or went out")
CHAIN = mark("The balances of this file do not follow from its lines.")


def format_of(cells: Sequence[Any]) -> Format | None:
    """The format whose header these cells are."""
    names = {plain(cell) for cell in cells}
    fitting = [one for one in FORMATS if names.issuperset(one.header)]
    return max(fitting, key=lambda one: len(one.header), default=None)


def plain(cell: Any) -> str:
    """A cell as text on one line, without what nobody sees."""
    text = INVISIBLE.sub("", "" if cell is None else str(cell))
    return " ".join(text.replace("\x00", "").split())


def read(rows: list[list[Any]]) -> ReadStatement:
    """The statement in a table. Raises StatementRefused with the row and the reason."""
    headers = ((place, format_of(cells)) for place, cells in enumerate(rows[:HEADER_WITHIN]))
    place, form = next(((place, form) for place, form in headers if form is not None), (0, None))
    if form is None:
        raise StatementRefused(UNKNOWN, names=", ".join(gettext(one.label) for one in FORMATS))
    places = {plain(cell): column for column, cell in reversed(list(enumerate(rows[place])))}
    lines = []
    for number, cells in enumerate(rows[place + 1 :], start=place + 2):
        if any(plain(cell) for cell in cells) and not _is_total(form, cells):
            lines.append(_Row(form, places, cells, number).line())
    return _statement(form, rows[:place], lines) if lines else _still(form, rows)


def _is_total(form: Format, cells: list[Any]) -> bool:
    first = next((plain(cell) for cell in cells if plain(cell)), "")
    return any(word in first for word in form.totals)


def _statement(form: Format, preamble: list[list[Any]], lines: list[ReadLine]) -> ReadStatement:
    first, last = min(line.booked_on for line in lines), max(line.booked_on for line in lines)
    since, until = _period(" ".join(plain(cell) for row in preamble for cell in row))
    if since and until and since <= first and last <= until:
        first, last = since, until
    opening, closing, warnings = _balances(lines)
    return ReadStatement(form.key, lines, "", _own_account(form, preamble), first, last, opening, closing, warnings)


def _still(form: Format, rows: list[list[Any]]) -> ReadStatement:
    """A statement without lines: its period and its balances as they stand above and below the header."""
    words = ",".join(plain(cell) for row in rows for cell in row)  # a thousand may have been taken for two cells
    since, until = _period(words)
    if since and until and since > until:
        since = until = None
    opening, closing = (_stated(words, names) for names in (OPENING, CLOSING))
    return ReadStatement(form.key, [], "", _own_account(form, rows), since, until, opening, closing)


def _stated(words: str, names: str) -> Money | None:
    """The balance under one of these names, in yuan; None where none is stated."""
    found = re.search(rf"(?:{names})\D{{0,12}}?(-?[\d,]+\.\d{{2}})(?!\d)", words)
    try:
        return Money.parse(found.group(1)) if found else None
    except AmountInvalid:
        return None


def _period(text: str) -> tuple[date | None, date | None]:
    """The period that stands above the header, where there is one."""
    stated = PERIOD.search(text)
    try:
        return (_day(stated.group(1))[0], _day(stated.group(2))[0]) if stated else (None, None)
    except Invalid:  # 31 April
        return None, None


def _own_account(form: Format, preamble: list[list[Any]]) -> str:
    cells = [plain(cell) for row in preamble for cell in row]
    for place, cell in enumerate(cells):
        for label in form.own_account:
            if cell == label and place + 1 < len(cells):
                return cells[place + 1][:64]
            if re.match(rf"{label}\s*[:：]", cell):
                return re.split(r"[:：]", cell, maxsplit=1)[1].strip()[:64]
    return ""


def _balances(lines: list[ReadLine]) -> tuple[Money | None, Money | None, list[str]]:
    """Opening and closing from the running balances, where these follow from the lines in either order."""
    if any(line.balance_fen is None for line in lines) or len({line.amount.currency for line in lines}) > 1:
        return None, None, []
    currency = lines[0].amount.currency
    for ordered in (lines, lines[::-1]):
        steps = pairwise(ordered)
        if all(after.balance_fen == before.balance_fen + after.amount.fen for before, after in steps):
            opening = ordered[0].balance_fen - ordered[0].amount.fen
            return Money(opening, currency), Money(ordered[-1].balance_fen, currency), []
    return None, None, [CHAIN]


def _day(text: str) -> tuple[date, time | None]:
    found = DAY.fullmatch(text)
    if found is None:
        raise Invalid(NO_DAY, text=text[:30])
    year, month, day, *clock = found.groups()
    try:
        return date(int(year), int(month), int(day)), time(*(int(x or 0) for x in clock)) if clock[0] else None
    except ValueError as error:
        raise Invalid(NO_DAY, text=text[:30]) from error


class _Row:
    """One row under a header."""

    def __init__(self, form: Format, places: dict[str, int], cells: list[Any], number: int):
        self.form, self.places, self.cells, self.number = form, places, cells, number

    def cell(self, column: str) -> str:
        """The text of a column; empty for what banks print as nothing."""
        place = self.places.get(column) if column else None
        text = plain(self.cells[place]) if place is not None and place < len(self.cells) else ""
        return "" if text in NOTHING or DASHES.fullmatch(text) else text

    def line(self) -> ReadLine:
        """The line. Raises StatementRefused naming the row."""
        try:
            return self._line()
        except AmountInvalid as error:
            raise StatementRefused(BAD_ROW, row=self.number, reason=_(error.reason)) from error
        except Invalid as error:
            raise StatementRefused(BAD_ROW, row=self.number, reason=error.sentence) from error

    def _line(self) -> ReadLine:
        form = self.form
        day, clock = _day(self.cell(form.date))
        stated = CLOCK.fullmatch(self.cell(form.time))
        if clock is None and stated:
            clock = time(*(int(part or 0) for part in stated.groups()))
        amount, note = self._amount()
        name, account = self._counterparty()
        text = " ".join(filter(None, (self.cell(column) for column in form.text)))
        return ReadLine(
            place=self.number,
            booked_on=day,
            value_date=day,
            booked_at=datetime.combine(day, clock, LOCAL) if clock else None,
            amount=amount,
            transaction_id=_cut(self.cell(form.transaction_id), "id"),
            end_to_end_id=_cut(self.cell(form.end_to_end_id), "id"),
            name=_cut(name, "name"),
            account=_cut(account, "account"),
            text=_cut(text, "text"),
            balance_fen=self._balance(),
            counts=not note,
            note=note,
        )

    def _amount(self) -> tuple[Money, str]:
        form, currency = self.form, self._currency()
        if form.credit:
            sides = [(self.cell(form.credit), 1), (self.cell(form.debit), -1)]
            stated = [(text, sign) for text, sign in sides if text]
            if not stated:
                raise Invalid(NO_AMOUNT)
            if len(stated) > 1:
                raise Invalid(TWO_AMOUNTS)
            return Money(stated[0][1] * _fen(stated[0][0]), currency), ""
        text = self.cell(form.amount)
        if not text:
            raise Invalid(NO_AMOUNT)
        fen = _fen(text)
        if not form.direction:
            return Money(fen, currency), ""
        sign = form.signs.get(self.cell(form.direction)) or self._neutral_sign()
        if self.cell(form.status) in form.still:
            return Money((sign or 1) * fen, currency), STILL
        return Money((sign or 1) * fen, currency), "" if sign else NEUTRAL

    def _neutral_sign(self) -> int:
        kind = self.cell(self.form.kind)
        return next((sign for word, sign in self.form.neutral if word in kind), 0)

    def _currency(self) -> str:
        text = self.cell(self.form.currency)
        currency = CURRENCIES.get(text, text or "CNY")
        if not re.fullmatch(r"[A-Z]{3}", currency):
            raise Invalid(BAD_CURRENCY, text=text[:20])
        return currency

    def _balance(self) -> int | None:
        try:
            return _fen(self.cell(self.form.balance))
        except AmountInvalid:
            return None

    def _counterparty(self) -> tuple[str, str]:
        form = self.form
        if not form.name_and_account:
            return self.cell(form.name), self.cell(form.account)
        both = self.cell(form.name_and_account)
        parts = TRAILING_ACCOUNT.fullmatch(both)
        return (parts.group(1), parts.group(2)) if parts else (both, "")


def _fen(text: str) -> int:
    return Money.parse(text.removeprefix("+")).fen


def _cut(text: str, what: str) -> str:
    return clean_text(text)[: LONGEST[what]]
