"""The pages of invoices, for buyer and seller, in both languages."""

import pytest

from foundation.core.actors import CLOCK
from foundation.core.money import Money
from settlement import services
from settlement.models import Invoice
from settlement.services import red_letters
from tests.factories.accounts import finance, member
from tests.factories.settlement import paid_obligation
from tests.settlement.browsing import browser, payee_of, payer_of
from tests.settlement.test_invoices import CODE, issued, requested

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def no_second_factor(settings):
    settings.KAIXU_SECOND_FACTOR_REQUIRED = False


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_an_invoice_is_asked_for_and_noted_through_the_pages(language):
    obligation = paid_obligation(amount=Money(10_600_00))
    buyer = browser(member("licensing_user", organization=obligation.debtor), language)
    seller = browser(member("ip_manager", organization=obligation.creditor), language)
    assert obligation.number in buyer.get("/finance/invoices/").content.decode()
    assert buyer.get(f"/finance/invoices/new/?obligation={obligation.number}").status_code == 200
    asked = {"obligations": [obligation.number], "kind": "special"}
    assert buyer.post("/finance/invoices/new/", asked | {"obligations": []}).status_code == 422
    assert buyer.post("/finance/invoices/new/", asked | {"uscc": "1234"}).status_code == 422
    assert buyer.post("/finance/invoices/new/", asked | {"registration_number": "X1"}).status_code == 422
    url = buyer.post("/finance/invoices/new/", asked)["Location"]
    assert "¥10,000.00" in buyer.get(url).content.decode()
    assert buyer.post(url, {"code": CODE, "issued_on": "2026-01-01"}).status_code == 403
    assert seller.post(url, {"code": "12", "issued_on": "2026-01-01"}).status_code == 422
    assert seller.post(url, {"code": CODE, "issued_on": "2026-01-01"}).status_code == 303
    assert seller.post(f"{url}sent/").status_code == 303
    assert Invoice.objects.get().state == "sent"
    pdf = buyer.get(f"{url}record.pdf")
    assert (pdf["Content-Type"], pdf.content[:5]) == ("application/pdf", b"%PDF-")


def test_a_double_click_asks_once():
    obligation = paid_obligation()
    buyer = payer_of(obligation)
    asked = {"obligations": [obligation.number], "kind": "ordinary", "form_token": "a-token-of-this-form"}
    first = buyer.post("/finance/invoices/new/", asked)
    again = buyer.post("/finance/invoices/new/", asked)
    assert first["Location"].startswith("/finance/invoices/")
    assert again.status_code in (303, 422)  # the payment is not offered any more, or the first answer comes again
    assert Invoice.objects.count() == 1


def test_others_find_nothing():
    obligation = paid_obligation()
    url = f"/finance/invoices/{requested(obligation).number}/"
    stranger = browser(member("ip_manager"))
    for path in (url, f"{url}record.pdf"):
        assert stranger.get(path).status_code == 404
    for path in (url, f"{url}sent/", f"{url}withdraw/"):
        assert stranger.post(path).status_code == 404
    assert browser(finance()).get(url).status_code == 200
    assert payee_of(obligation).get(url).status_code == 200


def test_a_request_is_withdrawn_and_not_sent():
    obligation = paid_obligation()
    url = f"/finance/invoices/{requested(obligation).number}/"
    buyer = payer_of(obligation)
    assert buyer.post(f"{url}sent/").status_code == 403
    assert payee_of(obligation).post(f"{url}sent/").status_code == 303  # says why not
    assert Invoice.objects.get().state == "requested"
    buyer.post(f"{url}withdraw/")
    assert Invoice.objects.get().state == "withdrawn"


def test_a_red_letter_is_shown_with_what_it_takes_back():
    obligation = paid_obligation(amount=Money(1_060_00))
    blue = issued(obligation)
    services.refund(payment=obligation.payments.get(), amount=Money(1_060_00), actor=CLOCK, reason="x")
    [red] = red_letters.follow_refund(obligation=obligation, reason="协商退款")
    seller = payee_of(obligation)
    text = seller.get(f"/finance/invoices/{red.number}/").content.decode()
    assert blue.number in text
    assert "-¥1,060.00" in text or "−¥1,060.00" in text
    assert seller.get(f"/finance/invoices/{red.number}/record.pdf").content[:5] == b"%PDF-"
    seller.post(f"/finance/invoices/{red.number}/", {"code": CODE[:-1] + "1", "issued_on": "2026-01-01"})
    blue.refresh_from_db()
    assert blue.state == "red_reversed"


def test_the_rules_of_tax_and_fees_are_shown():
    text = browser(member("licensing_user")).get("/finance/rules/").content.decode()
    assert "6 %" in text
    assert "0.03 %" in text
