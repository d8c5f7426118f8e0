"""One receipt pays several obligations, one obligation takes several receipts; nothing is lost on the way."""

from datetime import timedelta

import pytest

from foundation.audit import invariants
from foundation.core import clock, handlers
from foundation.core.actors import SYSTEM
from foundation.core.errors import NotPossibleNow
from foundation.core.money import Money
from settlement import queries, services
from settlement.ledger import BalanceTooLow
from settlement.models import Allocation
from settlement.services.allocating import AllocationDiffers, AssignmentWrong, OwnerRefused
from settlement.services.obligations import PartPaid
from settlement.services.refunding import RefundTooLarge
from settlement.services.withdrawing import NotWithdrawable
from tests.factories.money import royalty, transfer
from tests.factories.settlement import open_obligation, paid_obligation, pay, started_payment

pytestmark = pytest.mark.django_db
yuan = Money.parse


def give(payment, obligation, amount, key="k1"):
    return services.allocate(payment=payment, obligation=obligation, amount=yuan(amount), actor=SYSTEM, key=key)


@pytest.fixture(autouse=True)
def books_are_sound(db):
    yield
    assert invariants.check({"I1", "I3", "I4", "I12"}) == []


def test_one_transfer_pays_three_obligations():
    payment = transfer(yuan("600.00"))
    three = [open_obligation(amount=yuan(part)) for part in ("100.00", "200.00", "300.00")]
    for n, (one, part) in enumerate(zip(three, ("100.00", "200.00", "300.00"), strict=True)):
        give(payment, one, part, key=f"line:{n}")
        payment.refresh_from_db()
        assert payment.state == ("confirmed" if n == 2 else "clarify")
    assert [one.state for one in map(refreshed, three)] == ["paid"] * 3
    assert queries.balance("2014") == Money(0)
    assert queries.balance("2002") == yuan("600.00")


def refreshed(row):
    row.refresh_from_db()
    return row


def test_a_royalty_takes_three_part_payments_and_is_paid_with_the_last(owner_accepts):
    due = royalty(yuan("100.00"))
    for n, part in enumerate(("50.00", "30.00")):
        give(transfer(yuan(part)), due, part, key=f"part:{n}")
    assert (refreshed(due).state, due.left, due.allocated) == ("open", yuan("20.00"), yuan("80.00"))
    with pytest.raises(PartPaid):
        services.cancel_obligation(obligation=due, actor=SYSTEM, reason="x")
    give(transfer(yuan("20.00")), due, "20.00", key="part:2")
    assert (refreshed(due).state, due.left) == ("paid", Money(0))
    assert due.release_at is not None


def test_what_is_due_is_noted_until_it_is_paid():
    due = royalty(yuan("100.00"))
    assert (queries.balance("1121", ref=due), queries.balance("2101", ref=due)) == (yuan("100.00"),) * 2
    give(transfer(yuan("40.00")), due, "40.00")
    assert queries.balance("1121", ref=due) == yuan("60.00")
    payment = due.allocations.get().payment
    services.refund(payment=payment, amount=yuan("40.00"), actor=SYSTEM, reason="x", obligation=due)
    assert queries.balance("1121", ref=due) == yuan("100.00")
    services.cancel_obligation(obligation=due, actor=SYSTEM, reason="never owed")
    assert queries.balance("1121") == queries.balance("2101") == Money(0)


def test_an_overpayment_stays_among_the_unidentified_receipts():
    payment, due = transfer(yuan("120.00")), open_obligation(amount=yuan("100.00"))
    give(payment, due, "100.00")
    assert (refreshed(payment).state, payment.unallocated) == ("clarify", yuan("20.00"))
    assert queries.balance("2014", ref=payment) == yuan("20.00")


@pytest.mark.parametrize("amount", ["0.00", "99.99", "100.01"])
def test_a_license_fee_is_paid_whole_or_not_at_all(amount):
    with pytest.raises(AssignmentWrong):
        give(transfer(yuan("200.00")), open_obligation(amount=yuan("100.00")), amount)


def test_a_part_payment_is_never_more_than_what_is_left():
    due = royalty(yuan("100.00"))
    give(transfer(yuan("60.00")), due, "60.00")
    with pytest.raises(AssignmentWrong):
        give(transfer(yuan("60.00")), due, "60.00", key="k2")


def test_no_more_is_assigned_than_arrived():
    with pytest.raises(BalanceTooLow):
        give(transfer(yuan("50.00")), open_obligation(amount=yuan("100.00")), "100.00")


def test_the_same_key_assigns_once_and_refuses_other_facts():
    payment, due = transfer(yuan("200.00")), royalty(yuan("100.00"))
    first = give(payment, due, "40.00")
    assert give(payment, due, "40.00") == first
    assert Allocation.objects.count() == 1
    with pytest.raises(AllocationDiffers):
        give(payment, due, "41.00")


def test_money_that_found_its_place_is_not_assigned_again():
    payment = transfer(yuan("100.00"))
    give(payment, open_obligation(amount=yuan("100.00")), "100.00")
    with pytest.raises(NotPossibleNow):
        give(payment, open_obligation(amount=yuan("100.00")), "100.00", key="k2")


def test_the_owner_may_refuse_and_nothing_is_booked(owner_refuses):
    owner_refuses("patent_ended")
    payment = transfer(yuan("100.00"))
    with pytest.raises(OwnerRefused) as refusal:
        give(payment, open_obligation(amount=yuan("100.00")), "100.00")
    assert refusal.value.extra == {"reason": "patent_ended"}
    assert queries.balance("2014") == yuan("100.00")


def test_a_transfer_booked_in_time_pays_what_expired_before_it_was_told():
    due = open_obligation(due_in=timedelta(days=1))
    payment = transfer(paid_at=due.due_at - timedelta(hours=1))
    with clock.at(due.due_at + timedelta(days=1)):
        services.expire_obligation(obligation=due, actor=SYSTEM)
        give(payment, due, "1,000.00")
    assert refreshed(due).state == "paid"


def test_a_royalty_is_paid_after_its_deadline_over_the_rail():
    due = royalty(due_in=timedelta(days=1))
    with clock.at(due.due_at + timedelta(days=5)):
        assert pay(started_payment(due)) == "accepted"
    assert refreshed(due).state == "paid"


def test_the_rail_asks_for_what_is_left_and_keeps_a_part():
    due = royalty(yuan("100.00"))
    give(transfer(yuan("30.00")), due, "30.00")
    payment = started_payment(due)
    assert payment.amount == yuan("70.00")
    assert pay(payment, amount=yuan("50.00")) == "accepted"
    assert refreshed(due).left == yuan("20.00")


def test_more_than_is_left_by_the_rail_is_clarified():
    due = royalty(yuan("100.00"))
    payment = started_payment(due)
    give(transfer(yuan("30.00")), due, "30.00")
    assert pay(payment) == "case:amount_differs"


def test_a_refund_comes_out_of_the_obligation_it_paid():
    payment = transfer(yuan("300.00"))
    first, second = royalty(yuan("100.00")), royalty(yuan("200.00"))
    give(payment, first, "100.00")
    give(payment, second, "200.00", key="k2")
    with pytest.raises(RefundTooLarge):
        services.refund(payment=payment, amount=yuan("100.01"), actor=SYSTEM, reason="x", obligation=first)
    services.refund(payment=payment, amount=yuan("100.00"), actor=SYSTEM, reason="x", obligation=first)
    assert (refreshed(first).state, refreshed(second).state) == ("refunding", "paid")


def test_a_whole_refund_goes_back_over_all_its_payments():
    due = royalty(yuan("100.00"))
    for n, part in enumerate(("60.00", "40.00")):
        give(transfer(yuan(part)), due, part, key=f"p{n}")
    services.refund_obligation(obligation=due, actor=SYSTEM, reason="annulled")
    assert sorted(due.refunds.values_list("amount_fen", flat=True)) == [40_00, 60_00]
    assert (refreshed(due).state, queries.balance("2013")) == ("refunding", yuan("100.00"))


def test_a_reversal_by_the_bank_opens_the_debt_again(monkeypatch):
    monkeypatch.delitem(handlers._owners, "obligation.paid:license.royalty", raising=False)
    monkeypatch.delitem(handlers._owners, "obligation.reopened:license.royalty", raising=False)
    payment, due = transfer(yuan("100.00")), royalty(yuan("100.00"))
    give(payment, due, "100.00")
    services.withdraw(payment=payment, actor=SYSTEM, reason="reversed by the bank")
    assert (refreshed(due).state, due.left, refreshed(payment).state) == ("open", yuan("100.00"), "clarify")
    assert queries.balance("2014", ref=payment) == yuan("100.00")
    assert queries.balance("1121", ref=due) == yuan("100.00")
    assert services.withdraw(payment=payment, actor=SYSTEM, reason="again") == []
    give(payment, due, "100.00", key="after")
    assert refreshed(due).state == "paid"


def test_a_license_in_effect_is_not_unpaid_again():
    payment, due = transfer(yuan("100.00")), open_obligation(amount=yuan("100.00"))
    give(payment, due, "100.00")
    with pytest.raises(NotWithdrawable):
        services.withdraw(payment=payment, actor=SYSTEM, reason="x")
    assert refreshed(due).state == "paid"


def test_money_of_a_rail_is_not_withdrawn():
    payment = paid_obligation().payments.get()
    with pytest.raises(NotWithdrawable):
        services.withdraw(payment=payment, actor=SYSTEM, reason="x")
