"""What each message of the bank does, and that it does it once."""

from datetime import timedelta
from types import SimpleNamespace

import pytest

from foundation import audit
from foundation.core import clock, handlers
from foundation.core.actors import CLOCK
from foundation.core.clock import database_now
from foundation.core.errors import Busy
from foundation.core.money import Money
from settlement import queries, services
from settlement.models import Case, JournalEntry, Payment, ProviderEvent, Refund
from tests.factories.settlement import bank_says, open_obligation, pay, started_payment

pytestmark = pytest.mark.django_db


def states(payment):
    payment.refresh_from_db()
    payment.obligation.refresh_from_db()
    return payment.state, payment.obligation.state


def kinds():
    return list(JournalEntry.objects.order_by("pk").values_list("kind", flat=True))


def test_a_payment_in_full_is_held_for_the_payee(owner_accepts):
    payment = started_payment()
    assert pay(payment) == "accepted"
    assert states(payment) == ("confirmed", "paid")
    obligation = payment.obligation
    assert queries.held_for(obligation.creditor) == Money(1_000_00)
    assert queries.balance("2002", party=obligation.creditor, ref=obligation) == Money(1_000_00)
    assert queries.equation().difference == Money(0)
    assert [call[:2] for call in owner_accepts] == [(obligation.number, payment.pk)]
    assert obligation.release_at - database_now() > timedelta(days=6, hours=23)
    names = [event.name for event in audit.timeline(obligation, viewer=audit_reader())]
    assert names == ["settlement.obligation.pay", "settlement.obligation.opened"]


def audit_reader():

    return SimpleNamespace(is_officer=True, role="auditor", organization_id=None)


def test_the_same_message_again_has_no_effect():
    payment = started_payment()
    event = bank_says(payment)
    assert services.take_event(provider="sandbox", event=event) == "accepted"
    assert services.take_event(provider="sandbox", event=event) == "repeated"
    assert kinds() == ["license_fee_received"]


def test_another_message_about_the_same_receipt_has_no_effect():
    payment = started_payment()
    assert pay(payment, transaction="T-1") == "accepted"
    assert pay(payment, transaction="T-1") == "repeated"
    assert kinds() == ["license_fee_received"]


def test_in_progress_after_paid_is_no_step_back():
    payment = started_payment()
    pay(payment)
    assert pay(payment, kind="payment.processing") == "ignored"
    assert pay(payment, kind="payment.failed") == "ignored"
    assert states(payment) == ("confirmed", "paid")


def test_money_after_a_failed_attempt_is_accepted():
    payment = started_payment()
    assert pay(payment, kind="payment.failed") == "failed"
    assert states(payment) == ("failed", "open")
    assert pay(payment) == "accepted"
    assert states(payment) == ("confirmed", "paid")


def test_a_second_receipt_for_the_same_order_goes_back():
    payment = started_payment()
    pay(payment)
    assert pay(payment) == "refunded:duplicate"
    again = Payment.objects.get(duplicate_of=payment)
    assert (again.state, again.left) == ("turned_back", Money(0))
    assert queries.balance("2002") == queries.balance("2013", party=payment.obligation.debtor) == Money(1_000_00)
    assert Refund.objects.get().reason == "duplicate"
    assert kinds() == ["license_fee_received", "receipt_unidentified", "receipt_returned"]


def test_a_payment_of_a_paid_obligation_by_another_order_goes_back():
    obligation = open_obligation()
    first = started_payment(obligation)
    pay(first, kind="payment.failed")
    second = started_payment(obligation)
    assert pay(second) == "accepted"
    assert pay(first) == "refunded:duplicate"


@pytest.mark.parametrize("fen", [999_99, 1_000_01, 1])
def test_another_amount_is_left_to_finance_and_nothing_is_paid(fen, owner_accepts):
    payment = started_payment()
    assert pay(payment, amount=Money(fen)) == "case:amount_differs"
    assert states(payment) == ("clarify", "open")
    case = Case.objects.get()
    assert (case.kind, case.payment.received) == ("amount_differs", Money(fen))
    assert queries.balance("2014") == Money(fen)
    assert owner_accepts == []


def test_money_for_an_order_nobody_knows_is_left_to_finance():
    payment = started_payment()
    assert pay(payment, order_id="KXunknown") == "case:unknown_payment"
    case = Case.objects.get()
    assert (case.payment.obligation, case.payment.received) == (None, Money(1_000_00))
    assert queries.balance("2014", ref=case.payment) == Money(1_000_00)
    assert states(payment) == ("started", "open")


def test_money_booked_after_the_deadline_goes_back(owner_accepts):
    payment = started_payment()
    assert pay(payment, at=payment.obligation.due_at) == "refunded:late"
    assert states(payment) == ("turned_back", "open")
    assert owner_accepts == []


def test_money_booked_the_moment_before_the_deadline_counts():
    payment = started_payment()
    assert pay(payment, at=payment.obligation.due_at - timedelta(microseconds=1)) == "accepted"


def test_a_message_three_days_late_about_money_in_time_counts_as_of_then(owner_accepts):

    payment = started_payment()
    due = payment.obligation.due_at
    booked = due - timedelta(hours=1)
    with clock.at(due + timedelta(days=3)):
        assert pay(payment, at=booked) == "accepted"
    assert owner_accepts[0][2] == booked


def test_money_for_an_expired_obligation_goes_back():

    payment = started_payment()
    services.expire_obligation(obligation=payment.obligation, actor=CLOCK)
    assert pay(payment, at=payment.obligation.due_at) == "refunded:late"
    assert states(payment) == ("turned_back", "expired")
    assert queries.balance("2002") == Money(0)


def test_money_booked_in_time_counts_though_the_obligation_was_noted_as_expired(owner_accepts):
    payment = started_payment()
    due = payment.obligation.due_at
    with clock.at(due + timedelta(minutes=10)):
        services.expire_obligation(obligation=payment.obligation, actor=CLOCK)
    with clock.at(due + timedelta(days=3)):
        assert pay(payment, at=due - timedelta(microseconds=1)) == "accepted"
    assert states(payment) == ("confirmed", "paid")
    assert queries.balance("2002") == Money(1_000_00)


def test_money_the_owner_does_not_want_goes_back(owner_refuses):
    owner_refuses("not_waiting")
    payment = started_payment()
    assert pay(payment) == "refunded:not_waiting"
    assert states(payment) == ("turned_back", "open")
    assert queries.balance("2013") == Money(1_000_00)


def test_an_owner_that_breaks_leaves_nothing_behind(monkeypatch):

    def busy(**facts):
        raise Busy()

    monkeypatch.setitem(handlers._owners, "obligation.paid:license.fee", busy)
    payment = started_payment()
    with pytest.raises(Busy):
        pay(payment)
    assert states(payment) == ("started", "open")
    assert (ProviderEvent.objects.count(), JournalEntry.objects.count()) == (0, 0)
