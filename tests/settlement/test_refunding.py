"""Money goes back once, and never more than arrived."""

import pytest

from foundation.core.actors import SYSTEM
from foundation.core.money import Money
from settlement import gateways, queries, services
from settlement.gateways.base import BankEvent, BankRefused, Indefinite
from settlement.models import Case, JournalEntry, Refund
from settlement.services.refunding import NotRefundable, RefundTooLarge
from settlement.services.releasing import NotReleasable
from tests.factories.accounts import finance
from tests.factories.settlement import open_obligation, paid_obligation

pytestmark = pytest.mark.django_db


class Bank:
    """The bank at the other end of the wire: what it was asked, and what it knows."""

    name = "sandbox"

    def __init__(self):
        self.asked, self.known, self.problem = [], {}, None

    def refund(self, *, refund_id, transaction_id, amount):
        self.asked.append((refund_id, amount))
        if self.problem:
            raise self.problem
        self.known[refund_id] = BankEvent("q", "refund.succeeded", refund_id=refund_id, amount=amount)

    def query_refund(self, *, refund_id):
        return self.known.get(refund_id)


@pytest.fixture
def bank(monkeypatch):
    bank = Bank()
    monkeypatch.setattr(gateways, "gateway", lambda name: bank)
    return bank


def confirmed(obligation):
    return obligation.payments.get(state="confirmed")


def test_a_whole_refund_ends_with_the_money_out_of_the_bank(bank):
    obligation = paid_obligation()
    refund = services.refund_obligation(obligation=obligation, actor=SYSTEM, reason="declaration ended")
    obligation.refresh_from_db()
    assert (obligation.state, refund.amount) == ("refunding", Money(1_000_00))
    assert queries.balance("2013", party=obligation.debtor) == Money(1_000_00)
    assert services.pursue_refund(refund=refund) == "sent"
    assert -queries.balance("1131") == Money(1_000_00)
    refund.refresh_from_db()
    assert services.pursue_refund(refund=refund) == "done"
    obligation.refresh_from_db()
    assert obligation.state == "refunded"
    assert [queries.balance(code) for code in ("1001", "1131", "2002", "2013")] == [Money(0)] * 4
    assert bank.asked == [(refund.number, Money(1_000_00))]
    kinds = list(JournalEntry.objects.order_by("pk").values_list("kind", flat=True))
    assert kinds == ["license_fee_received", "license_fee_refunded", "refund_sent", "refund_confirmed"]


def test_a_partial_refund_leaves_the_obligation_paid(bank):
    obligation = paid_obligation()
    services.refund(payment=confirmed(obligation), amount=Money(300_00), actor=SYSTEM, reason="part")
    obligation.refresh_from_db()
    assert (obligation.state, queries.held_for(obligation.creditor)) == ("paid", Money(700_00))
    with pytest.raises(RefundTooLarge) as refusal:
        services.refund(payment=confirmed(obligation), amount=Money(700_01), actor=SYSTEM, reason="rest")
    assert refusal.value.extra == {"left": Money(700_00)}


@pytest.mark.parametrize("fen", [0, -1, 1_000_01])
def test_an_impossible_amount_is_refused(fen):
    with pytest.raises(RefundTooLarge):
        services.refund(payment=confirmed(paid_obligation()), amount=Money(fen), actor=SYSTEM, reason="x")


def test_an_unpaid_obligation_cannot_be_refunded():
    with pytest.raises(NotRefundable):
        services.refund_obligation(obligation=open_obligation(), actor=SYSTEM, reason="x")


def test_refunding_twice_orders_one_refund(bank):
    obligation = paid_obligation()
    services.refund_obligation(obligation=obligation, actor=SYSTEM, reason="x")
    assert services.refund_obligation(obligation=obligation, actor=SYSTEM, reason="x") is None
    assert Refund.objects.count() == 1


def test_after_a_time_out_the_bank_is_asked_before_the_refund_is_ordered_again(bank):
    refund = services.refund_obligation(obligation=paid_obligation(), actor=SYSTEM, reason="x")
    bank.problem = Indefinite()
    with pytest.raises(Indefinite):
        services.pursue_refund(refund=refund)
    bank.known[refund.number] = BankEvent("q", "refund.succeeded", refund_id=refund.number, amount=refund.amount)
    refund.refresh_from_db()
    assert services.pursue_refund(refund=refund) == "done"
    assert len(bank.asked) == 1


def test_a_refund_the_bank_refuses_becomes_a_case_and_can_be_tried_again(bank):
    refund = services.refund_obligation(obligation=paid_obligation(), actor=SYSTEM, reason="x")
    bank.problem = BankRefused(problem="account closed")
    assert services.pursue_refund(refund=refund) == "failed"
    case = Case.objects.get()
    assert (case.kind, case.refund) == ("refund_failed", refund)
    assert queries.balance("2013") == Money(1_000_00)
    bank.problem = None
    services.resolve_case(case=case, resolution="retry", actor=finance())
    refund.refresh_from_db()
    assert services.pursue_refund(refund=refund) == "sent"
    refund.refresh_from_db()
    assert services.pursue_refund(refund=refund) == "done"


def test_the_answer_of_the_bank_may_overtake_our_own_note(bank):
    refund = services.refund_obligation(obligation=paid_obligation(), actor=SYSTEM, reason="x")
    event = BankEvent("evt-r", "refund.succeeded", refund_id=refund.number, amount=refund.amount)
    assert services.take_event(provider="sandbox", event=event) == "done"
    refund.refresh_from_db()
    assert (refund.state, refund.payment.obligation.state) == ("done", "refunded")


def test_refunded_money_is_not_released():
    obligation = paid_obligation()
    services.refund_obligation(obligation=obligation, actor=SYSTEM, reason="x")
    with pytest.raises(NotReleasable):
        services.release(obligation=obligation, actor=SYSTEM)
