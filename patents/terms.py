"""How long a patent lasts and when its annual fees fall due (Patent Law 42-44, Implementing Regulations 115). Pure.

Dates are calendar days in China; amounts are fen.
"""

from calendar import isleap, monthrange
from datetime import date, timedelta
from enum import StrEnum

from patents.numbers import Kind

DESIGN_FIFTEEN_FROM = date(2021, 6, 1)  # designs filed from this day on last 15 years
YEARS = {
    Kind.INVENTION: 20,
    Kind.PCT_INVENTION: 20,
    Kind.UTILITY_MODEL: 10,
    Kind.PCT_UTILITY_MODEL: 10,
    Kind.DESIGN: 15,
}
GRACE_MONTHS = 6

# Annual fee in fen by (first year, last year) of the patent.
INVENTION_FEES = (
    (1, 3, 90_000), (4, 6, 120_000), (7, 9, 200_000), (10, 12, 400_000), (13, 15, 600_000), (16, 20, 800_000),
)  # fmt: skip
OTHER_FEES = ((1, 3, 60_000), (4, 5, 90_000), (6, 8, 120_000), (9, 10, 200_000), (11, 15, 300_000))
COMPENSATION_YEAR_FEE = 800_000  # each year of a term compensation


class FeeStatus(StrEnum):
    """Whether the annual fee of the running year is paid."""

    PAID = "paid"
    GRACE = "grace"
    UNPAID = "unpaid"
    UNKNOWN = "unknown"


def years_of(kind: Kind, filing_date: date) -> int:
    """The full years of protection, counted from the filing date (Patent Law 42)."""
    if kind == Kind.DESIGN and filing_date < DESIGN_FIFTEEN_FROM:
        return 10
    return YEARS[Kind(kind)]


def eve_of_anniversary(day: date, years: int) -> date:
    """The day before the same month and day `years` later; for 29 February in a common year it is 28 February.

    Where the last month has no corresponding day, its last day is the last of the period (Implementing Regulations 5).
    """
    year = day.year + years
    if (day.month, day.day) == (2, 29) and not isleap(year):
        return date(year, 2, 28)
    return date(year, day.month, day.day) - timedelta(days=1)


def expiry(kind: Kind, filing_date: date, compensation_days: int = 0) -> date:
    """The last day on which the patent is in force, a term compensation included (Patent Law 42)."""
    return eve_of_anniversary(filing_date, years_of(kind, filing_date)) + timedelta(days=compensation_days)


def add_months(day: date, months: int) -> date:
    """The same day some months later, or the last day of that month."""
    year, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + year, month + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def patent_year(filing_date: date, on: date) -> int:
    """Which year of the patent a day falls into; the first begins with the filing date."""
    year = max(1, on.year - filing_date.year)
    return year if on <= eve_of_anniversary(filing_date, year) else year + 1


def fee_due(filing_date: date, year: int) -> date:
    """The last day to pay the fee of a year without surcharge: before the year before it ends (Rule 115)."""
    return eve_of_anniversary(filing_date, year - 1)


def fee_status(filing_date: date, paid_through_year: int | None, on: date) -> FeeStatus:
    """Paid, in the six months of grace, or unpaid (the patent has ended as of the due date)."""
    if paid_through_year is None:
        return FeeStatus.UNKNOWN
    if paid_through_year >= patent_year(filing_date, on):
        return FeeStatus.PAID
    end_of_grace = add_months(fee_due(filing_date, paid_through_year + 1), GRACE_MONTHS)
    return FeeStatus.GRACE if on <= end_of_grace else FeeStatus.UNPAID


def annual_fee(kind: Kind, year: int) -> int:
    """The full annual fee of one year of a patent, in fen; years beyond the table are compensation years."""
    table = INVENTION_FEES if Kind(kind) in (Kind.INVENTION, Kind.PCT_INVENTION) else OTHER_FEES
    for first, last, fen in table:
        if first <= year <= last:
            return fen
    return COMPENSATION_YEAR_FEE
