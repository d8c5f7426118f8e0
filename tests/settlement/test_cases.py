"""Finance clarifies money; large refunds need a second person."""

from types import SimpleNamespace

import pytest

from foundation.core import handlers
from foundation.core.errors import Invalid, NotAllowed, NotPossibleNow
from foundation.core.money import Money
from settlement import queries, services
from settlement.models import Case, Refund
from settlement.services.cases import AssignmentWrong
from settlement.services.second_person import OwnWork
from tests.factories.accounts import finance, licensee, officer
from tests.factories.settlement import open_obligation, pay, started_payment

pytestmark = pytest.mark.django_db


def unknown_money(fen=1_000_00):
    payment = started_payment(open_obligation(amount=Money(fen)))
    pay(payment, order_id="KXnobody")
    return Case.objects.latest("pk")


def test_unknown_money_is_sent_back():
    case = services.resolve_case(case=unknown_money(), resolution="refund", actor=finance(), note="No such order.")
    assert (case.state, case.payment.state) == ("resolved", "clarify")
    case.payment.refresh_from_db()
    assert (case.payment.state, case.payment.left) == ("turned_back", Money(0))
    assert Refund.objects.get().amount == Money(1_000_00)
    assert (queries.balance("2014"), queries.balance("2013")) == (Money(0), Money(1_000_00))


def test_unknown_money_is_assigned_to_an_open_obligation_of_the_same_amount(owner_accepts):
    case, target = unknown_money(), open_obligation()
    services.resolve_case(case=case, resolution="assign", obligation=target, actor=finance())
    target.refresh_from_db()
    assert (target.state, target.payments.get().pk) == ("paid", case.payment_id)
    assert (queries.balance("2014"), queries.held_for(target.creditor)) == (Money(0), Money(1_000_00))
    assert owner_accepts[-1][0] == target.number


def test_money_is_assigned_only_where_it_fits(owner_refuses):
    case = unknown_money()
    for target in (None, open_obligation(amount=Money(999_99))):
        with pytest.raises(AssignmentWrong) as refusal:
            services.resolve_case(case=case, resolution="assign", obligation=target, actor=finance())
        assert refusal.value.field == "obligation"
    owner_refuses("late")
    with pytest.raises(AssignmentWrong):
        services.resolve_case(case=case, resolution="assign", obligation=open_obligation(), actor=finance())
    case.refresh_from_db()
    assert case.state == "open"


def test_only_finance_resolves_and_only_in_a_fitting_way():
    case = unknown_money()
    for stranger in (licensee(), officer()):
        with pytest.raises(NotAllowed):
            services.resolve_case(case=case, resolution="refund", actor=stranger)
    with pytest.raises(Invalid):
        services.resolve_case(case=case, resolution="retry", actor=finance())


def test_a_resolved_case_is_not_resolved_again():
    case = services.resolve_case(case=unknown_money(), resolution="refund", actor=finance())
    with pytest.raises(NotPossibleNow):
        services.resolve_case(case=case, resolution="refund", actor=finance())


@pytest.fixture
def reviews(monkeypatch):
    opened = []
    monkeypatch.setitem(handlers._owners, "review.open", lambda **facts: opened.append(facts))
    return opened


def test_a_large_refund_waits_for_a_second_person(reviews, settings):
    settings.KAIXU_FOUR_EYES_ABOVE_FEN = 999_99
    first, second = finance(), officer()
    case = services.resolve_case(case=unknown_money(), resolution="refund", actor=first)
    assert (case.state, Refund.objects.count()) == ("in_review", 0)
    assert [(one["kind"], one["subject"].id) for one in reviews] == [("settlement.refund", case.pk)]
    review = SimpleNamespace(subject_id=case.pk)
    services.decide_case(review=review, decision=SimpleNamespace(outcome="approve", text=""), actor=second)
    case.refresh_from_db()
    assert (case.state, case.decided_by_id, Refund.objects.count()) == ("resolved", second.user_id, 1)


def test_what_the_second_person_rejects_is_open_again(reviews, settings):
    settings.KAIXU_FOUR_EYES_ABOVE_FEN = 0
    case = services.resolve_case(case=unknown_money(), resolution="refund", actor=finance())
    decision = SimpleNamespace(outcome="reject", text="Ask the payer first.")
    services.decide_case(review=SimpleNamespace(subject_id=case.pk), decision=decision, actor=officer())
    case.refresh_from_db()
    assert (case.state, Refund.objects.count()) == ("open", 0)


def test_nobody_is_the_second_person_of_oneself(reviews, settings):
    settings.KAIXU_FOUR_EYES_ABOVE_FEN = 0
    maker = finance()
    case = services.resolve_case(case=unknown_money(), resolution="refund", actor=maker)
    decision = SimpleNamespace(outcome="approve", text="")
    with pytest.raises(OwnWork):
        services.decide_case(review=SimpleNamespace(subject_id=case.pk), decision=decision, actor=maker)
