"""What the bank does: takes orders, books play money, notes the messages it owes. Nothing is sent from here."""

import uuid
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from foundation.core.clock import database_now, machine_now
from foundation.core.errors import DomainError, Invalid
from foundation.core.locking import lock_rows
from sandboxbank.models import Message, Movement, Order
from sandboxbank.scenarios import SCENARIOS, Scenario

STEP = timedelta(milliseconds=1)  # keeps the order of messages
DAY = timedelta(days=1)
LONGEST_DELAY = 3600  # seconds


class OrderDiffers(DomainError):
    """The merchant's id was used for something else."""

    code = "order_differs"
    message = _("This id was used for another order.")


class NothingToReturn(DomainError):
    """A refund of money that is not here."""

    code = "nothing_to_return"
    message = _("There is no such payment, or less of it is left.")


def new_id(prefix: str) -> str:
    """An id that the bank gives."""
    return f"{prefix}{uuid.uuid4().hex[:20].upper()}"


@transaction.atomic
def create_order(*, order_id: str, amount_fen: int, **facts: Any) -> Order:
    """Take an order, once per merchant's id. Raises OrderDiffers for the same id with another amount."""
    order, made = Order.objects.get_or_create(order_id=order_id, defaults={"amount_fen": amount_fen, **facts})
    if not made and (order.amount_fen != amount_fen or order.notify_url != facts["notify_url"]):
        raise OrderDiffers()
    return order


@transaction.atomic
def pay(*, order: Order, scenario: str = Scenario.NORMAL, delay_seconds: int = 0) -> list[Movement]:
    """The payer pays, the way the scenario says; the movements that were booked (none when the bank refuses).

    An order that is paid already is not paid again. Raises Invalid for an unknown scenario or delay.
    """
    if scenario not in SCENARIOS:
        raise Invalid(_("Choose how to pay."), field="scenario")
    if not 0 <= delay_seconds <= LONGEST_DELAY:
        raise Invalid(_("At most one hour."), field="delay_seconds")
    order = lock_rows(order)
    if order.status == Order.State.PAID:
        return list(order.movements.filter(kind=Movement.Kind.PAYMENT))
    row, now = SCENARIOS[scenario], database_now()
    booked_at = max(now, order.expires_at or now) + DAY if row.after_deadline else now
    short = row.wrong_by if order.amount_fen > row.wrong_by else -row.wrong_by
    movements = [
        Movement.objects.create(
            movement_id=new_id("T"),
            kind=Movement.Kind.PAYMENT,
            order=order,
            amount_fen=order.amount_fen - short,
            currency=order.currency,
            booked_at=booked_at,
        )
        for _n in range(row.receipts)
    ]
    order.status = Order.State.PAID if movements else Order.State.FAILED
    order.save(update_fields=["status"])
    bodies = [payment_message(order, "payment.processing", None, now)]
    bodies += [payment_message(order, "payment.succeeded", movement) for movement in movements]
    if not movements:
        bodies.append(payment_message(order, "payment.failed", None, now))
    if row.reversed_order:
        bodies.reverse()
    note_messages(order.notify_url, bodies, machine_now() + timedelta(seconds=row.wait + delay_seconds), row.copies)
    return movements


def payment_message(order: Order, kind: str, movement: Movement | None, at: datetime | None = None) -> dict[str, Any]:
    """The body of a message about an order."""
    return {
        "type": kind,
        "order_id": order.order_id,
        "transaction_id": movement.movement_id if movement else "",
        "amount_fen": movement.amount_fen if movement else order.amount_fen,
        "currency": order.currency,
        "occurred_at": (movement.booked_at if movement else at or database_now()).isoformat(),
        "problem": "declined by the payer's bank" if kind == "payment.failed" else "",
    }


def refund_message(movement: Movement) -> dict[str, Any]:
    """The body of a message about a refund."""
    return {
        "type": "refund.succeeded",
        "refund_id": movement.request_id,
        "transaction_id": movement.movement_id,
        "amount_fen": movement.amount_fen,
        "currency": movement.currency,
        "occurred_at": movement.booked_at.isoformat(),
    }


def note_messages(url: str, bodies: list[dict], first: datetime, copies: int = 1) -> None:
    """Owe a merchant these messages, in this order, from a moment on."""
    rows = []
    for place, body in enumerate(bodies):
        event_id = new_id("evt_")
        rows += [
            Message(event_id=event_id, url=url, body=body, next_try_at=first + STEP * place) for _n in range(copies)
        ]
    Message.objects.bulk_create(rows)


@transaction.atomic
def refund(*, refund_id: str, transaction_id: str, amount_fen: int, notify_url: str, **facts: Any) -> Movement:
    """Send money back to its payer, once per merchant's id. Raises NothingToReturn, OrderDiffers."""
    payment = Movement.objects.filter(movement_id=transaction_id, kind=Movement.Kind.PAYMENT).first()
    if payment is None:
        raise NothingToReturn()
    payment = lock_rows(payment)
    earlier = Movement.objects.filter(request_id=refund_id).first()
    if earlier is not None:
        if (earlier.returns_id, earlier.amount_fen) != (payment.pk, amount_fen):
            raise OrderDiffers()
        return earlier
    left = payment.amount_fen - refund_of(payment)
    if not 0 < amount_fen <= left:
        raise NothingToReturn()
    movement = Movement.objects.create(
        movement_id=new_id("R"),
        kind=Movement.Kind.REFUND,
        order=payment.order,
        returns=payment,
        request_id=refund_id,
        amount_fen=amount_fen,
        currency=payment.currency,
        booked_at=database_now(),
    )
    note_messages(notify_url, [refund_message(movement)], machine_now())
    return movement


def refund_of(payment: Movement) -> int:
    """How much of a payment went back, in fen."""
    return sum(one.amount_fen for one in payment.refunds.all())
