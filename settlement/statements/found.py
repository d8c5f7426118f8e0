"""What is found in a statement, whatever its format."""

from dataclasses import dataclass, field
from datetime import date, datetime

from django.utils.translation import gettext_lazy as _

from foundation.core.errors import Invalid
from foundation.core.money import Money


class StatementRefused(Invalid):
    """The file as a whole cannot be taken; the sentence says why."""

    code, field = "statement_refused", "file"
    message = _("This file cannot be read.")


SILENT = _("The file has no lines and does not say for which days. Export it with its period.")
NOT_STILL = _("The statement has no lines, but its balances differ: {opening} at the beginning, {closing} at the end.")


@dataclass(frozen=True, slots=True)
class ReadLine:
    """One booked movement. Money out is negative; every currency is counted in hundredths of its unit.

    ``booked_on`` is the bank's day, ``place`` the row or entry in the file. ``counts`` is False for rows that a wallet
    lists without moving its balance; ``note`` then says why.
    """

    place: int
    booked_on: date
    amount: Money
    value_date: date | None = None
    booked_at: datetime | None = None
    transaction_id: str = ""
    end_to_end_id: str = ""
    name: str = ""
    account: str = ""
    text: str = ""
    balance_fen: int | None = None
    is_reversal: bool = False
    counts: bool = True
    note: str = ""


@dataclass(frozen=True, slots=True)
class ReadStatement:
    """A statement of one account. Balances are None where the file does not state them (or not reliably)."""

    format: str
    lines: list[ReadLine]
    statement_id: str = ""
    account: str = ""
    first_day: date | None = None
    last_day: date | None = None
    opening: Money | None = None
    closing: Money | None = None
    warnings: list[str] = field(default_factory=list)

    @property
    def difference(self) -> Money | None:
        """Closing less opening less lines: zero when nothing is missing, None where it cannot be said."""
        if self.opening is None or self.closing is None or self.opening.currency != self.closing.currency:
            return None
        if any(line.amount.currency != self.opening.currency for line in self.lines):
            return None
        moved = sum(line.amount.fen for line in self.lines if line.counts)
        return Money(self.closing.fen - self.opening.fen - moved, self.opening.currency)


def require_still(one: ReadStatement) -> ReadStatement:
    """A statement without lines says that nothing moved: it names its days, and its balances do not differ.

    One with lines passes. Raises StatementRefused.
    """
    if one.lines:
        return one
    if one.first_day is None or one.last_day is None or one.format == "camt.054":
        raise StatementRefused(SILENT)
    if one.difference:
        raise StatementRefused(NOT_STILL, opening=str(one.opening), closing=str(one.closing))
    return one
