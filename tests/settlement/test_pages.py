"""The pages about money: who sees what, and that every button does one thing."""

import pytest
from django.test import Client
from django.utils import translation

from foundation.core import clock
from foundation.core.actors import CLOCK
from foundation.core.money import Money
from settlement import services
from settlement.gateways.base import Indefinite
from settlement.models import JournalEntry, Objection, Payment
from settlement.services import paying
from tests.factories.accounts import finance, licensee, member, patentee
from tests.factories.settlement import open_obligation, paid_obligation, pay, started_payment
from tests.settlement.browsing import browser, page_of, payee_of, payer_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def no_second_factor(settings):
    settings.KAIXU_SECOND_FACTOR_REQUIRED = False


class Away:
    """A bank that is not there, or gives its page's address."""

    name = "sandbox"

    def __init__(self, problem=None):
        self.problem = problem

    def create(self, **facts):
        if self.problem:
            raise self.problem
        return "http://127.0.0.1:8000/sandbox-bank/orders/x/"


@pytest.fixture
def bank(monkeypatch):
    bank = Away()
    monkeypatch.setattr(paying.gateways, "gateway", lambda name: bank)
    return bank


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_the_payee_sees_what_is_held_for_the_university(language):
    obligation = paid_obligation()
    client = browser(member("ip_manager", organization=obligation.creditor), language)
    overview = client.get("/finance/").content.decode()
    assert "¥1,000.00" in overview
    detail = client.get(page_of(obligation)).content.decode()
    assert obligation.number in detail
    assert "2002" in detail
    assert "L-" in detail


def test_what_was_released_is_payable():
    obligation = paid_obligation()
    with clock.at(obligation.release_at):
        services.release(obligation=obligation, actor=CLOCK)
    figures = payee_of(obligation).get("/finance/").context["figures"]
    assert [one["amount"] for one in figures] == [Money(0), Money(1_000_00)]


def test_the_payer_sees_what_is_due_and_a_pay_button():
    obligation = open_obligation()
    client = payer_of(obligation)
    assert client.get("/finance/").context["due_total"] == Money(1_000_00)
    assert "Pay now" in client.get(page_of(obligation)).content.decode()
    assert "Pay now" not in payee_of(obligation).get(page_of(obligation)).content.decode()


def test_strangers_and_those_who_may_not_see_money_find_nothing():
    obligation = paid_obligation()
    payment = obligation.payments.get()
    entry = JournalEntry.objects.get()
    paths = [page_of(obligation), f"/finance/payments/{payment.order_id}/", f"/finance/entries/{entry.pk}/"]
    for path in paths:
        assert browser(licensee()).get(path).status_code == 404
        assert browser(patentee()).get(path).status_code == 404
        assert browser(member("inventor", organization=obligation.creditor)).get(path).status_code == 403
        assert Client().get(path).status_code == 302


def test_paying_goes_to_the_banks_page_and_a_double_click_is_one_attempt(bank):
    obligation = open_obligation()
    client = payer_of(obligation)
    token = client.get(page_of(obligation)).context["pay_form"].initial["form_token"]
    answers = [client.post(f"{page_of(obligation)}payments/", {"form_token": token}) for _n in range(2)]
    assert [(a.status_code, a["Location"]) for a in answers] == [
        (303, "http://127.0.0.1:8000/sandbox-bank/orders/x/")
    ] * 2
    assert Payment.objects.count() == 1


@pytest.mark.parametrize("token", ["", "x", "a b", "<script>", "x" * 100])
def test_a_strange_token_starts_nothing(bank, token):
    obligation = open_obligation()
    answer = payer_of(obligation).post(f"{page_of(obligation)}payments/", {"form_token": token})
    assert (answer.status_code, Payment.objects.count()) == (422, 0)


def test_a_bank_that_is_away_is_said_on_the_page(bank):
    bank.problem = Indefinite()
    obligation = open_obligation()
    answer = payer_of(obligation).post(f"{page_of(obligation)}payments/", {"form_token": "abcdefgh"})
    assert answer.status_code == 422
    assert "The bank does not answer" in answer.content.decode()


def test_only_the_payer_pays(bank):
    obligation = open_obligation()
    answer = browser(member("owner", organization=obligation.creditor)).post(
        f"{page_of(obligation)}payments/", {"form_token": "abcdefgh"}
    )
    assert (answer.status_code, Payment.objects.count()) == (403, 0)
    assert payee_of(obligation).post(f"{page_of(obligation)}payments/", {"form_token": "abcdefgh"}).status_code == 403


def test_what_is_paid_is_not_paid_again(bank):
    obligation = paid_obligation()
    answer = payer_of(obligation).post(f"{page_of(obligation)}payments/", {"form_token": "abcdefgh"})
    assert (answer.status_code, Payment.objects.count()) == (422, 1)


def test_the_page_of_a_payment_waits_then_leads_on():
    payment = started_payment()
    client, path = payer_of(payment.obligation), f"/finance/payments/{payment.order_id}/"
    whole = client.get(path).content.decode()
    assert 'hx-trigger="every 1s"' in whole
    part = client.get(path, headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in part
    assert 'id="payment"' in part
    pay(payment)
    assert client.get(path)["Location"] == page_of(payment.obligation)
    assert client.get(path, headers={"HX-Request": "true"})["HX-Redirect"] == page_of(payment.obligation)


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize("facts", [{"amount": Money(1)}, {"kind": "payment.failed"}])
def test_the_page_of_a_payment_says_what_went_wrong(language, facts):
    payment = started_payment()
    pay(payment, **facts)
    client = browser(member("licensing_user", organization=payment.obligation.debtor), language)
    text = client.get(f"/finance/payments/{payment.order_id}/").content.decode()
    with translation.override(language):
        title = "The payment failed" if facts.get("kind") else "The amount differs from what is owed"
        assert translation.gettext(title) in text
    assert 'hx-trigger="every 1s"' not in text


def test_the_payer_objects_and_finance_settles():
    obligation = paid_obligation()
    client = payer_of(obligation)
    assert client.post(f"{page_of(obligation)}objections/", {"reason": " "}).status_code == 422
    assert client.post(f"{page_of(obligation)}objections/", {"reason": "The patent lapsed."}).status_code == 303
    assert "The patent lapsed." in payee_of(obligation).get(page_of(obligation)).content.decode()
    assert payee_of(obligation).post(f"{page_of(obligation)}objections/", {"reason": "x"}).status_code == 403
    assert client.post(f"{page_of(obligation)}objections/settle/", {"outcome": "x"}).status_code == 403
    assert (
        browser(finance()).post(f"{page_of(obligation)}objections/settle/", {"outcome": "In force."}).status_code == 303
    )
    assert Objection.objects.get().outcome == "In force."


def test_the_statement_is_a_table_without_formulas():
    obligation = paid_obligation(label="=HYPERLINK(1)")
    answer = payee_of(obligation).get("/finance/statement.csv")
    rows = b"".join(answer.streaming_content).decode("utf-8-sig").splitlines()
    assert len(rows) == 2
    assert f"{obligation.number},'=HYPERLINK(1)," in rows[1]
    assert ",in,1000.00,Paid," in rows[1]
