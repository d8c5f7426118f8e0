"""The sandbox bank: its page, its interface, its books."""

import json
import uuid

import pytest
from django.test import Client

from foundation.core.errors import Invalid
from sandboxbank import payouts, scenarios, services, signing
from sandboxbank.models import Message, Movement, Order
from sandboxbank.services import NothingToReturn, OrderDiffers

pytestmark = pytest.mark.django_db
NOTIFY = "http://127.0.0.1:1/callbacks/"


def order(order_id="KX12345678", fen=500_00, **facts):
    return services.create_order(order_id=order_id, amount_fen=fen, subject="License", notify_url=NOTIFY, **facts)


def signed(path, data, method="post"):
    body = "" if data is None else json.dumps(data)
    headers = signing.headers(body, f"msg_{uuid.uuid4().hex}")
    return getattr(Client(), method)(
        f"/sandbox-bank/api/{path}", data=body, content_type="application/json", headers=headers
    )


def test_an_order_is_taken_once():
    assert order().pk == order().pk
    with pytest.raises(OrderDiffers):
        order(fen=1)


def test_paying_books_the_amount_and_notes_the_messages_without_sending():
    [movement] = services.pay(order=order())
    assert (movement.amount_fen, Order.objects.get().status) == (500_00, "paid")
    types = list(Message.objects.order_by("next_try_at").values_list("body__type", flat=True))
    assert types == ["payment.processing", "payment.succeeded"]


def test_a_paid_order_is_not_paid_again():
    made = order()
    services.pay(order=made)
    services.pay(order=made)
    assert (Movement.objects.count(), Message.objects.count()) == (1, 2)


def test_a_failed_order_can_be_paid_afterwards():
    made = order()
    assert services.pay(order=made, scenario="failing") == []
    assert Order.objects.get().status == "failed"
    assert len(services.pay(order=made)) == 1


@pytest.mark.parametrize(("scenario", "delay"), [("nonsense", 0), ("normal", -1), ("normal", 3601)])
def test_an_unknown_way_to_pay_is_refused(scenario, delay):
    with pytest.raises(Invalid):
        services.pay(order=order(), scenario=scenario, delay_seconds=delay)


def test_refunds_never_exceed_the_payment_and_happen_once_per_id():
    [movement] = services.pay(order=order())
    facts = {"transaction_id": movement.movement_id, "notify_url": NOTIFY}
    first = services.refund(refund_id="RF1", amount_fen=300_00, **facts)
    assert services.refund(refund_id="RF1", amount_fen=300_00, **facts).pk == first.pk
    for refund_id, fen, problem in (
        ("RF1", 1, OrderDiffers),
        ("RF2", 200_01, NothingToReturn),
        ("RF3", 0, NothingToReturn),
    ):
        with pytest.raises(problem):
            services.refund(refund_id=refund_id, amount_fen=fen, **facts)
    with pytest.raises(NothingToReturn):
        services.refund(refund_id="RF4", amount_fen=1, transaction_id="T0", notify_url=NOTIFY)


def test_payouts_happen_once_per_id():
    facts = {"account": "6222 0000", "amount_fen": 5}
    assert payouts.payout(payout_id="PO1", **facts).pk == payouts.payout(payout_id="PO1", **facts).pk
    with pytest.raises(OrderDiffers):
        payouts.payout(payout_id="PO1", account="6222 0001", amount_fen=5)


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_the_page_shows_amount_and_every_scenario(language):
    page = Client().get("/sandbox-bank/orders/" + order().order_id + "/", headers={"accept-language": language})
    text = page.content.decode()
    assert "¥500.00" in text
    assert all(f'value="{scenario}"' in text for scenario in scenarios.SCENARIOS)


def test_the_page_of_no_order_does_not_exist():
    assert Client().get("/sandbox-bank/orders/KXnothing/").status_code == 404


def test_the_page_refuses_an_unknown_scenario():
    made = order()
    answer = Client().post(f"/sandbox-bank/orders/{made.order_id}/", {"scenario": "x"})
    assert (answer.status_code, Movement.objects.count()) == (422, 0)


def test_the_page_needs_the_token_of_the_form():
    made = order()
    answer = Client(enforce_csrf_checks=True).post(f"/sandbox-bank/orders/{made.order_id}/", {"scenario": "normal"})
    assert (answer.status_code, Movement.objects.count()) == (403, 0)


def test_whoever_knows_the_order_pays_it_over_the_interface():
    made = order()
    address = f"/sandbox-bank/api/orders/{made.order_id}/payments/"
    answer = Client().post(address, data={"scenario": "twice", "delay_seconds": 5}, content_type="application/json")
    assert answer.status_code == 201
    shown = answer.json()
    assert (shown["status"], [one["amount_fen"] for one in shown["movements"]]) == ("paid", [500_00, 500_00])
    assert Client().get(f"/sandbox-bank/api/orders/{made.order_id}/details/").json()["status"] == "paid"


@pytest.mark.parametrize(
    "body",
    [
        {"scenario": "x"},
        {"scenario": ["normal"]},
        {"delay_seconds": -1},
        {"delay_seconds": 99999},
        {"amount_fen": 1},
        [],
    ],
)
def test_a_wrong_body_is_refused_beside_its_field(body):
    made = order()
    answer = Client().post(
        f"/sandbox-bank/api/orders/{made.order_id}/payments/", data=json.dumps(body), content_type="application/json"
    )
    assert (answer.status_code, Movement.objects.count()) == (400, 0)


def test_merchants_sign_their_requests():
    data = {"order_id": "KXabcdefgh", "amount_fen": 1, "subject": "x", "notify_url": NOTIFY}
    plain = Client().post("/sandbox-bank/api/orders/", data=data, content_type="application/json")
    assert (plain.status_code, Order.objects.count()) == (401, 0)
    answer = signed("orders/", data)
    assert (answer.status_code, answer.json()["pay_url"].endswith("/sandbox-bank/orders/KXabcdefgh/")) == (201, True)
    for path in ("orders/KXabcdefgh/", "statement/"):
        assert Client().get(f"/sandbox-bank/api/{path}").status_code == 401


@pytest.mark.parametrize(
    "changed",
    [{"order_id": "../x"}, {"order_id": "a\x00bcdefghi"}, {"amount_fen": 0}, {"amount_fen": 1.5}, {"amount_fen": 2**63},
     {"currency": "USD"}, {"notify_url": "ftp//x"}, {"subject": ""}, {"more": 1}],
)  # fmt: skip
def test_a_wrong_order_is_refused(changed):
    data = {"order_id": "KXabcdefgh", "amount_fen": 1, "subject": "x", "notify_url": NOTIFY} | changed
    assert (signed("orders/", data).status_code, Order.objects.count()) == (400, 0)
