"""The public address banks send their messages to."""

import json
import uuid
from datetime import timedelta

import pytest
from django.test import Client
from prometheus_client import REGISTRY

from foundation.audit import invariants
from foundation.audit.models import Event
from foundation.core.clock import machine_now
from settlement.gateways import sandbox
from settlement.models import Case, JournalEntry, ProviderEvent
from tests.factories.settlement import open_obligation, started_payment

pytestmark = pytest.mark.django_db
ADDRESS = "/api/v1/payments/callbacks/sandbox/"


def message(payment, **facts):
    body = {
        "type": "payment.succeeded",
        "order_id": payment.order_id,
        "transaction_id": "T1",
        "amount_fen": payment.amount_fen,
        "currency": "CNY",
        "occurred_at": machine_now().isoformat(),
    }
    return json.dumps(body | facts)


def send(body, event_id=None, at=None, **changed):
    event_id, at = event_id or f"evt_{uuid.uuid4().hex}", at or machine_now()
    headers = {
        "webhook-id": event_id,
        "webhook-timestamp": str(int(at.timestamp())),
        "webhook-signature": sandbox.signer().sign(event_id, at, body),
    } | changed
    headers = {name: value for name, value in headers.items() if value is not None}
    return Client().post(ADDRESS, data=body, content_type="application/json", headers=headers)


def test_a_signed_message_confirms_the_payment():
    payment = started_payment()
    answer = send(message(payment))
    assert (answer.status_code, answer.json()) == (200, {"outcome": "accepted"})
    payment.refresh_from_db()
    assert payment.state == "confirmed"


def test_the_same_message_id_is_answered_again_without_effect():
    payment = started_payment()
    body = message(payment)
    send(body, event_id="evt_1")
    answer = send(body, event_id="evt_1")
    assert (answer.status_code, answer.json()) == (200, {"outcome": "repeated"})
    assert JournalEntry.objects.count() == 1


@pytest.mark.parametrize(
    "changed",
    [
        {"webhook-signature": "v1,AAAA"},
        {"webhook-signature": "v1"},
        {"webhook-signature": ""},
        {"webhook-signature": None},
        {"webhook-id": "evt_other"},
        {"webhook-id": None},
        {"webhook-timestamp": "0"},
        {"webhook-timestamp": "soon"},
        {"webhook-timestamp": None},
    ],
)
def test_a_wrong_signature_is_refused_recorded_and_without_effect(changed):
    payment = started_payment()
    answer = send(message(payment), **changed)
    assert answer.status_code == 401
    assert answer.json()["code"] == "signature_wrong"
    assert (JournalEntry.objects.count(), ProviderEvent.objects.count()) == (0, 0)
    event = Event.objects.get(name="settlement.callback.refused")
    assert (event.subject_number, event.visibility) == ("sandbox", "private")


def test_many_wrong_signatures_are_counted_and_leave_one_event_a_minute():
    payment = started_payment()
    before = REGISTRY.get_sample_value("kaixu_callbacks_refused_total", {"provider": "sandbox"}) or 0
    for _n in range(5):
        assert send(message(payment), **{"webhook-signature": "v1,AAAA"}).status_code == 401
    after = REGISTRY.get_sample_value("kaixu_callbacks_refused_total", {"provider": "sandbox"})
    assert (after - before, Event.objects.filter(name="settlement.callback.refused").count()) == (5, 1)


def test_a_changed_body_is_refused():
    payment = started_payment()
    body, event_id, at = message(payment), "evt_1", machine_now()
    signature = sandbox.signer().sign(event_id, at, body)
    answer = send(body.replace("T1", "T2"), event_id=event_id, at=at, **{"webhook-signature": signature})
    assert answer.status_code == 401


@pytest.mark.parametrize("hours", [-3, 3])
def test_an_old_or_early_signature_is_refused(hours):
    assert send(message(started_payment()), at=machine_now() + timedelta(hours=hours)).status_code == 401


@pytest.mark.parametrize(
    "body",
    [
        "",
        "[]",
        "3",
        "not json",
        '{"type": "payment.succeeded"}',
        '{"type": "something.else"}',
        '{"type": ["payment.succeeded"]}',
        '{"type": "payment.succeeded", "transaction_id": "T1", "amount_fen": "100"}',
        '{"type": "payment.succeeded", "transaction_id": "T1", "amount_fen": 1.5}',
        '{"type": "payment.succeeded", "transaction_id": "T1", "amount_fen": -1}',
        '{"type": "payment.succeeded", "transaction_id": "T1", "amount_fen": 1e309}',
        '{"type": "payment.succeeded", "transaction_id": "T1", "amount_fen": 1, "occurred_at": "yesterday"}',
        '{"type": "payment.succeeded", "transaction_id": "T1", "amount_fen": 1, "occurred_at": "2026-01-01T00:00:00"}',
        '{"type": "payment.succeeded", "transaction_id": "T1\\u0000", "order_id": "a", "amount_fen": 1}',
        '{"type": "payment.succeeded", "transaction_id": "T1", "amount_fen": 99999999999999999999999}',
        "[" * 10_000,
    ],
)
def test_a_signed_message_that_cannot_be_read_is_refused_without_effect(body):
    answer = send(body)
    assert answer.status_code in (400, 401)
    assert JournalEntry.objects.count() == 0


def test_a_huge_message_is_refused():
    assert send(json.dumps({"type": "x" * 100_000})).status_code == 400


def test_the_address_of_a_bank_nobody_knows_does_not_exist():
    assert (
        Client().post("/api/v1/payments/callbacks/other/", data="{}", content_type="application/json").status_code
        == 404
    )


def test_a_get_is_not_a_message():
    assert Client().get(ADDRESS).status_code == 405


def test_a_second_receipt_for_an_unknown_order_is_a_case_of_its_own():
    body = message(started_payment(), order_id="KXnobody")
    second = body.replace('"T1"', '"T2"')
    assert [send(one).json() for one in (body, second, second)] == [
        {"outcome": "case:unknown_payment"},
        {"outcome": "case:unknown_payment"},
        {"outcome": "repeated"},
    ]
    assert Case.objects.count() == 2
    assert invariants.check() == []


def test_an_unknown_order_and_another_amount_become_cases():
    payment = started_payment(open_obligation())
    assert send(message(payment, order_id="KXnobody")).json() == {"outcome": "case:unknown_payment"}
    assert send(message(payment, transaction_id="T2", amount_fen=1)).json() == {"outcome": "case:amount_differs"}
    assert sorted(Case.objects.values_list("kind", flat=True)) == ["amount_differs", "unknown_payment"]
