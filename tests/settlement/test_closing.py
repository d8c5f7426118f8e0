"""Days beside the bank, signatures, and months that are closed."""

from datetime import date, timedelta
from types import SimpleNamespace

import pytest
from django.db import IntegrityError, transaction

from foundation.core import clock
from foundation.core.actors import SYSTEM
from foundation.core.errors import Invalid, NotAllowed, NotPossibleNow
from foundation.core.money import Money
from foundation.core.refs import Ref
from settlement import ledger, periods, queries, reconciliation
from settlement.models import AccountingMonth, JournalEntry, SignedDay
from settlement.services import closing, queue
from tests.factories import accounts as people
from tests.factories.bank import Row, imported, own_account, today

pytestmark = pytest.mark.django_db
yuan = Money.parse
ONE = timedelta(days=1)


def last_month() -> date:
    return (today().replace(day=1) - ONE).replace(day=1)


def end(month: date) -> date:
    return (month + 31 * ONE).replace(day=1) - ONE


@pytest.fixture
def bank(db):
    return own_account(since=last_month())


def fill(bank, **facts):
    """A month with three receipts, its last statement on its last day."""
    month = last_month()
    rows = [Row("10.00", "a", day=month), Row("20.00", "b", day=month + 9 * ONE), Row("30.00", "c", day=end(month))]
    return imported(rows, bank, day=end(month), **facts)


def sign(bank, **facts):
    return closing.sign_days(account=bank, until=end(last_month()), actor=people.finance(), **facts)


def test_every_day_agrees_with_the_ledger_to_the_fen(bank):
    fill(bank)
    days = reconciliation.days(bank, last_month(), end(last_month()))
    assert [day.difference for day in days] == [Money(0)] * len(days)
    assert (days[0].bank, days[-1].bank, days[-1].stated) == (yuan("10.00"), yuan("60.00"), yuan("60.00"))


def test_a_difference_is_shown_with_the_rows_that_make_it(bank):
    fill(bank)
    [line] = imported([Row("-7.00", "不明支出", day=end(last_month()))], bank, day=end(last_month()), opening="67.00")
    ledger.post(
        kind="receipt_unidentified", key="elsewhere", ref=Ref("a.b", 1), actor=SYSTEM, value_date=end(last_month()),
        lines=[ledger.debit("1001", yuan("2.00")), ledger.credit("2014", yuan("2.00"), ref=Ref("a.b", 1))],
    )  # fmt: skip
    day = reconciliation.one_day(bank, end(last_month()))
    assert (day.difference, day.agrees) == (yuan("-9.00"), False)
    assert list(reconciliation.only_at_bank(bank, day.day)) == [line]
    assert [one.entry.key for one in reconciliation.only_in_ledger(bank, day.day)] == ["elsewhere"]
    with pytest.raises(closing.DayDiffers):
        sign(bank)
    assert len(sign(bank, note="银行手续费，次日补记")) == len(reconciliation.days(bank, last_month(), day.day))


def test_who_imported_the_lines_does_not_sign_the_day(bank):
    importer = people.finance()
    fill(bank, actor=importer)
    with pytest.raises(closing.SignerImported):
        closing.sign_days(account=bank, until=end(last_month()), actor=importer)
    assert SignedDay.objects.count() == 0
    with pytest.raises(NotAllowed):
        closing.sign_days(account=bank, until=end(last_month()), actor=people.member("auditor"))


def test_only_days_that_are_over_and_covered_are_signed_and_each_once(bank):
    with pytest.raises(closing.NotCovered):
        sign(bank)
    fill(bank)
    with pytest.raises(Invalid):
        closing.sign_days(account=bank, until=today(), actor=people.finance())
    assert len(sign(bank)) == end(last_month()).day
    assert sign(bank) == []


def test_a_day_that_changed_is_to_be_signed_again(bank):
    fill(bank)
    sign(bank)
    imported([Row("5.00", "迟到", day=last_month() + 3 * ONE)], bank, day=end(last_month()), opening="60.00")
    changed = closing.unsigned_days(bank, end(last_month()))
    assert changed[0].day == last_month() + 3 * ONE
    with pytest.raises(closing.MonthNotReady):
        closing.close_month(month=last_month(), actor=people.finance())


def test_a_closed_month_takes_no_entry_also_from_raw_sql(bank):
    fill(bank)
    sign(bank)
    month = closing.close_month(month=last_month(), actor=people.finance())
    assert closing.close_month(month=last_month(), actor=people.finance()) == month
    with pytest.raises(IntegrityError), transaction.atomic():
        JournalEntry.objects.create(kind="correction", key="raw", ref_kind="a.b", ref_id=1,
                                    posted_at=clock.database_now(), value_date=last_month())  # fmt: skip
    [late] = imported([Row("8.00", "迟到", day=end(last_month()))], bank, day=end(last_month()), opening="60.00")
    entry = late.ticks.get().entry
    assert (entry.value_date, periods.bank_day(entry.reason)) == (today().replace(day=1), end(last_month()))


def test_a_month_is_closed_only_when_all_is_signed_and_nothing_differs(bank):
    finance = people.finance()
    for month in (today(), last_month()):
        with pytest.raises(closing.MonthNotReady):
            closing.close_month(month=month, actor=finance)
    lines = fill(bank)
    with pytest.raises(closing.MonthNotReady):
        closing.close_month(month=last_month(), actor=finance)
    with pytest.raises(NotAllowed):
        closing.close_month(month=last_month(), actor=people.member("auditor"))
    queue.park_line(line=lines[0], actor=finance, note="x")
    sign(bank)
    assert closing.close_month(month=last_month(), actor=finance).state == "closed"


def asked(bank) -> AccountingMonth:
    fill(bank)
    sign(bank)
    month = closing.close_month(month=last_month(), actor=people.finance())
    with pytest.raises(Invalid):
        closing.ask_to_reopen(month=month, actor=people.finance(), reason="")
    return closing.ask_to_reopen(month=month, actor=people.finance(), reason="漏记一笔")


def decided(month, outcome) -> AccountingMonth:
    decision = SimpleNamespace(outcome=outcome, text="理由")
    closing.decide_reopening(review=SimpleNamespace(subject_id=month.pk), decision=decision, actor=people.officer())
    month.refresh_from_db()
    return month


def test_a_month_is_reopened_by_a_second_person_and_closed_again(bank):
    month = asked(bank)
    with pytest.raises(NotPossibleNow):
        closing.ask_to_reopen(month=month, actor=people.finance(), reason="再来")
    assert periods.first_open_day(last_month()) == today().replace(day=1)
    assert decided(month, "approve").state == "reopened"
    assert periods.first_open_day(last_month()) == last_month()
    assert closing.close_month(month=last_month(), actor=people.finance()).state == "closed"
    assert decided(month, "approve").state == "closed"  # what was decided is decided once


def test_a_month_stays_closed_where_the_second_person_says_no(bank):
    assert decided(asked(bank), "refuse").state == "closed"


def test_the_ageing_counts_what_waits(bank):
    fill(bank)
    ages = queries.ageing(today())
    assert sum(age.count for age in ages) == 3
    assert sum((age.amount for age in ages), Money(0)) == yuan("60.00")
