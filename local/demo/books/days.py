"""The calendar of the demo's books (pure): statements come for half months, from three months ago until yesterday."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from dateutil.relativedelta import relativedelta

from foundation.core.clock import LOCAL

MONTHS = 3  # before the current one
MIDDLE = 15  # the last day of a month's first half
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Half:
    """The days of one statement: ``back`` months before the current one, its half ``number`` (1 or 2)."""

    first: date
    last: date
    back: int
    number: int

    @property
    def ends_a_month(self) -> bool:
        """Whether its last day is the month's."""
        return (self.last + DAY).day == 1

    def holds(self, day: date) -> bool:
        """Whether a day is among its days."""
        return self.first <= day <= self.last


def first_of_month(today: date, back: int) -> date:
    """The first day of the month that lies so many months back."""
    return today.replace(day=1) - relativedelta(months=back)


def halves(today: date) -> list[Half]:
    """The half months from three months ago until yesterday, the earliest first; the last one may be shorter."""
    found = []
    for back in range(MONTHS, -1, -1):
        first = first_of_month(today, back)
        middle, end = first.replace(day=MIDDLE), first_of_month(today, back - 1) - DAY
        for number, since, until in ((1, first, middle), (2, middle + DAY, end)):
            if since < today:
                found.append(Half(since, min(until, today - DAY), back, number))
    return found


def at_hour(day: date, hour: int, minute: int = 0) -> datetime:
    """A moment of a day in Shanghai."""
    return datetime.combine(day, time(hour, minute), LOCAL)
