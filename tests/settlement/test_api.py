"""Money over the API: the same rights, the same effects."""

import pytest
from rest_framework.test import APIClient

from foundation.core.money import Money
from settlement.models import Objection, Payment
from settlement.services import paying
from tests.factories.accounts import finance, licensee, member
from tests.factories.settlement import open_obligation, paid_obligation

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def bank(monkeypatch, settings):
    settings.KAIXU_SECOND_FACTOR_REQUIRED = False

    class Bank:
        name = "sandbox"

        def create(self, **facts):
            return f"http://127.0.0.1/sandbox-bank/orders/{facts['order_id']}/"

    monkeypatch.setattr(paying.gateways, "gateway", lambda name: Bank())


def client_of(membership):
    client = APIClient()
    client.force_login(membership.user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def payer_of(obligation):
    return client_of(member("licensing_user", organization=obligation.debtor))


def test_an_obligation_as_its_payer_sees_it():
    obligation = open_obligation(amount=Money(1_234_56))
    shown = payer_of(obligation).get(f"/api/v1/obligations/{obligation.number}/").json()
    assert (shown["number"], shown["amount"], shown["state"]) == (obligation.number, "1234.56", "open")
    assert (shown["debtor"], shown["creditor"]) == (obligation.debtor.public_id, obligation.creditor.public_id)


def test_the_list_holds_ones_own_by_state():
    obligation = open_obligation()
    paid = paid_obligation(debtor=obligation.debtor)
    open_obligation()
    client = payer_of(obligation)
    numbers = [row["number"] for row in client.get("/api/v1/obligations/").json()["results"]]
    assert numbers == [paid.number, obligation.number]
    assert [row["number"] for row in client.get("/api/v1/obligations/?state=paid").json()["results"]] == [paid.number]
    assert len(client_of(finance()).get("/api/v1/obligations/").json()["results"]) == 3


def test_strangers_find_nothing_and_visitors_are_asked_who_they_are():
    obligation = open_obligation()
    for path in ("", "payments/"):
        address = f"/api/v1/obligations/{obligation.number}/{path}"
        assert client_of(licensee()).get(address).status_code == 404
        assert APIClient().get(address).status_code in (401, 403)
        assert client_of(member("inventor", organization=obligation.debtor)).get(address).status_code == 403


def test_a_payment_is_started_once_per_key():
    obligation = open_obligation()
    client, address = payer_of(obligation), f"/api/v1/obligations/{obligation.number}/payments/"
    answers = [client.post(address, {}, headers={"Idempotency-Key": "abc"}) for _n in range(2)]
    assert [answer.status_code for answer in answers] == [201, 201]
    assert answers[0].json() == answers[1].json()
    shown = answers[0].json()
    assert shown["redirect_url"] == f"http://127.0.0.1/sandbox-bank/orders/{shown['order_id']}/"
    assert (shown["state"], shown["amount"], Payment.objects.count()) == ("waiting", "1000.00", 1)
    assert [row["order_id"] for row in client.get(address).json()] == [shown["order_id"]]


@pytest.mark.parametrize(
    "body", [{"amount": "1.00"}, {"state": "paid"}, {"return_url": "javascript:1"}, {"return_url": []}]
)
def test_a_wrong_body_starts_nothing(body):
    obligation = open_obligation()
    answer = payer_of(obligation).post(f"/api/v1/obligations/{obligation.number}/payments/", body, format="json")
    assert (answer.status_code, Payment.objects.count()) == (400, 0)


def test_the_payee_does_not_pay():
    obligation = open_obligation()
    payee = client_of(member("owner", organization=obligation.creditor))
    assert payee.post(f"/api/v1/obligations/{obligation.number}/payments/", {}).status_code == 403


def test_what_is_paid_is_not_paid_again():
    obligation = paid_obligation()
    answer = payer_of(obligation).post(f"/api/v1/obligations/{obligation.number}/payments/", {})
    assert (answer.status_code, answer.json()["code"]) == (409, "not_possible_now")


def test_an_objection_is_raised_over_the_api():
    obligation = paid_obligation()
    address = f"/api/v1/obligations/{obligation.number}/objections/"
    assert payer_of(obligation).post(address, {"reason": "The patent lapsed."}).status_code == 201
    assert payer_of(obligation).post(address, {"reason": "Again."}).status_code == 409
    assert Objection.objects.count() == 1


def test_ledger_entries_of_ones_own_money():
    obligation = paid_obligation()
    paid_obligation()
    client = client_of(member("ip_manager", organization=obligation.creditor))
    [entry] = client.get("/api/v1/ledger/entries/").json()["results"]
    assert (entry["kind"], entry["about"]) == ("license_fee_received", obligation.ref_number)
    assert [(line["account"], line["debit"], line["credit"], line["about"]) for line in entry["lines"]] == [
        ("1001", "1000.00", "0.00", obligation.number),
        ("2002", "0.00", "1000.00", obligation.number),
    ]
    for about, found in ((obligation.number, 1), (obligation.ref_number, 1), ("nothing", 0)):
        assert len(client.get(f"/api/v1/ledger/entries/?about={about}").json()["results"]) == found
    assert len(client_of(finance()).get("/api/v1/ledger/entries/").json()["results"]) == 2
