"""Distributions and invoices over HTTP."""

import pytest
from rest_framework.test import APIClient

from foundation.core.money import Money
from settlement.models import Invoice
from tests.factories import income as made
from tests.factories.accounts import finance, member
from tests.factories.settlement import paid_obligation
from tests.settlement.test_invoices import CODE, buyer_of, seller_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def no_second_factor(settings):
    settings.KAIXU_SECOND_FACTOR_REQUIRED = False


def client(membership):
    found = APIClient()
    found.force_login(membership.user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return found


def test_a_distribution_shows_parts_that_make_the_income(monkeypatch):
    case = made.scene(monkeypatch)
    url = f"/api/v1/distributions/{case.distribution.number}/"
    data = client(case.manager).get(url).json()
    assert (data["income"], data["state"], data["lines"][0]["amount"]) == ("100000.00", "computed", "23333.34")
    assert sum(Money.parse(line["amount"]).fen for line in data["lines"]) == 100_000_00
    assert client(case.manager).get("/api/v1/distributions/").json()["results"][0]["number"] == data["number"]
    assert client(member("ip_manager")).get(url).status_code == 404
    assert client(member("inventor", organization=case.university)).get(url).status_code == 403
    assert client(finance()).get(url).status_code == 200


def test_an_invoice_is_asked_for_once_and_issued():
    obligation = paid_obligation(amount=Money(10_600_00))
    buyer, seller = client(buyer_of(obligation)), client(seller_of(obligation))
    body = {"obligations": [obligation.number], "invoice_kind": "special"}
    for _turn in range(2):
        answer = buyer.post("/api/v1/invoices/", body, format="json", headers={"Idempotency-Key": "k-12345678"})
        assert answer.status_code == 201
    assert Invoice.objects.count() == 1
    data = answer.json()
    assert (data["net"], data["vat"], data["gross"]) == ("10000.00", "600.00", "10600.00")
    url = f"/api/v1/invoices/{data['number']}/"
    issue = {"code": CODE, "issued_on": "2026-01-01"}
    assert buyer.post(f"{url}issue/", issue, format="json").status_code == 403
    wrong = seller.post(f"{url}issue/", issue | {"code": "12"}, format="json")
    assert (wrong.status_code, wrong.json()["code"]) == (400, "invalid")
    assert seller.post(f"{url}issue/", issue, format="json").json()["state"] == "issued"
    assert client(member("ip_manager")).get(url).status_code == 404


def test_what_cannot_stand_on_an_invoice_is_refused_over_http():
    first, other = paid_obligation(), paid_obligation()
    buyer = client(buyer_of(first))
    assert buyer.post("/api/v1/invoices/", {"obligations": [other.number]}, format="json").status_code == 404
    assert buyer.post("/api/v1/invoices/", {"obligations": []}, format="json").status_code == 400
    extra = {"obligations": [first.number], "issuer": "x"}
    assert buyer.post("/api/v1/invoices/", extra, format="json").status_code == 400
