"""The pages about payouts, accounts, refund requests, disputes and the own books, in both languages."""

from types import SimpleNamespace

import pytest
from django.urls import reverse

from approvals.queries import open_review_of
from settlement.models import PayoutAccount, PayoutRun
from settlement.services import payouts, runs
from tests.factories.accounts import PASSWORD, finance, member, officer
from tests.factories.payouts import approved_run, collected_run, payable, payout_account, proposed_account
from tests.settlement.browsing import browser

pytestmark = pytest.mark.django_db
BOTH = pytest.mark.parametrize("language", ["zh-hans", "en"])


@pytest.fixture(autouse=True)
def rules_of_the_house(settings):
    settings.KAIXU_SECOND_FACTOR_REQUIRED = False
    settings.KAIXU_SANDBOX_BANK = True


def token(client, path, name="form"):
    return client.get(path).context[name]["form_token"].value()


@BOTH
def test_finance_collects_submits_and_sends_a_run(language, settings):
    settings.KAIXU_FOUR_EYES_ABOVE_FEN = 10**9
    payable()
    client = browser(finance(), language)
    page = client.get("/finance/payouts/")
    assert "¥1,000.00" in page.content.decode()
    sent = {"rail": "sandbox", "note": "", "form_token": token(client, "/finance/payouts/")}
    answers = [client.post("/finance/payouts/", sent) for _n in range(2)]
    run = PayoutRun.objects.get()
    assert {a["Location"] for a in answers} == {run.get_absolute_url()}
    for act, state in (("submit", "approved"), ("send", "sending")):
        assert client.post(f"{run.get_absolute_url()}{act}/").status_code == 303
        run.refresh_from_db()
        assert run.state == state
    assert run.number in client.get(run.get_absolute_url()).content.decode()


def test_a_run_of_nothing_is_said_on_the_page():
    client = browser(finance())
    sent = {"rail": "file", "form_token": token(client, "/finance/payouts/")}
    answer = client.post("/finance/payouts/", sent)
    assert (answer.status_code, PayoutRun.objects.count()) == (422, 0)
    assert "Nothing is due" in answer.content.decode()


def test_the_auditor_looks_and_changes_nothing():
    payable()
    run = collected_run()
    client = browser(member("auditor"))
    assert client.get("/finance/payouts/").status_code == 200
    assert client.get(run.get_absolute_url()).context["acts"] == []
    assert client.post("/finance/payouts/", {"rail": "file"}).status_code == 403
    assert client.post(f"{run.get_absolute_url()}submit/").status_code == 403
    assert client.post(f"{run.get_absolute_url()}nonsense/").status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_a_run_shows_any_number_of_payouts_with_the_same_queries(count, django_assert_max_num_queries):
    for _n in range(count):
        payable()
    run, client = collected_run(), browser(finance())
    client.get(run.get_absolute_url())
    with django_assert_max_num_queries(32):
        client.get(run.get_absolute_url())


@BOTH
def test_a_payee_sees_the_own_payouts_once_they_are_sent(language):
    obligation = payable()
    run = approved_run()
    payout = run.payouts.get()
    client = browser(member("ip_manager", organization=obligation.creditor), language)
    path = reverse("settlement:payout", args=[payout.number])
    assert client.get(path).status_code == 404
    payouts.put_in_transit(payout)
    page = client.get(path).content.decode()
    assert payout.number_masked in page
    assert payout.full_number not in page
    assert payout.number in client.get("/finance/payouts/received/").content.decode()
    stranger = browser(member("owner"), language)
    assert (stranger.get(path).status_code, stranger.get(run.get_absolute_url()).status_code) == (404, 403)


def test_a_failed_payout_is_clarified_on_its_page():
    payable()
    payout = payouts.put_in_transit(approved_run().payouts.get())
    payouts.note_answer(
        payout.number, SimpleNamespace(type="payout.failed", amount=None, occurred_at=None, problem="x")
    )
    client = browser(finance())
    path = reverse("settlement:payout_act", args=[payout.number, "clear"])
    assert client.post(path, {"reason": " "}).status_code == 422
    assert client.post(path, {"reason": "Corrected."}).status_code == 303
    assert collected_run().payouts.count() == 1


NEW = {"number": "320000001234", "repeated": "320000001234", "bank_name": "中国银行", "bank_code": "104301003011"}


def confirmed_password(client):
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})


@BOTH
def test_naming_an_account_asks_for_the_password_again(language):
    owner = member("owner")
    client = browser(owner, language)
    assert client.get("/finance/payout-account/").status_code == 200
    facts = {**NEW, "holder": owner.organization.name}
    answer = client.post("/finance/payout-account/", facts)
    assert (answer.status_code, PayoutAccount.objects.count()) == (302, 0)
    assert answer["Location"].startswith(reverse("account_reauthenticate"))
    confirmed_password(client)
    if not PayoutAccount.objects.exists():
        assert client.post("/finance/payout-account/", facts).status_code == 303
    assert PayoutAccount.objects.get().state == "proposed"
    assert "···· 1234" in client.get("/finance/payout-account/").content.decode()


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"repeated": "1"}, "repeated"),
        ({"bank_code": "12"}, "bank_code"),
        ({"holder": "x"}, "holder"),
        ({"number": ""}, "number"),
    ],
)
def test_a_wrong_account_is_said_beside_its_field(wrong, field):
    owner = member("owner")
    client = browser(owner)
    confirmed_password(client)
    answer = client.post("/finance/payout-account/", {**NEW, "holder": owner.organization.name, **wrong})
    assert answer.status_code == 422
    assert field in answer.context["form"].errors
    assert PayoutAccount.objects.count() == 0


def test_only_the_owner_changes_the_account():
    owner = member("owner")
    account = payout_account(owner.organization)
    path = reverse("settlement:withdraw_account", args=[account.pk])
    manager = browser(member("ip_manager", organization=owner.organization))
    assert (manager.post(path).status_code, manager.post("/finance/payout-account/").status_code) == (403, 302)
    assert browser(member("owner")).post(path).status_code == 404
    assert browser(owner).post(path).status_code == 303
    account.refresh_from_db()
    assert account.state == "retired"


def test_the_second_person_sees_the_whole_number_on_the_review_desk():
    account = proposed_account(member("owner").organization, "32000000998877")
    review = open_review_of("settlement.account", account)
    second = browser(officer())
    assert "32000000998877" in second.get(f"/reviews/{review.number}/").content.decode()


def test_large_runs_wait_and_say_so(settings):
    settings.KAIXU_FOUR_EYES_ABOVE_FEN = 0
    payable()
    run = runs.submit_run(run=collected_run(), actor=finance())
    client = browser(finance())
    assert client.get(run.get_absolute_url()).context["acts"] == []
