"""Asking money back: reviewed by finance, above the limit and for oneself decided by a second person."""

from types import SimpleNamespace

import pytest
from django.urls import reverse

from approvals.queries import open_review_of
from foundation.core.errors import Invalid, NotAllowed, NotPossibleNow
from foundation.core.money import Money
from settlement import clock_payouts, queries
from settlement.gateways.base import REFUND_SUCCEEDED, BankEvent
from settlement.models import Refund
from settlement.services import freezes, refund_requests, sending, taking_back
from settlement.services.refunding import RefundTooLarge
from settlement.services.second_person import OwnWork
from tests.factories.accounts import finance, licensee, member, officer
from tests.factories.payouts import APPROVED, decided, released_obligation, review_of
from tests.factories.settlement import open_obligation, paid_obligation
from tests.settlement.browsing import browser
from tests.settlement.test_races import at_once, done

pytestmark = pytest.mark.django_db


def asked(fen=400_00, obligation=None, actor=None, kind="breach"):
    obligation = obligation or paid_obligation()
    actor = actor or member("licensing_user", organization=obligation.debtor)
    return refund_requests.ask_back(
        obligation=obligation, kind=kind, amount=Money(fen), text="Not delivered.", actor=actor
    )


def review(request, fen=400_00, actor=None):
    granted = None if fen is None else Money(fen)
    return refund_requests.review_request(request=request, granted=granted, opinion="Agreed.", actor=actor or finance())


def test_a_granted_request_is_paid_when_the_money_is_back():
    request = review(asked())
    assert (request.state, Refund.objects.get().amount) == ("approved", Money(400_00))
    assert (queries.balance("2002"), queries.balance("2013")) == (Money(600_00), Money(400_00))
    assert clock_payouts.follow_requests() == 0
    refund = Refund.objects.get()
    sending.note_answer(refund.number, BankEvent("e1", REFUND_SUCCEEDED, refund_id=refund.number))
    assert clock_payouts.follow_requests() == 1
    request.refresh_from_db()
    assert request.state == "paid"


def test_after_the_release_it_comes_out_of_what_is_due_to_the_payee():
    obligation = released_obligation()
    review(asked(400_00, obligation))
    assert (queries.balance("2011"), queries.balance("2013")) == (Money(600_00), Money(400_00))


def test_frozen_money_does_not_go_back():
    obligation = paid_obligation()
    freezes.place(account="2002", party=obligation.creditor_id, ref=obligation, amount=Money(700_00), kind="court",
                  basis=obligation, actor=finance())  # fmt: skip
    with pytest.raises(refund_requests.AsksTooMuch):
        asked(300_01, obligation)
    assert asked(300_00, obligation).state == "requested"


def test_above_the_limit_a_second_person_decides(settings):
    settings.KAIXU_FOUR_EYES_ABOVE_FEN = 399_99
    request = review(asked())
    assert (request.state, Refund.objects.count()) == ("reviewed", 0)
    request = decided(request, refund_requests.REVIEW, "reject")
    assert (request.state, request.granted_fen) == ("requested", None)
    request = decided(review(request), refund_requests.REVIEW)
    assert (request.state, Refund.objects.count()) == ("approved", 1)


def test_nobody_grants_what_they_asked_for_themselves():
    clerk = finance()
    request = review(asked(actor=clerk), actor=clerk)
    assert (request.state, Refund.objects.count()) == ("reviewed", 0)
    with pytest.raises(OwnWork):
        same = SimpleNamespace(user_id=clerk.user_id)
        refund_requests.decide_request(review=review_of(request), decision=APPROVED, actor=same)


def test_a_refused_request_moves_nothing():
    assert review(asked(), None).state == "refused"
    assert (Refund.objects.count(), queries.balance("2002")) == (0, Money(1_000_00))


@pytest.mark.parametrize("fen", [0, 1_000_01])
def test_only_what_is_there_can_be_asked_back(fen):
    with pytest.raises(refund_requests.AsksTooMuch):
        asked(fen)


def test_strangers_and_unpaid_money_have_no_request():
    obligation = paid_obligation()
    for stranger in (licensee(), member("owner", organization=obligation.creditor)):
        with pytest.raises(NotAllowed):
            asked(1, obligation, stranger)
    with pytest.raises(refund_requests.NotRefundable):
        asked(1, open_obligation())
    with pytest.raises(Invalid):
        asked(1, obligation, kind="because")
    asked(1, obligation)
    with pytest.raises(refund_requests.AlreadyAsked):
        asked(1, obligation)


def test_only_finance_reviews_never_more_than_was_asked_and_once():
    request = asked()
    with pytest.raises(NotAllowed):
        review(request, actor=officer())
    with pytest.raises(refund_requests.AsksTooMuch):
        review(request, 400_01)
    review(request)
    with pytest.raises(NotPossibleNow):
        review(request)


def test_a_request_can_be_taken_back():
    obligation = paid_obligation()
    payer = member("licensing_user", organization=obligation.debtor)
    request = asked(1, obligation, payer)
    assert refund_requests.withdraw_request(request=request, actor=payer).state == "withdrawn"


def test_money_that_left_meanwhile_is_said_to_both_with_a_way_out(settings):
    settings.KAIXU_FOUR_EYES_ABOVE_FEN = 0
    obligation, clerk = released_obligation(), finance()
    request = review(asked(400_00, obligation), actor=clerk)
    taking_back.take_back(obligation=obligation, amount=Money(800_00), actor=clerk, reason="paid twice")
    case, desk = open_review_of(refund_requests.REVIEW, request), browser(officer())
    desk.post(reverse("approvals:claim", args=[case.number]))

    def decide(outcome):
        fields = {"outcome": outcome, "text": "Look again.", "correction_days": "10", "form_token": outcome}
        return desk.post(reverse("approvals:decide", args=[case.number]), fields)

    told = "Only ¥200.00 of this payment is still here"
    page = decide("approve")
    assert page.status_code == 422
    assert told in page.content.decode() and "Return the case for correction" in page.content.decode()
    assert decide("return").status_code == 302
    address = reverse("settlement:refund_request_act", args=[request.number, "grant"])
    page = browser(clerk).post(address, {"granted": "400.00", "opinion": "Agreed.", "form_token": "a"})
    assert page.status_code == 422 and told in page.content.decode()
    page = browser(clerk).post(address, {"granted": "200.00", "opinion": "The rest.", "form_token": "b"})
    assert page.status_code == 303
    request.refresh_from_db()
    assert decided(request, refund_requests.REVIEW).state == "approved"
    assert (queries.balance("2011"), queries.balance("2013")) == (Money(0), Money(1_000_00))


@pytest.mark.django_db(transaction=True)
def test_of_eight_takings_of_the_larger_part_at_once_one_is_made():
    obligation, clerk = released_obligation(), finance()
    acts = [lambda: taking_back.take_back(obligation=obligation, amount=Money(600_00), actor=clerk, reason="race")] * 8
    results = at_once(acts)
    assert (len(done(results)), Refund.objects.count()) == (1, 1)
    assert {type(one) for one in results if isinstance(one, Exception)} == {RefundTooLarge}
