from datetime import UTC, date, datetime

import pytest

from foundation.core import holidays, workdays

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("start", "n", "end"),
    [
        (date(2026, 9, 30), 1, date(2026, 10, 8)),  # over the national holiday
        (date(2026, 10, 9), 1, date(2026, 10, 10)),  # a Saturday on which people work
        (date(2026, 11, 20), 1, date(2026, 11, 23)),
        (date(2026, 11, 20), 0, date(2026, 11, 20)),
        (date(2026, 2, 13), 5, date(2026, 2, 27)),  # spring festival, 14 February worked
    ],
)
def test_the_nth_working_day(start, n, end):
    assert workdays.add_workdays(start, n) == end
    assert workdays.workdays_between(start, end) == n


def test_the_days_between_count_backwards_too():
    assert workdays.workdays_between(date(2026, 10, 8), date(2026, 9, 30)) == -1


def test_a_deadline_ends_at_midnight_in_shanghai():
    noon = datetime(2026, 11, 20, 4, tzinfo=UTC)
    assert workdays.deadline_in_workdays(noon, 5) == datetime(2026, 11, 27, 16, tzinfo=UTC)


def test_the_day_begins_in_shanghai_not_in_greenwich():
    friday_2359, saturday_0000 = datetime(2026, 11, 20, 15, 59, tzinfo=UTC), datetime(2026, 11, 20, 16, tzinfo=UTC)
    assert workdays.deadline_in_workdays(friday_2359, 1) == datetime(2026, 11, 23, 16, tzinfo=UTC)
    assert workdays.deadline_in_workdays(saturday_0000, 1) == datetime(2026, 11, 23, 16, tzinfo=UTC)
    assert not workdays.is_workday(date(2026, 11, 21))


def test_every_day_of_the_tables_stands_there_once():
    days = [day for day, _kind, _announced in holidays.rows()]
    assert len(days) == len(set(days))
    assert all(day.weekday() >= 5 for day, kind, _announced in holidays.rows() if kind == "work")
    assert sum(day.year == 2027 for day in days) == 13
