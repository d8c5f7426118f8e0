"""Royalties in the books, paid in time and late; default, demand, cure and the end for breach."""

from datetime import date, timedelta

import pytest

from foundation.core import clock
from foundation.core.clock import end_of_local_day, start_of_local_day
from foundation.core.errors import Invalid, NotAllowed, NotPossibleNow
from foundation.core.money import Money
from licenses import clock_royalties
from licenses.lifecycle import LicenseState
from licenses.royalty_lifecycle import PeriodState
from licenses.services import breach, royalty_reports
from patents.models import Encumbrance
from settlement import queries as money
from settlement.clock import release_due
from settlement.lifecycle import ObligationState
from tests.factories import royalties as make

pytestmark = pytest.mark.django_db
ROYALTY = Money(3_703_704)


def reread(row):
    row.refresh_from_db()
    row.license.refresh_from_db()
    return row


def late_period():
    """Accepted, and not paid in time."""
    row = make.accepted_period()
    with clock.at(row.pay_due_at + breach.MESSAGE_MAY_TAKE):
        assert clock_royalties.note_missed() == 1
    return reread(row)


def test_acceptance_is_noted_as_due_and_payment_is_held_in_escrow():
    before = money.balance("2002")
    row = make.accepted_period()
    assert (money.balance("1121"), money.balance("2101")) == (ROYALTY, ROYALTY)
    assert make.pay(row, start_of_local_day(date(2026, 5, 4))) == "accepted"
    assert reread(row).state == PeriodState.SETTLED
    assert (money.balance("1121"), money.balance("2101")) == (Money(0), Money(0))
    assert money.balance("2002") - before == ROYALTY + Money(5_000_000)  # with the entry fee of the license


def test_a_paid_royalty_is_released_after_seven_days():
    row = make.accepted_period()
    paid_at = start_of_local_day(date(2026, 5, 4))
    make.pay(row, paid_at)
    with clock.at(paid_at + timedelta(days=7, minutes=1)):
        release_due()
    row.obligation.refresh_from_db()
    assert row.obligation.released_at is not None
    assert money.balance("2011") == ROYALTY + Money(5_000_000)


def late_period_of(row):
    with clock.at(row.pay_due_at + breach.MESSAGE_MAY_TAKE):
        clock_royalties.note_missed()
    return reread(row)


def test_a_royalty_not_paid_in_time_puts_the_license_in_default_after_the_banks_time():
    row = make.accepted_period()
    with clock.at(row.pay_due_at):
        assert clock_royalties.note_missed() == 0
    row = late_period_of(row)
    assert (row.state, row.license.state) == (PeriodState.PAYMENT_LATE, LicenseState.IN_DEFAULT)


def test_paying_thirty_days_late_is_taken_and_cures_the_default():
    row = late_period()
    assert make.pay(row, end_of_local_day(date(2026, 6, 13))) == "accepted"
    row = reread(row)
    assert (row.state, row.license.state) == (PeriodState.SETTLED, LicenseState.EFFECTIVE)


def test_a_default_that_came_of_a_late_report_is_cured_by_the_report():
    row = make.due_period()
    with clock.at(row.report_due_at):
        clock_royalties.note_missed()
    with clock.at(row.report_due_at + timedelta(days=2)):
        royalty_reports.report(
            period=reread(row), lines=[make.line()], nothing_sold=False, signatory="x", is_true=True,
            actor=make.user(row.license),
        )  # fmt: skip
    assert reread(row).license.state == LicenseState.EFFECTIVE


def test_the_license_may_be_ended_thirty_days_after_a_demand_and_not_before():
    row = late_period()
    licensor, license = make.manager(row.license), row.license
    day = date(2026, 5, 20)
    with clock.at(start_of_local_day(day)):
        with pytest.raises(breach.DemandMissing):
            breach.terminate_for_breach(license=license, reason="未支付提成", actor=licensor)
        license = breach.demand(license=license, reason="请支付第一季度提成。", actor=licensor)
        with pytest.raises(breach.AlreadyDemanded):
            breach.demand(license=license, reason="再次催告", actor=licensor)
    last_moment = end_of_local_day(day + timedelta(days=30)) - timedelta(seconds=1)
    with clock.at(last_moment), pytest.raises(breach.GraceNotOver):
        breach.terminate_for_breach(license=license, reason="未支付提成", actor=licensor)
    with clock.at(end_of_local_day(day + timedelta(days=30))):
        ended = breach.terminate_for_breach(license=license, reason="未支付提成", actor=licensor)
    assert ended.state == LicenseState.TERMINATED_FOR_BREACH
    right = Encumbrance.objects.get(patent=ended.patent, kind="ordinary_license")
    assert right.until_at == end_of_local_day(day + timedelta(days=30))
    row.obligation.refresh_from_db()
    assert row.obligation.state == ObligationState.OPEN  # royalties stay owed


def test_a_demand_is_forgotten_when_the_default_is_cured():
    row = late_period()
    with clock.at(start_of_local_day(date(2026, 5, 20))):
        breach.demand(license=row.license, reason="请支付。", actor=make.manager(row.license))
    make.pay(row, start_of_local_day(date(2026, 5, 22)))
    license = reread(row).license
    assert (license.state, license.demanded_at) == (LicenseState.EFFECTIVE, None)
    with pytest.raises(NotPossibleNow):
        breach.terminate_for_breach(license=license, reason="x", actor=make.manager(license))


def test_only_the_licensor_demands_with_a_reason_and_only_in_default():
    row = late_period()
    with pytest.raises(NotAllowed):
        breach.demand(license=row.license, reason="x", actor=make.user(row.license))
    with pytest.raises(Invalid):
        breach.demand(license=row.license, reason=" ", actor=make.manager(row.license))
    sound = make.royalty_license()
    with pytest.raises(NotPossibleNow):
        breach.demand(license=sound, reason="x", actor=make.manager(sound))


def test_steps_by_amount_wait_for_the_earlier_period():
    steps = [{"to_amount_fen": 100_000_00, "rate_bp": 500}, {"from_amount_fen": 100_000_00, "rate_bp": 100}]
    license = make.royalty_license(royalty_tiers=steps)
    with clock.at(end_of_local_day(make.SECOND_QUARTER_ENDS)):
        clock_royalties.run()
        for place in (2, 1):
            royalty_reports.report(
                period=make.period(license, place), lines=[make.line("80000.00")], nothing_sold=False, signatory="x",
                is_true=True, actor=make.user(license),
            )  # fmt: skip
        licensor = make.manager(license)
        with pytest.raises(make.royalty_answers.EarlierPeriodOpen):
            make.royalty_answers.accept_report(period=make.period(license, 2), actor=licensor)
        first = make.royalty_answers.accept_report(period=make.period(license, 1), actor=licensor)
        second = make.royalty_answers.accept_report(period=make.period(license, 2), actor=licensor)
    assert (first.royalty, second.royalty) == (Money(4_000_00), Money(1_000_00 + 600_00))
