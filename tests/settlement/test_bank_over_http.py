"""Payment and refund through the sandbox bank, over HTTP both ways; no service of ours is called by the bank."""

from urllib.parse import urlsplit

import pytest
from django.test import Client

from foundation.core.actors import SYSTEM
from foundation.core.clock import database_now, local_date
from foundation.core.money import Money
from sandboxbank import sending
from sandboxbank.models import Message, Movement, Order
from settlement import clock, gateways, queries, services
from settlement.gateways.base import Indefinite
from settlement.models import Case, Payment, Refund
from tests.factories.accounts import member
from tests.factories.settlement import open_obligation

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def bank(live_server, settings):
    """Both sides answer at the live server."""
    settings.KAIXU_PUBLIC_URL = settings.KAIXU_SANDBOX_BANK_URL = live_server.url
    return live_server.url


def ordered(obligation=None):
    obligation = obligation or open_obligation()
    payer = member("licensing_user", organization=obligation.debtor)
    return services.start_payment(obligation=obligation, actor=payer, key="one-click-only")


def pay_at_bank(payment, scenario="normal"):
    answer = Client().post(urlsplit(payment.redirect_url).path, {"scenario": scenario})
    assert (answer.status_code, answer["Location"]) == (303, payment.return_url)


def let_bank_send():
    """Send everything the bank owes, in the order it would leave."""
    while Message.objects.filter(delivered_at=None).exists():
        due = Message.objects.filter(delivered_at=None).order_by("next_try_at", "pk").first()
        Message.objects.filter(pk=due.pk).update(next_try_at=database_now())
        assert sending.send_due(limit=1) == 1


def let_refunds_run():
    Refund.objects.update(next_try_at=database_now())
    clock.pursue_refunds()
    let_bank_send()


def state_of(payment):
    payment.refresh_from_db()
    payment.obligation.refresh_from_db()
    return payment.state, payment.obligation.state


def test_the_bank_is_told_the_order_and_shows_its_page():
    payment = ordered()
    assert payment.state == "waiting"
    order = Order.objects.get(order_id=payment.order_id)
    assert (order.amount_fen, order.status) == (1_000_00, "open")
    page = Client().get(urlsplit(payment.redirect_url).path, headers={"accept-language": "en"})
    assert page.status_code == 200
    assert "¥1,000.00" in page.content.decode()
    assert "Play money only." in page.content.decode()


def test_starting_again_gives_the_same_order():
    payment = ordered()
    assert ordered(payment.obligation).pk == payment.pk
    assert Order.objects.count() == 1


def test_a_normal_payment_is_confirmed_by_the_banks_message():
    payment = ordered()
    pay_at_bank(payment)
    assert state_of(payment) == ("waiting", "open")
    let_bank_send()
    assert state_of(payment) == ("confirmed", "paid")
    assert queries.held_for(payment.obligation.creditor) == Money(1_000_00)


@pytest.mark.parametrize(
    ("scenario", "states", "held", "back"),
    [
        ("delay", ("confirmed", "paid"), 1_000_00, 0),
        ("late", ("turned_back", "open"), 0, 1_000_00),
        ("twice", ("confirmed", "paid"), 1_000_00, 1_000_00),
        ("out_of_order", ("confirmed", "paid"), 1_000_00, 0),
        ("wrong_amount", ("clarify", "open"), 0, 0),
        ("failing", ("failed", "open"), 0, 0),
    ],
)
def test_whatever_goes_wrong_the_money_is_where_it_belongs(scenario, states, held, back):
    payment = ordered()
    pay_at_bank(payment, scenario)
    let_bank_send()
    assert state_of(payment) == states
    let_refunds_run()
    assert queries.held_for(payment.obligation.creditor) == Money(held)
    refunds = Movement.objects.filter(kind="refund")
    assert sum(one.amount_fen for one in refunds) == back
    assert list(Refund.objects.values_list("state", flat=True)) == ["done"] * len(refunds)
    assert queries.equation().difference == Money(0)
    booked = sum(one.amount_fen if one.kind == "payment" else -one.amount_fen for one in Movement.objects.all())
    assert queries.balance("1001") == Money(booked)
    assert Case.objects.count() == (scenario == "wrong_amount")


def test_a_bank_that_does_not_answer_costs_nothing_and_is_asked_again(settings, bank):
    settings.KAIXU_SANDBOX_BANK_URL = "http://127.0.0.1:9"
    obligation = open_obligation()
    with pytest.raises(Indefinite):
        ordered(obligation)
    assert Payment.objects.get().state == "started"
    settings.KAIXU_SANDBOX_BANK_URL = bank
    payment = ordered(obligation)
    assert (payment.state, Payment.objects.count(), Order.objects.count()) == ("waiting", 1, 1)


def test_a_payment_whose_message_never_came_is_found_by_asking():
    payment = ordered()
    pay_at_bank(payment)
    Message.objects.all().delete()
    Payment.objects.update(next_check_at=database_now())
    assert clock.ask_about_payments() == 1
    assert state_of(payment) == ("confirmed", "paid")


def test_the_banks_own_message_after_our_question_has_no_second_effect():
    payment = ordered()
    pay_at_bank(payment)
    assert services.ask_about(payment=payment) == "accepted"
    let_bank_send()
    assert queries.balance("1001") == Money(1_000_00)


def test_a_message_that_is_refused_is_sent_again():
    payment = ordered()
    pay_at_bank(payment)
    Message.objects.filter(body__type="payment.processing").delete()
    message = Message.objects.get()
    Message.objects.update(url=message.url.replace("sandbox", "nobody"), next_try_at=database_now())
    assert sending.send_due() == 0
    waiting = Message.objects.get()
    assert (waiting.delivered_at, waiting.tries, waiting.last_answer) == (None, 1, "404")
    Message.objects.update(url=message.url, next_try_at=database_now())
    assert sending.send_due() == 1
    assert state_of(payment) == ("confirmed", "paid")


def test_the_banks_statement_equals_the_ledger():
    payment = ordered()
    pay_at_bank(payment, "twice")
    let_bank_send()
    let_refunds_run()
    lines = gateways.choose().statement(day=local_date(database_now()))
    assert sum((line.amount for line in lines), Money(0)) == queries.balance("1001")
    assert sorted(line.amount.fen for line in lines) == [-1_000_00, 1_000_00, 1_000_00]


def test_a_refund_that_was_cut_off_after_the_bank_took_it_moves_money_once():
    payment = ordered()
    pay_at_bank(payment)
    let_bank_send()
    payment.refresh_from_db()
    refund = services.refund_obligation(obligation=payment.obligation, actor=SYSTEM, reason="x")
    gateways.choose().refund(refund_id=refund.number, transaction_id=payment.transaction_id, amount=refund.amount)
    Refund.objects.update(tries=1)
    let_refunds_run()
    assert Movement.objects.filter(kind="refund").count() == 1
    assert state_of(payment) == ("confirmed", "refunded")
    assert queries.balance("1001") == Money(0)
