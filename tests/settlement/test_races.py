"""Many at once: one effect. Each race has a twin without locks that shows what would go wrong."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import IntegrityError, connections

from foundation.core import locking
from foundation.core.actors import SYSTEM
from foundation.core.errors import DomainError
from foundation.core.money import Money
from foundation.core.refs import Ref
from settlement import ledger, queries, services
from settlement.models import JournalEntry, Payment, ProviderEvent, Refund
from tests.factories.settlement import bank_says, open_obligation, paid_obligation, started_payment

pytestmark = pytest.mark.django_db(transaction=True)
ABOUT = Ref("licenses.license", 1, "LIC-1")


def at_once(acts):
    """Run all at the same moment, each on a connection of its own; results, or the errors."""
    gate = threading.Barrier(len(acts))

    def run(act):
        try:
            connections["default"].ensure_connection()
            gate.wait(timeout=20)
            return act()
        except (DomainError, IntegrityError) as error:
            return error
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


def done(results):
    return [result for result in results if not isinstance(result, Exception)]


def refund_of(obligation, fen):
    payment = Payment.objects.get(obligation=obligation)
    return lambda: services.refund(payment=payment, amount=Money(fen), actor=SYSTEM, reason="race")


def test_of_eight_whole_refunds_at_once_one_is_made():
    obligation = paid_obligation()
    results = at_once([refund_of(obligation, 1_000_00)] * 8)
    assert (len(done(results)), Refund.objects.count()) == (1, 1)
    assert queries.balance("2013") == Money(1_000_00)


def test_of_eight_refunds_of_the_larger_part_at_once_one_is_made():
    obligation = paid_obligation()
    results = at_once([refund_of(obligation, 600_00)] * 8)
    assert (len(done(results)), Refund.objects.count()) == (1, 1)


def test_twin_without_locks_refunds_more_than_arrived():
    obligation = paid_obligation()
    with locking.without_locks():
        at_once([refund_of(obligation, 600_00)] * 8)
    assert Refund.objects.count() > 1
    assert queries.balance("2013") > Money(1_000_00)


def debit_of(n):
    lines = [ledger.debit("2002", Money(100), ref=ABOUT), ledger.credit("2011", Money(100), ref=ABOUT)]
    return lambda: ledger.post(kind="license_fee_released", key=f"debit:{n}", lines=lines, ref=ABOUT, actor=SYSTEM)


def fund():
    lines = [ledger.debit("1001", Money(100)), ledger.credit("2002", Money(100), ref=ABOUT)]
    ledger.post(kind="license_fee_received", key="fund", lines=lines, ref=ABOUT, actor=SYSTEM)


def test_of_eight_debits_at_once_only_what_is_held_is_taken():
    fund()
    results = at_once([debit_of(n) for n in range(8)])
    assert len(done(results)) == 1
    assert [type(r) for r in results if isinstance(r, Exception)] == [ledger.BalanceTooLow] * 7
    assert queries.balance("2002") == Money(0)


def test_twin_without_locks_takes_more_than_is_held():
    fund()
    with locking.without_locks():
        at_once([debit_of(n) for n in range(8)])
    assert queries.balance("2002") < Money(0)


def test_of_twenty_entries_with_one_key_at_once_one_is_booked():
    lines = [ledger.debit("1001", Money(100)), ledger.credit("2002", Money(100), ref=ABOUT)]

    def book():
        return ledger.post(kind="license_fee_received", key="same", lines=lines, ref=ABOUT, actor=SYSTEM).pk

    assert len(set(at_once([book] * 20))) == 1
    assert JournalEntry.objects.count() == 1


def hears(event):
    return lambda: services.take_event(provider="sandbox", event=event)


def test_the_same_message_ten_times_at_once_has_one_effect():
    payment = started_payment()
    event = bank_says(payment)
    results = at_once([hears(event)] * 10)
    assert sorted(results) == ["accepted"] + ["repeated"] * 9
    assert (ProviderEvent.objects.count(), JournalEntry.objects.count()) == (1, 1)


def test_ten_receipts_for_one_order_at_once_pay_once_and_nine_go_back():
    payment = started_payment()
    acts = [hears(bank_says(payment)) for _n in range(10)]
    assert sorted(at_once(acts)) == ["accepted"] + ["refunded:duplicate"] * 9
    assert queries.balance("2002") == Money(1_000_00)
    assert queries.balance("2013") == Money(9_000_00)
    assert queries.equation().difference == Money(0)


def test_twin_without_locks_loses_track_of_receipts():
    payment = started_payment()
    acts = [hears(bank_says(payment)) for _n in range(10)]
    with locking.without_locks():
        results = at_once(acts)
    assert sorted(map(str, results)) != ["accepted"] + ["refunded:duplicate"] * 9
    assert any(isinstance(result, Exception) for result in results)


def test_opening_the_same_obligation_at_once_opens_one():
    obligation = open_obligation()
    fields = {"debtor": obligation.debtor, "creditor": obligation.creditor, "key": "same"}
    due = {"due_at": obligation.due_at, "ref": ABOUT}
    results = at_once([lambda: open_obligation(**fields, **due).pk] * 6)
    assert len(set(results)) == 1


def test_starting_to_pay_ten_times_at_once_makes_one_attempt():
    obligation = open_obligation()
    acts = [lambda n=n: started_payment(obligation, key=f"tab-{n}").pk for n in range(10)]
    assert len(set(at_once(acts))) == 1
    assert Payment.objects.count() == 1
