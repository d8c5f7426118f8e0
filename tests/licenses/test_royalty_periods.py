"""Royalty periods from the first day of a license to its last."""

from datetime import UTC, date, datetime, timedelta

import pytest

from foundation.core import clock
from foundation.core.clock import end_of_local_day, start_of_local_day
from foundation.core.money import Money
from licenses import clock_royalties
from licenses.lifecycle import LicenseState
from licenses.models import RoyaltyPeriod
from licenses.royalty_lifecycle import PeriodState
from licenses.services import endings, royalty_answers, royalty_periods
from tests.factories import royalties as make
from tests.factories.uptakes import paid_license

pytestmark = pytest.mark.django_db


def test_first_period_opens_with_the_license_and_ends_with_the_calendar():
    row = make.period(make.royalty_license())
    assert (row.starts_on, row.ends_on) == (date(2026, 2, 9), make.FIRST_QUARTER_ENDS)
    assert (row.state, row.license_year, row.days, row.full_days) == (PeriodState.RUNNING, 1, 51, 90)


def test_license_without_royalty_has_no_periods():
    license = paid_license()
    assert royalty_periods.open_periods(license=license) == []
    assert RoyaltyPeriod.objects.count() == 0


def test_opening_twice_changes_nothing():
    license = make.royalty_license()
    with clock.at(make.BEGINS):
        assert royalty_periods.open_periods(license=license) == []


def test_the_clock_opens_the_next_period_and_asks_for_the_report_of_the_last():
    license = make.royalty_license()
    with clock.at(end_of_local_day(make.FIRST_QUARTER_ENDS) - timedelta(seconds=1)):
        assert clock_royalties.run() == 0
    with clock.at(end_of_local_day(make.FIRST_QUARTER_ENDS)):
        assert clock_royalties.run() == 2
        assert clock_royalties.run() == 0
    assert [row.state for row in license.royalty_periods.all()] == [PeriodState.REPORT_DUE, PeriodState.RUNNING]


def test_a_clock_that_slept_for_a_year_opens_every_period_between():
    license = make.royalty_license()
    with clock.at(start_of_local_day(date(2027, 2, 1))):
        clock_royalties.run()
    rows = list(license.royalty_periods.all())
    assert [row.ends_on for row in rows] == [
        date(2026, 3, 31),
        date(2026, 6, 30),
        date(2026, 9, 30),
        date(2026, 12, 31),
        date(2027, 3, 31),
    ]
    assert {row.state for row in rows[:4]} <= {PeriodState.REPORT_DUE, PeriodState.REPORT_LATE}


def test_report_is_due_after_thirty_days_and_payment_after_forty_five_on_working_days():
    row = make.due_period()
    assert row.report_due_at == end_of_local_day(date(2026, 4, 30))
    assert row.pay_due_at == end_of_local_day(date(2026, 5, 15))


def test_a_due_day_without_work_moves_to_the_next_working_day():
    assert royalty_periods.deadline(date(2026, 4, 18)) == end_of_local_day(date(2026, 4, 20))


def test_late_report_puts_the_license_in_default_once():
    row = make.due_period()
    with clock.at(row.report_due_at):
        clock_royalties.note_missed()
        assert clock_royalties.note_missed() == 0
    row.refresh_from_db()
    row.license.refresh_from_db()
    assert (row.state, row.license.state) == (PeriodState.REPORT_LATE, LicenseState.IN_DEFAULT)


def test_reminders_come_seven_days_before_on_the_day_and_after_each_once():
    row = make.due_period()
    last = date(2026, 4, 30)
    sent = []
    for days in range(-10, 40):
        with clock.at(start_of_local_day(last + timedelta(days=days)) + timedelta(hours=9)):
            if clock_royalties.remind_due():
                sent.append(days)
            assert clock_royalties.remind_due() == 0
    assert sent == [-7, 0, 3, 10, 30]
    row.refresh_from_db()
    assert row.reminded == 5


def test_running_period_ends_with_a_license_that_ends_early():
    license = make.royalty_license()
    with clock.at(datetime(2026, 3, 2, 3, tzinfo=UTC)):
        ended = endings.terminate(license=license, reason="产品停产。", actor=make.user(license))
        royalty_periods.end_periods(license=ended)
    row = make.period(license)
    assert row.ends_on == date(2026, 3, 2)
    assert row.report_due_at == end_of_local_day(date(2026, 4, 1))
    with clock.at(end_of_local_day(date(2026, 7, 1))):
        clock_royalties.run()
    assert license.royalty_periods.count() == 1


def test_silence_accepts_a_report_after_ten_days():
    row = make.reported_period()
    with clock.at(row.answer_due_at - timedelta(seconds=1)):
        assert clock_royalties.accept_unanswered() == 0
    with clock.at(row.answer_due_at):
        assert clock_royalties.accept_unanswered() == 1
        assert not royalty_answers.accept_silently(period=row)
    row.refresh_from_db()
    assert (row.state, row.royalty) == (PeriodState.PAYMENT_DUE, Money(3_703_704))
