"""The pages about refund requests, disputes and the own books, in both languages."""

import pytest

from foundation.core.money import Money
from settlement.models import Dispute, OwnEntry, RefundRequest, Sweep
from settlement.services import dispute_outcomes, disputes, refund_requests
from tests.factories.accounts import finance, member, officer
from tests.factories.settlement import paid_obligation
from tests.settlement.browsing import browser, page_of
from tests.settlement.test_own_books import own_fees

pytestmark = pytest.mark.django_db
BOTH = pytest.mark.parametrize("language", ["zh-hans", "en"])


@pytest.fixture(autouse=True)
def no_second_factor(settings):
    settings.KAIXU_SECOND_FACTOR_REQUIRED = False


def token(client, path, name="form"):
    return client.get(path).context[name]["form_token"].value()


@BOTH
def test_the_payer_asks_back_and_finance_grants(language):
    obligation = paid_obligation()
    payer = browser(member("licensing_user", organization=obligation.debtor), language)
    path = f"{page_of(obligation)}refund-requests/"
    assert "¥1,000.00" in payer.get(path).content.decode()
    assert payer.post(path, {"kind": "breach", "amount": "2000", "text": "x"}).status_code == 422
    answer = payer.post(path, {"kind": "breach", "amount": "300", "text": "没有交付。"})
    request = RefundRequest.objects.get()
    assert (answer.status_code, answer["Location"]) == (303, request.get_absolute_url())
    desk = browser(finance(), language)
    assert "没有交付" in desk.get(request.get_absolute_url()).content.decode()
    assert payer.post(f"{request.get_absolute_url()}grant/", {"granted": "300", "opinion": "x"}).status_code == 403
    assert desk.post(f"{request.get_absolute_url()}grant/", {"granted": "300", "opinion": "属实"}).status_code == 303
    request.refresh_from_db()
    assert request.state == "approved"
    assert request.number in payer.get("/finance/refund-requests/").content.decode()


def test_finance_refuses_with_reasons():
    obligation = paid_obligation()
    payer = member("licensing_user", organization=obligation.debtor)
    request = refund_requests.ask_back(obligation=obligation, kind="other", amount=Money(1), text="x", actor=payer)
    desk = browser(finance())
    assert desk.post(f"{request.get_absolute_url()}refuse/", {"opinion": ""}).status_code == 422
    assert desk.post(f"{request.get_absolute_url()}refuse/", {"opinion": "No ground."}).status_code == 303
    request.refresh_from_db()
    assert request.state == "refused"


@BOTH
def test_both_sides_settle_a_dispute_on_its_page(language):
    obligation = paid_obligation()
    payer = browser(member("licensing_user", organization=obligation.debtor), language)
    payee = browser(member("ip_manager", organization=obligation.creditor), language)
    assert payer.get(f"{page_of(obligation)}disputes/").status_code == 200
    payer.post(f"{page_of(obligation)}disputes/", {"amount": "400", "claim": "未交付技术资料。"})
    dispute = Dispute.objects.get()
    path = dispute.get_absolute_url()
    assert "¥400.00" in payee.get(path).content.decode()
    assert payee.post(f"{path}answer/", {"answer": "已部分交付。"}).status_code == 303
    assert payer.post(f"{path}offer/", {"back": "500", "text": ""}).status_code == 422
    assert payer.post(f"{path}offer/", {"back": "100", "text": "各让一步"}).status_code == 303
    offer = dispute.offers.get()
    assert "100.00" in payee.get(path).content.decode()
    assert payee.post(f"{path}offers/{offer.pk}/agree/").status_code == 303
    dispute.refresh_from_db()
    assert (dispute.state, dispute.back) == ("settled", Money(100_00))
    assert dispute.number in payer.get("/finance/disputes/").content.decode()


def test_a_stranger_sees_no_dispute_and_a_mediator_sees_every_one():
    obligation = paid_obligation()
    payer = member("licensing_user", organization=obligation.debtor)
    dispute = disputes.open_dispute(obligation=obligation, amount=Money(1), claim="x", actor=payer)
    path = dispute.get_absolute_url()
    assert browser(member("owner")).get(path).status_code == 404
    assert browser(member("inventor", organization=obligation.debtor)).get(path).status_code == 403
    assert browser(officer()).get(path).status_code == 200
    made = dispute_outcomes.offer(dispute=dispute, back=Money(1), text="", actor=payer)
    assert browser(officer()).post(f"{path}offers/{made.pk}/agree/").status_code == 403
    assert browser(officer()).post(f"{path}offers/{made.pk}/nothing/").status_code == 404


@BOTH
def test_own_fees_are_swept_and_charges_booked(language):
    own_fees()
    client = browser(finance(), language)
    assert "¥106.00" in client.get("/finance/own-books/").content.decode()
    sent = {"form_token": token(client, "/finance/own-books/", "sweep_form")}
    assert [client.post("/finance/own-books/sweeps/", sent).status_code for _n in range(2)] == [303, 303]
    assert Sweep.objects.count() == 1
    sent = {"kind": "charge", "amount": "12.00", "text": "十一月", "form_token": token(client, "/finance/own-books/")}
    assert [client.post("/finance/own-books/entries/", sent).status_code for _n in range(2)] == [303, 303]
    assert OwnEntry.objects.get().state == "posted"


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"amount": "0.001"}, "amount"),
        ({"amount": ""}, "amount"),
        ({"kind": "reversal", "target": "L-99999999"}, "target"),
        ({"text": ""}, "text"),
        ({"value_date": "2999-01-01"}, "value_date"),
        ({"kind": "reversal", "target": "９x"}, "target"),
    ],
)
def test_a_wrong_entry_is_said_beside_its_field(wrong, field):
    client = browser(finance())
    sent = {"kind": "charge", "amount": "1", "text": "x", "form_token": "abcdefghijkl", **wrong}
    answer = client.post("/finance/own-books/entries/", sent)
    assert (answer.status_code, OwnEntry.objects.count()) == (422, 0)
    assert field in answer.context["form"].errors
