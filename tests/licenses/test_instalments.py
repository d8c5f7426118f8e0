"""A fee in instalments, from the notice to the last part: days, release, default, what the end of a license means."""

from datetime import date, timedelta

import pytest

from accounts.models import Membership
from approvals import queries as reviews
from approvals import services as approvals
from foundation.audit import invariants
from foundation.core import clock
from foundation.core.actors import SYSTEM
from foundation.core.clock import end_of_local_day, local_date
from foundation.core.money import Money
from foundation.core.workdays import add_workdays, is_workday
from licenses import clock_licenses, instalments
from licenses.contract_text import clauses
from licenses.models import License
from licenses.pricing import Anchor, Instalment
from licenses.queries.instalments import later_of
from licenses.services import breach, declarations, endings
from licenses.services.breach import demand, terminate_for_breach
from settlement import clock as money_clock
from settlement import services as settlement
from settlement.models import Obligation
from tests.factories import accounts
from tests.factories.licenses import published_declaration
from tests.factories.money import transfer
from tests.factories.uptakes import bank_says_paid, begin_payment, notice, paid_license, serial

yuan = Money.parse
pytestmark = pytest.mark.django_db


def offered():
    return published_declaration(method="instalments")


def on_working_day(day: date):
    """The half-open end of a day, or of the next one people work on."""
    return end_of_local_day(day if is_workday(day) else add_workdays(day, 1))


def pay(obligation: Obligation, *, at=None) -> str:
    """The bank's message that an instalment was paid in full."""
    payer = Membership.objects.get(organization=obligation.debtor, role="licensing_user")
    payment = settlement.begin_payment(obligation=obligation, actor=payer, key=f"part{next(serial)}")
    return bank_says_paid(payment, at=at)


def rows(license: License) -> list[tuple]:
    found = Obligation.objects.filter(ref_kind="licenses.license", ref_id=license.pk).order_by("position")
    return [(one.position, one.purpose, one.amount.fen, one.state) for one in found]


def test_the_notice_asks_for_the_first_part_only():
    license = notice(offered())
    assert (license.state, license.fee) == ("awaiting_payment", yuan("10,000.00"))
    assert rows(license) == [(1, "license.fee", 1_000_000, "open")]
    schedule = license.obligation.schedule
    assert (schedule.total, schedule.parts) == (yuan("30,000.00"), 3)
    assert invariants.check({"I3"}) == []


def test_the_first_part_brings_the_license_into_effect_and_the_others_are_owed_by_their_days():
    license = paid_license(offered())
    assert license.state == "effective"
    assert rows(license) == [
        (1, "license.fee", 1_000_000, "paid"),
        (2, "license.instalment", 1_200_000, "open"),
        (3, "license.instalment", 800_000, "open"),
    ]
    days = [license.starts_on + timedelta(days=n) for n in (90, 180)]
    assert [one.due_at for one in later_of(license).order_by("position")] == [on_working_day(day) for day in days]
    assert invariants.check({"I3", "I10"}) == []


def test_an_unpaid_notice_lapses_and_nothing_else_was_ever_owed():
    license = notice(offered())
    with clock.at(license.pay_by_at + timedelta(minutes=11)):
        assert clock_licenses.lapse_unpaid() == 1
    assert rows(license) == [(1, "license.fee", 1_000_000, "expired")]
    assert invariants.check({"I3"}) == []


def test_each_part_is_released_by_itself_and_may_be_paid_early():
    license = paid_license(offered())
    first, second, _third = Obligation.objects.filter(ref_id=license.pk).order_by("position")
    pay(second)
    for one in (first, second):
        one.refresh_from_db()
        with clock.at(one.release_at):
            settlement.release(obligation=one, actor=SYSTEM)
    assert [
        one.released_at is not None for one in Obligation.objects.filter(ref_id=license.pk).order_by("position")
    ] == [
        True,
        True,
        False,
    ]
    assert invariants.check({"I1", "I3"}) == []


def test_a_late_part_puts_the_license_in_default_until_it_is_paid_with_its_late_fee():
    license = paid_license(offered())
    second = later_of(license).get(position=2)
    with clock.at(second.due_at + timedelta(minutes=9)):
        assert clock_licenses.note_late_instalments() == 0
    with clock.at(second.due_at + timedelta(days=3)):
        assert (clock_licenses.note_late_instalments(), clock_licenses.note_late_instalments()) == (1, 0)
        license.refresh_from_db()
        assert license.state == "in_default"
        assert money_clock.remind_due() > 0
        pay(second)
    license.refresh_from_db()
    assert (license.state, license.demanded_at) == ("effective", None)
    fee = Obligation.objects.get(late_for=second)
    assert fee.amount == yuan("24.00")  # 12,000.00 x 0.05 % x 4 days: the day of payment counts
    assert invariants.check({"I3"}) == []


def test_a_licensor_that_ends_the_license_for_breach_keeps_what_is_due_and_no_more():
    license = paid_license(offered())
    manager = Membership.objects.filter(organization=license.licensor, role="ip_manager").first()
    second = later_of(license).get(position=2)
    with clock.at(second.due_at + timedelta(hours=1)):
        clock_licenses.note_late_instalments()
        license = demand(license=license, reason="逾期未付。", actor=manager)
    with clock.at(breach.may_end_at(license)):
        license = terminate_for_breach(license=license, reason="逾期未付。", actor=manager)
    assert license.state == "terminated_for_breach"
    assert [row[3] for row in rows(license)][:3] == ["paid", "open", "cancelled"]


def test_a_licensee_that_ends_its_license_still_owes_the_parts():
    license = paid_license(offered())
    endings.terminate(license=license, reason="不再使用。", actor=license.licensee.memberships.first())
    assert [row[3] for row in rows(license)] == ["paid", "open", "open"]


def test_with_the_patent_what_is_not_due_ends_and_a_part_payment_goes_back():
    license = paid_license(offered())
    second = later_of(license).get(position=2)
    part = yuan("5,000.00")
    settlement.allocate(payment=transfer(part), obligation=second, amount=part, actor=SYSTEM, key="part")
    assert Obligation.objects.get(pk=second.pk).allocated == yuan("5,000.00")
    assert endings.end_with_patent(license=license, reason="patent lapsed")
    assert [row[3] for row in rows(license)] == ["paid", "cancelled", "cancelled"]
    assert Obligation.objects.get(pk=second.pk).allocated == Money(0)
    assert invariants.check({"I1", "I3", "I12"}) == []


def test_a_withdrawn_declaration_changes_nothing_for_the_parts():
    declaration = offered()
    license = paid_license(declaration)
    manager = Membership.objects.filter(organization=license.licensor, role="ip_manager").first()
    declarations.request_withdrawal(declaration=declaration, reason="专利拟转让", actor=manager)
    officer = accounts.officer()
    asked = reviews.open_review_of("licenses.withdrawal", declaration.withdrawals.get(outcome="pending"))
    approvals.decide(review=approvals.claim(review=asked, actor=officer), outcome="approve", actor=officer)
    license.refresh_from_db()
    assert (declaration.__class__.objects.get(pk=declaration.pk).state, license.state) == ("withdrawn", "effective")
    assert [row[3] for row in rows(license)] == ["paid", "open", "open"]


def test_one_part_goes_back_without_the_others():
    license = paid_license(offered())
    second = later_of(license).get(position=2)
    pay(second)
    settlement.refund_obligation(obligation=second, actor=SYSTEM, reason="agreed")
    assert [row[3] for row in rows(license)] == ["paid", "refunding", "open"]


def test_the_contract_names_every_later_day():
    license = paid_license(offered())
    text = next(
        one
        for one in clauses(license, term=("", ""), fee=("", ""), later=later_of(license).order_by("position"))
        if one["title_en"] == "Instalments"
    )
    last = local_date(later_of(license).get(position=3).due_at - timedelta(seconds=1))
    assert f"第 3 期 ¥8,000.00，于 {last:%Y-%m-%d} 前" in text["zh"]
    assert f"instalment 3 of ¥8,000.00 by {last:%Y-%m-%d}" in text["en"]
    assert "0.05%" in text["zh"] and "24%" in text["en"]


def test_days_that_have_passed_come_soon_and_none_lies_after_the_end():
    parts = (
        Instalment(1, 100),
        Instalment(2, 100, Anchor.DATE, due_date="2026-01-05"),
        Instalment(3, 100, Anchor.DATE, due_date="2026-06-01"),
        Instalment(4, 100, Anchor.DATE, due_date="2029-01-01"),
    )
    days = {"notice_on": date(2026, 2, 1), "pay_by": date(2026, 2, 16), "effective_on": date(2026, 2, 3)}
    made = instalments.plan(parts, **days, soonest=date(2026, 2, 10), ends_on=date(2028, 2, 2))
    expected = [date(2026, 2, 16), date(2026, 2, 16), date(2026, 6, 1), date(2028, 2, 2)]
    assert [due.day for due in made] == expected


ROWS = [{"amount_fen": 100}, {"amount_fen": 200, "days": 30}, {"amount_fen": 300, "days": 60}]
GOOD = {"instalments": ROWS, "instalments_from": "effective", "instalments_total_fen": 600}


@pytest.mark.parametrize(
    ("changes", "fields"),
    [
        ({}, []),
        ({"instalments_total_fen": 601}, ["instalments_total"]),
        ({"instalments_total_fen": 0}, ["instalments_total"]),
        ({"instalments_from": "never"}, ["instalments_from"]),
        ({"instalments": ROWS[:1], "instalments_total_fen": 100}, ["instalments_total"]),
        ({"instalments": ROWS * 5, "instalments_total_fen": 3000}, ["instalment_days_4", "instalments_total"]),
        ({"instalments": [*ROWS[:2], {"amount_fen": 0, "days": 60}]}, ["instalment_amount_3"]),
        ({"instalments": [*ROWS[:2], {"amount_fen": 300, "days": 30}]}, ["instalment_days_3"]),
        ({"instalments": [*ROWS[:2], {"amount_fen": 300}]}, ["instalment_days_3"]),
        ({"instalments": [*ROWS[:2], {"amount_fen": 300, "days": 10_000}]}, ["instalment_days_3"]),
        (
            {"instalments_from": "notice", "instalments": [ROWS[0], {"amount_fen": 200, "days": 15}, ROWS[2]]},
            ["instalment_days_2"],
        ),
        ({"instalments_from": "date"}, ["instalment_day_2", "instalment_day_3"]),
    ],
)
def test_what_is_wrong_stands_beside_its_row(changes, fields):
    found = instalments.problems({**GOOD, **changes})
    assert set(fields) <= set(found)
    assert bool(found) == bool(fields)


def test_two_licensees_have_plans_of_their_own():
    declaration = offered()
    first, second = paid_license(declaration), paid_license(declaration, accounts.licensee())
    assert first.obligation.schedule_id != second.obligation.schedule_id
    assert bank_says_paid(begin_payment(notice(offered()))) == "accepted"
