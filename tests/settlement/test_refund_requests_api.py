"""Asking money back over HTTP."""

import pytest

from settlement.models import Refund, RefundRequest
from tests.factories.accounts import finance, member
from tests.factories.settlement import open_obligation, paid_obligation
from tests.settlement.calling import Caller, refused, wrong_fields

pytestmark = pytest.mark.django_db
ASKED = {"kind": "breach", "amount": "300.00", "text": "没有交付。"}


@pytest.fixture(autouse=True)
def no_second_factor(settings):
    settings.KAIXU_SECOND_FACTOR_REQUIRED = False


def payer_of(obligation, **more):
    return Caller(member("licensing_user", organization=obligation.debtor), **more)


def test_the_payer_asks_once_per_key_and_finance_grants():
    obligation = paid_obligation()
    payer, clerk, path = payer_of(obligation), Caller(finance()), f"obligations/{obligation.number}/refund-requests/"
    answers = [payer.post(path, ASKED, key="k1") for _n in range(2)]
    assert [answer.status_code for answer in answers] == [201, 201]
    assert answers[0].json() == answers[1].json()
    assert refused(payer.post(path, ASKED)) == (409, "already_asked")
    shown = answers[0].json()
    assert (shown["state"], shown["amount"], shown["granted"], shown["refunds"]) == ("requested", "300.00", None, [])
    here = f"refund-requests/{shown['number']}/"
    grant = {"outcome": "grant", "granted": "200.00", "opinion": "属实"}
    assert refused(payer.post(f"{here}decisions/", grant))[0] == 403
    assert refused(clerk.post(f"{here}decisions/", grant | {"granted": "300.01"})) == (409, "asks_too_much")
    granted = clerk.done(f"{here}decisions/", grant)
    assert (granted["state"], granted["granted"]) == ("approved", "200.00")
    assert [one["amount"] for one in payer.get(here).json()["refunds"]] == ["200.00"]
    assert refused(clerk.post(f"{here}decisions/", grant)) == (409, "not_possible_now")
    assert refused(payer.post(f"{here}withdrawals/")) == (409, "not_possible_now")


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"outcome": "grant", "opinion": "x"}, "granted"),
        ({"outcome": "refuse", "granted": "1.00", "opinion": "x"}, "granted"),
        ({"outcome": "refuse", "opinion": " "}, "opinion"),
        ({"outcome": "perhaps", "opinion": "x"}, "outcome"),
        ({"outcome": "refuse", "opinion": "x", "state": "paid"}, "state"),
    ],
)
def test_a_wrong_decision_decides_nothing(body, field):
    obligation = paid_obligation()
    number = payer_of(obligation).done(f"obligations/{obligation.number}/refund-requests/", ASKED)["number"]
    answer = Caller(finance()).post(f"refund-requests/{number}/decisions/", body)
    assert wrong_fields(answer) == {field}
    assert (RefundRequest.objects.get().state, Refund.objects.count()) == ("requested", 0)


def test_a_request_is_refused_or_taken_back():
    obligation, other = paid_obligation(), paid_obligation()
    first = payer_of(obligation).done(f"obligations/{obligation.number}/refund-requests/", ASKED)["number"]
    second = payer_of(other).done(f"obligations/{other.number}/refund-requests/", ASKED)["number"]
    no = {"outcome": "refuse", "opinion": "No ground."}
    assert Caller(finance()).done(f"refund-requests/{first}/decisions/", no)["state"] == "refused"
    payee = Caller(member("ip_manager", organization=other.creditor))
    assert refused(payee.post(f"refund-requests/{second}/withdrawals/"))[0] == 403
    assert payer_of(other).done(f"refund-requests/{second}/withdrawals/")["state"] == "withdrawn"


def test_strangers_and_payees_ask_for_nothing_and_the_sentence_is_in_the_readers_language():
    obligation = paid_obligation()
    path = f"obligations/{obligation.number}/refund-requests/"
    assert refused(Caller(member("licensing_user")).post(path, ASKED)) == (404, "not_found")
    assert refused(Caller(member("owner", organization=obligation.creditor)).post(path, ASKED))[0] == 403
    payer = payer_of(obligation, language="zh-hans")
    too_much = payer.post(path, ASKED | {"amount": "1000.01"})
    assert refused(too_much) == (409, "asks_too_much")
    assert too_much.json()["detail"] != "" and too_much.json()["detail"].isascii() is False
    unpaid = open_obligation(debtor=obligation.debtor)
    assert payer.post(f"obligations/{unpaid.number}/refund-requests/", ASKED).status_code == 409
    assert RefundRequest.objects.count() == 0


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_asks_the_same_number_of_questions_whatever_the_rows(count, django_assert_num_queries):
    made = [paid_obligation() for _n in range(count)]
    for obligation in made:
        payer_of(obligation).done(f"obligations/{obligation.number}/refund-requests/", ASKED)
    clerk = Caller(finance())
    clerk.rows("refund-requests/")
    with django_assert_num_queries(5):
        assert len(clerk.rows("refund-requests/")) == count
    assert len(clerk.rows("refund-requests/", obligation=made[0].number, state="requested")) == 1
    assert clerk.rows("refund-requests/", state="paid") == []
