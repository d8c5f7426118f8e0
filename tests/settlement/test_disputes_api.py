"""Disputes over HTTP."""

import pytest

from settlement.models import Dispute, Freeze
from tests.factories.accounts import finance, member, officer
from tests.factories.settlement import paid_obligation
from tests.settlement.calling import Caller, refused, wrong_fields

pytestmark = pytest.mark.django_db
CLAIM = {"amount": "400.00", "claim": "未交付技术资料。"}


@pytest.fixture(autouse=True)
def no_second_factor(settings):
    settings.KAIXU_SECOND_FACTOR_REQUIRED = False


def sides(obligation):
    payer = member("licensing_user", organization=obligation.debtor)
    return Caller(payer), Caller(member("ip_manager", organization=obligation.creditor))


def opened(payer, obligation):
    return f"disputes/{payer.done(f'obligations/{obligation.number}/disputes/', CLAIM)['number']}/"


def test_a_dispute_is_opened_once_per_key_answered_and_settled():
    obligation = paid_obligation()
    payer, payee = sides(obligation)
    path = f"obligations/{obligation.number}/disputes/"
    assert wrong_fields(payer.post(path, CLAIM | {"amount": "0.00"})) == {"amount"}
    assert refused(payer.post(path, CLAIM | {"amount": "1000.01"})) == (409, "disputed_too_much")
    answers = [payer.post(path, CLAIM, key="d1") for _n in range(2)]
    assert (answers[0].status_code, answers[0].json()) == (201, answers[1].json())
    shown = answers[0].json()
    here = f"disputes/{shown['number']}/"
    assert (shown["state"], shown["frozen"], shown["freezes"][0]["amount"]) == ("open", "400.00", "400.00")
    assert refused(payer.post(f"{here}answers/", {"answer": "x"}))[0] == 403
    assert payee.done(f"{here}answers/", {"answer": "已部分交付。"})["state"] == "negotiation"
    assert wrong_fields(payee.post(f"{here}offers/", {"back": "400.01"})) == {"back"}
    [offer] = payee.done(f"{here}offers/", {"back": "150.00", "text": "各让一步。"})["offers"]
    assert (offer["keeps"], offer["made_by"]) == ("250.00", obligation.creditor.public_id)
    agree = f"{here}offers/{offer['id']}/agreements/"
    assert payee.done(agree)["state"] == "negotiation"
    settled = payer.done(agree)
    assert (settled["state"], settled["back"], settled["frozen"]) == ("settled", "150.00", "0.00")
    assert settled["freezes"][0]["lifted_at"]
    assert refused(payer.post(f"{here}withdrawals/")) == (409, "not_possible_now")


def test_what_is_not_settled_goes_to_the_mediator_the_court_and_is_ruled():
    obligation = paid_obligation()
    payer, payee = sides(obligation)
    here, province = opened(payer, obligation), Caller(officer())
    payee.done(f"{here}answers/", {"answer": "x"})
    [offer] = payer.done(f"{here}offers/", {"back": "400.00"})["offers"]
    assert payee.done(f"{here}offers/{offer['id']}/refusals/")["offers"][0]["ended_at"]
    assert refused(payee.post(f"{here}offers/{offer['id']}/agreements/")) == (409, "offer_gone")
    assert payer.done(f"{here}mediations/", {"reason": "x"})["state"] == "mediation"
    assert refused(payer.post(f"{here}mediators/", {"mediator": "李四"}))[0] == 403
    assert province.done(f"{here}mediators/", {"mediator": "李四"})["mediator"] == "李四"
    assert province.done(f"{here}offers/", {"back": "1.00"})["offers"][0]["made_by"] is None
    assert province.done(f"{here}failures/", {"reason": "x"})["state"] == "failed"
    assert wrong_fields(payer.post(f"{here}referrals/", {"forum": "南京仲裁委员会"})) == {"forum_reference"}
    court = {"forum": "南京仲裁委员会", "forum_reference": "（2026）宁仲 1 号"}
    assert payer.done(f"{here}referrals/", court)["state"] == "in_court"
    ruling = {"back": "400.00", "outcome": "全部退还。"}
    assert refused(payer.post(f"{here}rulings/", ruling))[0] == 403
    closed = Caller(finance()).done(f"{here}rulings/", ruling)
    assert (closed["state"], closed["back"], closed["frozen"]) == ("closed", "400.00", "0.00")


def test_a_dispute_is_given_up_by_who_opened_it_and_hidden_from_strangers():
    obligation = paid_obligation()
    payer, payee = sides(obligation)
    here, stranger = opened(payer, obligation), Caller(member("owner"))
    assert refused(stranger.get(here)) == (404, "not_found")
    assert refused(stranger.post(f"{here}withdrawals/")) == (404, "not_found")
    assert refused(stranger.post(f"obligations/{obligation.number}/disputes/", CLAIM)) == (404, "not_found")
    assert refused(Caller(member("inventor", organization=obligation.debtor)).get(here))[0] == 403
    assert refused(payer.post(f"{here}offers/987654321/agreements/")) == (404, "not_found")
    assert refused(payee.post(f"{here}withdrawals/"))[0] == 403
    assert wrong_fields(payer.post(f"{here}withdrawals/", {"back": "1.00"})) == {"back"}
    assert payer.done(f"{here}withdrawals/")["state"] == "withdrawn"
    assert (Dispute.objects.count(), Freeze.objects.filter(lifted_at=None).count()) == (1, 0)


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_asks_the_same_number_of_questions_whatever_the_rows(count, django_assert_num_queries):
    made = [paid_obligation() for _n in range(count)]
    for obligation in made:
        opened(sides(obligation)[0], obligation)
    clerk = Caller(finance())
    clerk.rows("disputes/")
    with django_assert_num_queries(4):
        assert [row["frozen"] for row in clerk.rows("disputes/")] == ["400.00"] * count
    assert len(clerk.rows("disputes/", obligation=made[0].number)) == 1
    assert clerk.rows("disputes/", state="settled") == []
