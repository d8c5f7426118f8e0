"""Instalments add up to the whole and fall due on working days; who pays late is reminded and charged."""

from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from foundation.audit import invariants
from foundation.audit.models import Event
from foundation.core import clock
from foundation.core.actors import SYSTEM
from foundation.core.clock import LOCAL, end_of_local_day
from foundation.core.money import Money, split
from foundation.core.refs import Ref
from settlement import clock as ticks
from settlement import late_fees, services
from settlement.models import LateCharge, Obligation
from settlement.services import Part
from settlement.services.obligations import ObligationDiffers
from settlement.services.schedules import PartsWrong, ScheduleDiffers
from tests.factories.accounts import OrganizationFactory, UniversityFactory
from tests.factories.money import royalty, transfer
from tests.factories.settlement import pay, started_payment

yuan = Money.parse
FRIDAY, SATURDAY, MONDAY = date(2026, 7, 17), date(2026, 7, 18), date(2026, 7, 20)


def noon(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 12, tzinfo=LOCAL)


def plan(parts, key="plan-1", parties=None, **more):
    debtor, creditor = parties or (OrganizationFactory(), UniversityFactory())
    return services.open_schedule(
        purpose="license.instalment", ref=Ref("licenses.license", 7, "LIC-7"), debtor=debtor, creditor=creditor,
        parts=parts, key=key, actor=SYSTEM, **more,
    )  # fmt: skip


@pytest.mark.django_db
def test_a_fee_in_three_instalments_is_the_whole_fee():
    amounts = split(yuan("100,000.00"), [1, 1, 1])
    days = [FRIDAY, SATURDAY, date(2026, 10, 1)]
    schedule = plan([Part(amount, day, f"part {n}") for n, (amount, day) in enumerate(zip(amounts, days, strict=True))])
    rows = list(schedule.obligations.order_by("position"))
    assert [one.amount for one in rows] == [yuan("33,333.34"), yuan("33,333.33"), yuan("33,333.33")]
    assert schedule.total == yuan("100,000.00")
    assert [one.due_at for one in rows[:2]] == [end_of_local_day(FRIDAY), end_of_local_day(MONDAY)]
    assert rows[2].due_at > end_of_local_day(date(2026, 10, 7)), "the National Day holidays are no working days"
    assert invariants.check({"I3"}) == []


@pytest.mark.django_db
def test_a_schedule_is_made_once_and_refuses_other_parts():
    parties = OrganizationFactory(), UniversityFactory()
    parts = [Part(yuan("10.00"), FRIDAY, "a"), Part(yuan("20.00"), MONDAY, "b")]
    first = plan(parts, parties=parties)
    assert plan(parts, parties=parties) == first
    assert Obligation.objects.count() == 2
    with pytest.raises(ScheduleDiffers):
        plan(parts[:1], parties=parties)
    with pytest.raises(ObligationDiffers):
        plan([Part(yuan("15.00"), FRIDAY, "a"), Part(yuan("15.00"), MONDAY, "b")], parties=parties)
    for wrong in ([], [Part(Money(0), FRIDAY, "a")]):
        with pytest.raises(PartsWrong):
            plan(wrong, key="other", parties=parties)


def test_thirty_days_late_with_a_royalty_of_37037_04():
    assert late_fees.late_fee(yuan("37,037.04"), 30, Decimal(5), 2400) == yuan("555.56")


@pytest.mark.parametrize(
    ("days", "rate", "cap", "fee"),
    [(0, 5, 2400, "0.00"), (1, 5, 0, "50.00"), (365, 100, 2400, "24,000.00"), (365, 5, 2400, "18,250.00")],
)
def test_late_fees_are_simple_and_capped(days, rate, cap, fee):
    assert late_fees.late_fee(yuan("100,000.00"), days, Decimal(rate), cap) == yuan(fee)


@settings(max_examples=200, deadline=None)
@given(
    st.integers(1, 10**9),
    st.lists(st.tuples(st.integers(-20, 90), st.integers(1, 10**8)), max_size=6),
    st.integers(0, 60),
)
def test_stretches_weigh_as_much_as_counting_day_by_day(fen, payments, cut):
    since = date(2026, 1, 31)
    until = since + timedelta(days=60)
    paid = [(since + timedelta(days=day), Money(part)) for day, part in payments]

    def weight(first, last):
        return sum(money.fen * days for money, days in late_fees.stretches_of(Money(fen), paid, first, last))

    by_day = 0
    for n in range(1, 61):
        left = fen - sum(part.fen for day, part in paid if day < since + timedelta(days=n) and not day < since)
        left -= sum(part.fen for day, part in paid if day < since)
        by_day += max(0, left)
    middle = since + timedelta(days=cut)
    assert weight(since, until) == by_day
    assert weight(since, middle) + weight(middle, until) == by_day


def late_royalty(amount="37,037.04") -> Obligation:
    return royalty(yuan(amount), due_in=end_of_local_day(FRIDAY) - clock.database_now())


@pytest.mark.django_db
def test_who_pays_a_royalty_thirty_days_late_owes_the_fee():
    with clock.at(noon(date(2026, 7, 1))):
        due = late_royalty()
    with clock.at(noon(FRIDAY + timedelta(days=30))):
        assert pay(started_payment(due)) == "accepted"
        fee = due.late_fees.get()
    assert (fee.amount, fee.purpose, fee.late_ppm_a_day) == (yuan("555.56"), "license.late_fee", 0)
    assert fee.ref == due.ref
    assert fee.due_at > end_of_local_day(FRIDAY + timedelta(days=44))
    assert invariants.check({"I1", "I3"}) == []


@pytest.mark.django_db
def test_who_pays_in_time_owes_no_fee():
    with clock.at(noon(date(2026, 7, 1))):
        due = late_royalty()
    with clock.at(noon(FRIDAY) + timedelta(hours=11, minutes=59)):
        pay(started_payment(due))
    assert not due.late_fees.exists()
    assert not LateCharge.objects.exists()


@pytest.mark.django_db
def test_months_that_are_over_are_charged_once_and_the_rest_when_paid():
    with clock.at(noon(date(2026, 7, 1))):
        due = late_royalty("100,000.00")
    with clock.at(noon(date(2026, 8, 2))):
        assert ticks.charge_late() == 0, "money of the last days of July may still be on its way"
    with clock.at(noon(date(2026, 8, 3))):
        assert (ticks.charge_late(), ticks.charge_late()) == (1, 0)
        part = transfer(yuan("60,000.00"))
        services.allocate(payment=part, obligation=due, amount=yuan("60,000.00"), actor=SYSTEM, key="part")
    with clock.at(noon(date(2026, 8, 10))):
        due.refresh_from_db()
        pay(started_payment(due))
    july, august = LateCharge.objects.order_by("pk")
    assert (july.since, july.until, july.amount_fen) == (FRIDAY, date(2026, 7, 31), 14 * 50_00)
    assert (august.since, august.until) == (date(2026, 7, 31), date(2026, 8, 10))
    assert august.amount_fen == 3 * 50_00 + 7 * 20_00


@pytest.mark.django_db
def test_a_day_worth_less_than_half_a_fen_asks_for_nothing():
    with clock.at(noon(date(2026, 7, 1))):
        due = late_royalty("0.01")
    with clock.at(noon(FRIDAY + timedelta(days=1))):
        pay(started_payment(due))
    assert not due.late_fees.exists()
    assert LateCharge.objects.get().amount_fen == 0


@pytest.mark.django_db
def test_reminders_come_at_their_days_each_once():
    with clock.at(noon(date(2026, 7, 1))):
        due = late_royalty()
    sent = []
    for day in range(-10, 40):
        with clock.at(noon(FRIDAY + timedelta(days=day))):
            sent += [day] * ticks.remind_due()
            assert ticks.remind_due() == 0
    assert sent == [-7, 0, 3, 10, 30]
    told = Event.objects.filter(subject_id=due.pk, subject_kind="settlement.obligation").order_by("pk")
    names = list(told.values_list("name", flat=True))
    assert names[1:] == ["settlement.obligation.reminded"] * 2 + ["settlement.obligation.overdue"] * 3


@pytest.mark.django_db
def test_a_worker_that_stood_still_sends_the_newest_reminder_only():
    with clock.at(noon(date(2026, 7, 1))):
        late_royalty()
    with clock.at(noon(FRIDAY + timedelta(days=12))):
        assert ticks.remind_due() == 1
        assert ticks.remind_due() == 0


@pytest.mark.django_db
def test_what_is_paid_is_not_reminded_of():
    with clock.at(noon(date(2026, 7, 1))):
        due = late_royalty()
        pay(started_payment(due))
    with clock.at(noon(FRIDAY)):
        assert ticks.remind_due() == 0
