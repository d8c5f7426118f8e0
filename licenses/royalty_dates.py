"""The royalty periods of a license (pure): months, quarters, half-years or years of the calendar.

The first and the last one may be shorter. Days are days in Shanghai, both ends included.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from dateutil.relativedelta import relativedelta

from licenses.pricing import PERIODS_PER_YEAR, Period

DAY = timedelta(days=1)
MONTHS_PER_YEAR = 12


@dataclass(frozen=True, slots=True)
class Span:
    """A period of a license, and the calendar period it is the whole or a part of."""

    first: date
    last: date
    full_first: date
    full_last: date

    @property
    def days(self) -> int:
        """How many days of it belong to the license."""
        return (self.last - self.first).days + 1

    @property
    def full_days(self) -> int:
        """How many days the calendar period has."""
        return (self.full_last - self.full_first).days + 1


def calendar_period(kind: Period, day: date) -> tuple[date, date]:
    """First and last day of the month, quarter, half-year or year that holds a day."""
    months = MONTHS_PER_YEAR // PERIODS_PER_YEAR[Period(kind)]
    first = date(day.year, (day.month - 1) // months * months + 1, 1)
    return first, first + relativedelta(months=months) - DAY


def span_at(kind: Period, day: date, *, starts_on: date, ends_on: date) -> Span:
    """The period of a license from ``starts_on`` to ``ends_on`` that holds a day of it."""
    first, last = calendar_period(kind, day)
    return Span(max(first, starts_on), min(last, ends_on), first, last)


def spans(kind: Period, *, starts_on: date, ends_on: date, until: date) -> list[Span]:
    """The periods of a license that have begun by a day, oldest first."""
    found, day = [], starts_on
    while day <= min(until, ends_on):
        found.append(span_at(kind, day, starts_on=starts_on, ends_on=ends_on))
        day = found[-1].last + DAY
    return found


def license_year(starts_on: date, day: date) -> int:
    """Which year of the license a day belongs to, 1 for the first."""
    return relativedelta(day, starts_on).years + 1


def is_last_of_year(span: Span, *, starts_on: date, ends_on: date) -> bool:
    """Whether the next period belongs to another license year, or the license ends with this one.

    A period belongs to the license year of its first day.
    """
    return span.last >= ends_on or license_year(starts_on, span.first) != license_year(starts_on, span.last + DAY)
