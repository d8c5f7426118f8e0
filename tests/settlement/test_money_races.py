"""More who want the same money or the same month at once: one effect. The twins without locks show what would be."""

import random
import threading
from datetime import timedelta

import psycopg2
import pytest
from django.db import transaction

from foundation.core import clock, locking
from foundation.core.actors import SYSTEM
from foundation.core.errors import NotPossibleNow
from foundation.core.money import Money
from foundation.core.refs import Ref
from settlement import ledger, queries, reconciliation, services
from settlement.gateways.base import FAILED, PROCESSING
from settlement.models import AccountingMonth, Allocation, Hold, JournalEntry, Payment, Payout, Refund
from settlement.services import Share, closing, runs
from tests.concurrency.racing import Meanwhile, outcome_of
from tests.factories import accounts as people
from tests.factories.bank import ONE_DAY, Row, imported, own_account, today
from tests.factories.money import held_deposit, royalty, transfer
from tests.factories.payouts import payable
from tests.factories.settlement import bank_says, open_obligation, paid_obligation, started_payment
from tests.settlement.test_races import at_once, done

pytestmark = pytest.mark.django_db(transaction=True)
EIGHT = range(8)


def releases(obligation):
    def act():
        with clock.at(obligation.release_at):
            return services.release(obligation=obligation, actor=SYSTEM)

    return [act] * 8


def test_eight_releases_at_once_book_one():
    results = at_once(releases(paid_obligation()))
    assert (len(done(results)), JournalEntry.objects.filter(kind="license_fee_released").count()) == (8, 1)
    assert (queries.balance("2002"), queries.balance("2011")) == (Money(0), Money(1_000_00))


def test_twin_without_locks_releases_stumble_over_the_unique_key():
    acts = releases(paid_obligation())
    with locking.without_locks():
        results = at_once(acts)
    assert len(done(results)) < 8
    assert JournalEntry.objects.filter(kind="license_fee_released").count() == 1


def whole_refunds():
    obligation = paid_obligation()
    payment = Payment.objects.get(obligation=obligation)
    return [lambda: services.refund(payment=payment, amount=Money(1_000_00), actor=SYSTEM, reason="race")] * 8


def meets(monkeypatch, first, second):
    """The first one without locks, and the second one while the first has checked and is about to book."""
    other = Meanwhile(monkeypatch, ledger, "_insert", second)
    with locking.without_locks():
        outcome = outcome_of(first)
        return outcome, other.end()


def test_twin_without_locks_both_refund_the_whole(monkeypatch):
    first, second = whole_refunds()[:2]
    outcome, inside = meets(monkeypatch, first, second)
    assert {type(outcome), type(inside)} == {Refund}
    assert queries.balance("2002") == Money(-1_000_00)


def captures(hold):
    payee = hold.obligation.creditor
    return [
        lambda n=n: services.capture(hold=hold, parts=[Share("2011", hold.amount, payee)], actor=SYSTEM, key=f"c{n}")
        for n in EIGHT
    ]


def test_of_eight_captures_of_a_whole_hold_one_is_booked():
    hold = held_deposit()
    results = at_once(captures(hold))
    assert (len(done(results)), queries.balance("2005")) == (1, Money(0))
    assert queries.balance("2011") == hold.amount


def test_twin_without_locks_only_the_last_guard_stops_a_second_capture(monkeypatch):
    first, second = captures(held_deposit())[:2]
    outcome, inside = meets(monkeypatch, first, second)
    assert isinstance(inside, Hold)
    assert not isinstance(outcome, (Hold, NotPossibleNow))


def collecting():
    payable()
    clerk = people.finance()
    return [lambda n=n: runs.collect_run(rail="file", actor=clerk, key=f"race-{n}") for n in range(4)]


def test_of_four_runs_over_one_payable_one_takes_it():
    results = at_once(collecting())
    assert len(done(results)) == 1
    assert Payout.objects.count() == 1


def test_twin_without_the_unique_index_several_runs_take_it(owner_url):
    acts = collecting()
    with psycopg2.connect(owner_url) as link, link.cursor() as cursor:
        cursor.execute(
            "SELECT indexrelid::regclass::text FROM pg_index WHERE indrelid = 'settlement_payout'::regclass "
            "AND indisunique AND indpred IS NOT NULL"
        )
        names = [name for (name,) in cursor.fetchall()]
        for name in names:
            cursor.execute(f"DROP INDEX {name}")
    link.close()
    assert names
    at_once(acts)
    assert Payout.objects.count() > 1


def two_persons(payment):
    """Two people of finance assign the same receipt of 1,000.00 to two debts of the whole amount."""
    clerks = [people.finance(), people.finance()]
    dues = [royalty(payment.received) for _clerk in clerks]
    return [
        lambda who=who, due=due: services.allocate(
            payment=payment, obligation=due, amount=due.amount, actor=who, key=f"desk-{who.pk}"
        )
        for who, due in zip(clerks, dues, strict=True)
    ]


@pytest.fixture
def royalties_are_accepted(monkeypatch):
    from_licenses = "obligation.paid:license.royalty"
    monkeypatch.delitem(services.allocating.handlers._owners, from_licenses, raising=False)


def test_of_two_persons_one_assigns_a_receipt(royalties_are_accepted):
    results = at_once(two_persons(transfer()))
    assert (len(done(results)), Allocation.objects.count(), queries.balance("2014")) == (1, 1, Money(0))


def test_twin_without_locks_both_assign_it(royalties_are_accepted, monkeypatch):
    first, second = two_persons(transfer())
    meets(monkeypatch, first, second)
    assert Allocation.objects.count() == 2
    assert queries.balance("2014") < Money(0)


def signed_month():
    """Last month, compared with the bank and ready to be closed."""
    last = today().replace(day=1) - ONE_DAY
    bank = own_account(since=last - ONE_DAY)
    imported([Row("10.00", "a", day=last)], bank, day=last)
    closing.sign_days(account=bank, until=last, actor=people.finance())
    return bank, last


def close_while_an_entry_is_under_way(last):
    """Somebody books into the month and commits a moment later; meanwhile it is to be closed."""
    posted, clerk = threading.Event(), people.finance()
    about = Ref("a.b", 1)

    def book():
        with transaction.atomic():
            lines = [ledger.debit("1001", Money(5)), ledger.credit("2014", Money(5), ref=about)]
            made = ledger.post(kind="receipt_unidentified", key="late", lines=lines, ref=about, actor=SYSTEM,
                               value_date=last)  # fmt: skip
            with transaction.get_connection().cursor() as cursor:
                cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            posted.set()
            threading.Event().wait(0.7)
            return made

    def close():
        posted.wait(20)
        return closing.close_month(month=last, actor=clerk)

    return at_once([book, close])


def test_a_month_is_not_closed_over_an_entry_under_way():
    bank, last = signed_month()
    booked, closed = close_while_an_entry_is_under_way(last)
    assert booked.value_date == last
    assert isinstance(closed, closing.MonthNotReady)
    assert not AccountingMonth.objects.exists()
    assert reconciliation.one_day(bank, last).difference == Money(-5)


def test_twin_without_the_lock_closes_a_month_that_differs():
    bank, last = signed_month()
    with locking.without_locks():
        close_while_an_entry_is_under_way(last)
    assert AccountingMonth.objects.get().state == "closed"
    assert reconciliation.one_day(bank, last).difference == Money(-5)


def messages(payment):
    """Everything a confused bank may say about one receipt: ten times, in any order, days late."""
    paid = [bank_says(payment, transaction="T-ONE", event=f"e{n}", at=payment.created_at) for n in range(6)]
    noise = [bank_says(payment, kind=kind, event=f"n-{kind}") for kind in (PROCESSING, FAILED)]
    unknown = bank_says(payment, transaction="T-TWO", event="u", order_id="KXnobody")
    wrong = bank_says(started_payment(), transaction="T-THREE", event="w", amount=Money(1))
    said = [*paid, paid[0], *noise, unknown, wrong]
    random.Random(7).shuffle(said)
    return said


def test_however_the_bank_talks_one_receipt_has_one_effect():
    payment = started_payment(open_obligation(due_in=timedelta(days=2)))
    said = messages(payment)

    def hear(event):
        with clock.at(payment.created_at + timedelta(days=9)):
            return services.take_event(provider="sandbox", event=event)

    results = [str(one) for one in at_once([lambda event=event: hear(event) for event in said])]
    answered = [hear(event) for event in said]  # what was answered with an error is sent again by the bank
    assert results.count("accepted") + answered.count("accepted") == 1
    receipts = Payment.objects.exclude(transaction_id=None).values_list("transaction_id", "state").order_by("pk")
    assert dict(receipts) == {"T-ONE": "confirmed", "T-TWO": "clarify", "T-THREE": "clarify"}
    assert (queries.balance("2002"), queries.balance("2014")) == (Money(1_000_00), Money(1_000_01))
    assert {hear(event) for event in said} == {"repeated"}
