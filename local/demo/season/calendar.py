"""The calendar of the demo's seasons (pure): days are counted from one day, that of the first loading.

Times are Shanghai's. Sessions last from 10:00 to 10:00; the one that runs now ends when the evening is near, if the
demo is loaded in the morning, so that there are ten hours and more left to bid.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from foundation.core.clock import LOCAL
from local.demo.books.days import at_hour

DAY, HOUR = timedelta(days=1), timedelta(hours=1)
BEGINS, NOON, LATE = 10, 12, 22
WEEKLY = ("1", "2", "3", "4", "5", "6")  # sessions in the order in which they are planned
FIRST = -23  # the day of the first weekly session
EARLIER_BEGINS = -280
NOTICE, DEPOSITS_END = 8 * DAY, 2 * HOUR


@dataclass(frozen=True, slots=True)
class Span:
    """Start and planned end of a session."""

    starts_at: datetime
    ends_at: datetime


def day(today: date, days: int, hour: int = 10, minute: int = 0) -> datetime:
    """A moment so many days after the day that counts."""
    return at_hour(today + days * DAY, hour, minute)


def weekly_day(today: date, key: str) -> date:
    """The day on which a weekly session begins."""
    return today + (FIRST + 7 * WEEKLY.index(key)) * DAY


def live(now: datetime) -> Span:
    """The session that runs at a moment: since today's 10:00, or since yesterday's where it is not noon yet."""
    today = now.astimezone(LOCAL).date()
    if now.astimezone(LOCAL).hour >= NOON:
        return Span(at_hour(today, BEGINS), at_hour(today + DAY, BEGINS))
    return Span(at_hour(today - DAY, BEGINS), at_hour(today, LATE))


def dates(span: Span) -> dict:
    """The dates of a session that is planned by itself."""
    first = span.starts_at.astimezone(LOCAL).date()
    return {
        "viewing_from": first - 4 * DAY,
        "viewing_until": first - DAY,
        "registration_until_at": span.ends_at - DEPOSITS_END,
        "starts_at": span.starts_at,
        "planned_ends_at": span.ends_at,
    }


def codes(today: date) -> dict[str, str]:
    """Season key -> code: the earlier one by the year it was held in."""
    before, year = (today + EARLIER_BEGINS * DAY).year, today.year
    first, now = (1, 2) if before == year else (2, 1)
    return {"earlier": f"{before}S{first}", "present": f"{year}S{now}", "next": f"{year}S{now + 1}"}
