"""Payout runs and payouts over HTTP."""

from types import SimpleNamespace

import pytest

from settlement.models import PayoutRun
from settlement.services import payouts
from tests.factories.accounts import finance, member
from tests.factories.payouts import approved_run, collected_run, payable
from tests.settlement.calling import Caller, refused, wrong_fields
from tests.settlement.test_paying_out import send, supervised

__all__ = ["supervised"]

pytestmark = pytest.mark.django_db
REASON = {"reason": "Not now."}


@pytest.fixture(autouse=True)
def rules_of_the_house(settings):
    settings.KAIXU_SECOND_FACTOR_REQUIRED = False
    settings.KAIXU_SANDBOX_BANK = True
    settings.KAIXU_FOUR_EYES_ABOVE_FEN = 10**9


def test_a_run_is_made_once_per_key_approved_and_sent():
    payable()
    clerk = Caller(finance())
    answers = [clerk.post("payout-runs/", {"rail": "sandbox"}, key="r1") for _n in range(2)]
    assert [answer.status_code for answer in answers] == [201, 201]
    assert (PayoutRun.objects.count(), answers[1]["Idempotent-Replayed"]) == (1, "true")
    run = answers[0].json()
    assert (run["state"], run["count"], run["total"]) == ("draft", 1, "1000.00")
    assert refused(clerk.post("payout-runs/", {"rail": "file"}, key="r1")) == (422, "key_reused")
    here = f"payout-runs/{run['number']}/"
    assert refused(clerk.post(f"{here}sendings/")) == (409, "not_possible_now")
    assert clerk.done(f"{here}submissions/")["state"] == "approved"
    assert clerk.done(f"{here}sendings/")["state"] == "sending"
    assert clerk.get(here).json()["state"] == "sending"


def test_what_cannot_be_a_run_is_refused():
    clerk = Caller(finance())
    assert refused(clerk.post("payout-runs/", {"rail": "sandbox"})) == (409, "nothing_to_pay")
    assert wrong_fields(clerk.post("payout-runs/", {"rail": "pigeon"})) == {"rail"}
    assert wrong_fields(clerk.post("payout-runs/", {"state": "done"})) == {"state"}
    assert PayoutRun.objects.count() == 0


def test_a_payout_is_left_out_and_a_run_cancelled_with_reasons():
    payable()
    payable()
    run, clerk = collected_run(), Caller(finance())
    first = run.payouts.first()
    assert wrong_fields(clerk.post(f"payouts/{first.number}/omissions/")) == {"reason"}
    assert clerk.done(f"payouts/{first.number}/omissions/", REASON)["state"] == "dropped"
    assert clerk.get(f"payout-runs/{run.number}/").json()["count"] == 1
    [left] = clerk.rows("payouts/", run=run.number, state="planned")
    assert left["run"] == run.number
    assert clerk.done(f"payout-runs/{run.number}/cancellations/", REASON)["total"] == "0.00"
    assert [one["number"] for one in clerk.rows("payout-runs/", state="cancelled")] == [run.number]
    assert wrong_fields(clerk.get("payout-runs/", state="nonsense")) == {"state"}


def test_a_payee_sees_the_own_payout_and_finance_clarifies_it():
    obligation = payable()
    run = approved_run()
    payout, payee = run.payouts.get(), Caller(member("owner", organization=obligation.creditor))
    assert payee.rows("payouts/") == []
    payouts.put_in_transit(payout)
    [seen] = payee.rows("payouts/")
    assert (seen["number"], seen["run"], seen["account"]) == (payout.number, None, payout.number_masked)
    assert payout.full_number not in str(seen)
    here = f"payouts/{payout.number}/"
    assert refused(Caller(member("owner")).get(here)) == (404, "not_found")
    assert refused(payee.get("payout-runs/"))[0] == 403
    assert refused(payee.post(f"{here}clearances/", REASON))[0] == 403
    clerk = Caller(finance())
    assert refused(clerk.post(f"{here}clearances/", REASON)) == (409, "not_possible_now")
    bad_news = SimpleNamespace(type="payout.failed", amount=None, occurred_at=None, problem="closed")
    payouts.note_answer(payout.number, bad_news)
    assert clerk.done(f"{here}clearances/", REASON)["problem"] == "closed"


def test_the_file_for_the_bank_is_for_finance(supervised):
    payable()
    run, clerk = approved_run("file"), Caller(finance())
    here = f"payout-runs/{run.number}/file/"
    assert refused(clerk.get(here)) == (404, "not_found")
    run = send(run)
    answer = clerk.get(here)
    assert b"".join(answer.streaming_content) == run.file.content.open().read()
    assert (answer["Content-Type"], clerk.get(f"payout-runs/{run.number}/").json()["has_file"]) == (
        "application/xml",
        True,
    )
    assert refused(Caller(member("auditor")).get(here))[0] == 403


@pytest.mark.parametrize("count", [1, 3])
def test_the_lists_ask_the_same_number_of_questions_whatever_the_rows(count, django_assert_num_queries):
    for _n in range(count):
        payable()
        collected_run()
    clerk = Caller(member("auditor"))
    clerk.rows("payouts/")
    for path, questions in (("payouts/", 4), ("payout-runs/", 4)):
        with django_assert_num_queries(questions):
            assert len(clerk.rows(path)) == count
