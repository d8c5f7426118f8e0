"""Our row first: the bank is asked when it is committed, and nothing is locked while the bank thinks."""

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from rest_framework.test import APIClient

from settlement import gateways
from settlement.gateways.base import Indefinite
from settlement.models import Payment
from settlement.services import paying
from tests.factories.accounts import member
from tests.factories.settlement import open_obligation

pytestmark = pytest.mark.django_db(transaction=True)
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


class Bank:
    """Notes whether a transaction waits while it is asked; may be away, or take the process with it."""

    name = "sandbox"

    def __init__(self):
        self.asked, self.trouble = [], None

    def create(self, **facts):
        self.asked.append((facts["order_id"], connection.in_atomic_block))
        if self.trouble:
            raise self.trouble
        return f"http://127.0.0.1/sandbox-bank/orders/{facts['order_id']}/"


@pytest.fixture
def bank(monkeypatch, settings):
    settings.KAIXU_SECOND_FACTOR_REQUIRED = False
    made = Bank()
    monkeypatch.setattr(paying.gateways, "gateway", lambda name: made)
    return made


def over_api(obligation, key="k-1", body=None):
    client = APIClient(raise_request_exception=False)
    client.force_login(member("licensing_user", organization=obligation.debtor).user, backend=BACKEND)
    headers = {"Idempotency-Key": key} if key else {}
    address = f"/api/v1/obligations/{obligation.number}/payments/"
    return lambda sent=body: client.post(address, sent or {}, headers=headers, format="json")


def over_page(obligation):
    client = Client(raise_request_exception=False)
    client.force_login(member("licensing_user", organization=obligation.debtor).user, backend=BACKEND)
    address = reverse("settlement:start_payment", args=[obligation.number])
    return lambda: client.post(address, {"form_token": "token-of-the-button"})


@pytest.mark.parametrize("way", [over_api, over_page, lambda obligation: over_api(obligation, key=None)])
def test_no_transaction_is_open_while_the_bank_is_asked(bank, way):
    assert way(open_obligation())().status_code in (201, 303)
    assert bank.asked == [(Payment.objects.get().order_id, False)]


@pytest.mark.parametrize("way", [over_api, over_page])
def test_a_process_that_dies_after_the_order_leaves_our_row_and_the_next_try_orders_the_same(bank, way):
    send = way(open_obligation())
    bank.trouble = RuntimeError("the process is gone")
    assert send().status_code == 500
    assert Payment.objects.get().state == "started"
    bank.trouble = None
    assert send().status_code in (201, 303)
    assert Payment.objects.get().state == "waiting"
    assert {order for order, _open in bank.asked} == {Payment.objects.get().order_id}


def test_a_key_sent_again_while_the_bank_was_away_orders_the_same_payment(bank):
    send = over_api(open_obligation())
    bank.trouble = Indefinite()
    assert (send().status_code, send().json()["code"]) == (503, "bank_away")
    bank.trouble = None
    again = send()
    assert (again.status_code, again["Idempotent-Replayed"], again.json()["state"]) == (201, "true", "waiting")
    assert Payment.objects.count() == 1


def test_a_key_with_another_body_is_refused_and_asks_no_bank_again(bank):
    send = over_api(open_obligation())
    assert send().status_code == 201
    answer = send({"return_url": "http://127.0.0.1/elsewhere/"})
    assert (answer.status_code, answer.json()["code"], len(bank.asked)) == (422, "key_reused", 1)


@pytest.mark.parametrize(("way", "status"), [(over_api, 503), (over_page, 422)])
def test_without_a_bank_nothing_begins_and_a_sentence_says_so(settings, way, status):
    settings.KAIXU_SECOND_FACTOR_REQUIRED = settings.KAIXU_SANDBOX_BANK = False
    answer = way(open_obligation())()
    assert (answer.status_code, Payment.objects.count()) == (status, 0)
    with pytest.raises(gateways.PaymentsAway) as raised:
        gateways.choose()
    if status == 503:
        assert (answer.json()["code"], answer.json()["detail"]) == ("payments_away", raised.value.sentence)
