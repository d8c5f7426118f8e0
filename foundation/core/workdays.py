"""Working days in China: the week, corrected by the table of holidays and of weekends on which people work."""

from datetime import date, datetime, timedelta

from foundation.core.clock import end_of_local_day, local_date
from foundation.core.models import Holiday

SATURDAY = 5
LOOK_AHEAD = 30  # days read from the table beyond twice the number asked for
DAY = timedelta(days=1)


def _kinds(first: date, last: date) -> dict[date, str]:
    return dict(Holiday.objects.filter(date__range=(first, last)).values_list("date", "kind"))


def _is_workday(day: date, kinds: dict[date, str]) -> bool:
    kind = kinds.get(day)
    return kind == Holiday.Kind.WORK if kind else day.weekday() < SATURDAY


def is_workday(day: date) -> bool:
    """Whether people work on this day."""
    return _is_workday(day, _kinds(day, day))


def add_workdays(day: date, n: int) -> date:
    """The n-th working day after ``day`` (which does not count itself); n = 0 gives ``day``."""
    if n < 0:
        raise ValueError("n must not be negative")
    kinds = _kinds(day, day + DAY * (2 * n + LOOK_AHEAD))
    while n:
        day += DAY
        n -= _is_workday(day, kinds)
    return day


def workdays_between(first: date, last: date) -> int:
    """How many working days lie after ``first`` up to and including ``last``; negative the other way round."""
    if last < first:
        return -workdays_between(last, first)
    kinds = _kinds(first, last)
    return sum(_is_workday(first + DAY * step, kinds) for step in range(1, (last - first).days + 1))


def deadline_in_workdays(start: datetime, n: int) -> datetime:
    """The half-open end of the n-th working day after a moment: 00:00 of the next day in Shanghai, as UTC."""
    return end_of_local_day(add_workdays(local_date(start), n))
