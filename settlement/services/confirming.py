"""What a message of the bank does. Each message has one effect, each receipt of money one row and one entry."""

from collections.abc import Callable
from datetime import datetime

from django.db import IntegrityError, connection, transaction
from psycopg2.extras import Json

from foundation import audit
from foundation.core.actors import SYSTEM
from foundation.core.clock import database_now
from foundation.core.crashes import crash_point
from foundation.core.errors import StateChanged
from foundation.core.locking import lock_rows
from settlement import chart, ledger
from settlement.gateways import base
from settlement.gateways.base import BankEvent
from settlement.lifecycle import ObligationState
from settlement.models import Case, Obligation, Payment, ProviderEvent
from settlement.services import allocating, payouts, refunding, sending

CLAIM = """
INSERT INTO settlement_providerevent (provider, event_id, type, body, outcome, received_at)
VALUES (%s, %s, %s, %s, '', app_now()) ON CONFLICT (provider, event_id) DO NOTHING
"""
REPEATED, IGNORED, ACCEPTED = "repeated", "ignored", "accepted"
LATE, DUPLICATE = "late", "duplicate"


@transaction.atomic
def take_event(*, provider: str, event: BankEvent) -> str:
    """Carry out a verified message of a bank, once; what was done: "accepted", "repeated", "refunded:late",
    "refunded:duplicate", "case:amount_differs", "case:unknown_payment", "failed", "ignored".

    A twin that arrives at the same time waits. Raises Busy or StateChanged where something else is under way: the bank
    sends the message again.
    """
    if not _claim(provider, event):
        return REPEATED
    crash_point("settlement.callback.claimed")
    outcome = ROUTES[event.type](provider, event)
    ProviderEvent.objects.filter(provider=provider, event_id=event.event_id).update(outcome=outcome[:60])
    crash_point("settlement.callback.booked")
    return outcome


def _claim(provider: str, event: BankEvent) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(CLAIM, [provider, event.event_id, event.type, Json(dict(event.body))])
        return cursor.rowcount == 1


def _payment(provider: str, event: BankEvent) -> Payment | None:
    found = Payment.objects.filter(provider=provider, order_id=event.order_id, duplicate_of=None).first()
    return found and lock_rows(found)


def _processing(provider: str, event: BankEvent) -> str:
    """The bank works on it: nothing to do, and never a step back."""
    return IGNORED


def _failed(provider: str, event: BankEvent) -> str:
    payment = _payment(provider, event)
    if payment is None or not payment.permits("wait"):
        return IGNORED
    audit.advance(payment, "fail", actor=SYSTEM, reason=event.problem, parties=[payment.obligation.debtor_id])
    return "failed"


def _succeeded(provider: str, event: BankEvent) -> str:
    payment = _payment(provider, event)
    if Payment.objects.filter(provider=provider, transaction_id=event.transaction_id).exists():
        return REPEATED
    now = database_now()
    if payment is None:
        payment = _receive(_new_row(provider, event), event, now)
        return _clarify(payment, Case.Kind.UNKNOWN_PAYMENT, now)
    if payment.transaction_id is not None:
        again = _receive(_new_row(provider, event, first=payment), event, now)
        if payment.obligation_id is None:  # more money for an order that nobody knows
            return _clarify(again, Case.Kind.UNKNOWN_PAYMENT, now)
        return _turn_back(again, DUPLICATE, now)
    payment = _receive(payment, event, now)
    if payment.received != payment.amount and not payment.obligation.purpose_row.partial:
        return _clarify(payment, Case.Kind.AMOUNT_DIFFERS, now)
    return _credit(payment, now)


def _new_row(provider: str, event: BankEvent, first: Payment | None = None) -> Payment:
    """A row for money that no attempt of ours waited for."""
    return Payment(
        obligation=first and first.obligation,
        duplicate_of=first,
        key=f"receipt:{event.transaction_id}",
        provider=provider,
        order_id=event.order_id or event.transaction_id,
        amount_fen=first.amount_fen if first else event.amount.fen,
        currency=event.amount.currency,
    )


def _receive(payment: Payment, event: BankEvent, now: datetime) -> Payment:
    payment.transaction_id, payment.received_fen = event.transaction_id, event.amount.fen
    payment.paid_at = event.occurred_at or now
    try:
        with transaction.atomic():
            payment.save()
    except IntegrityError as error:  # a twin about the same unknown order or receipt was first
        raise StateChanged() from error
    return payment


def _credit(payment: Payment, now: datetime) -> str:
    """The right amount for what is owed: credited, or sent back when it came too late or is not wanted.

    What was paid in time counts as of then, though the message came later, even after the deadline was noted as
    missed. The owner of the purpose locks its objects first, then the obligation is locked: the same order as
    everywhere else.
    """
    obligation = payment.obligation
    if not _waits_for(payment, obligation):
        return _turn_back(payment, _why_closed(obligation), now)
    if payment.paid_at >= obligation.due_at and not obligation.purpose_row.late:
        return _turn_back(payment, LATE, now)
    if not allocating.fits(obligation, payment.received, payment.paid_at):
        return _clarify(payment, Case.Kind.AMOUNT_DIFFERS, now)
    try:
        book_receipt(payment, obligation, now)
    except allocating.OwnerRefused as error:
        obligation = Obligation.objects.get(pk=obligation.pk)
        closed = not _waits_for(payment, obligation)
        return _turn_back(payment, _why_closed(obligation) if closed else error.extra["reason"], now)
    return ACCEPTED


def _waits_for(payment: Payment, obligation: Obligation) -> bool:
    """Open, or given up although the bank had booked the money before the deadline: who paid in time loses nothing."""
    if obligation.state == ObligationState.EXPIRED:
        return payment.paid_at is not None and payment.paid_at < obligation.due_at
    return obligation.state == ObligationState.OPEN


def _why_closed(obligation: Obligation) -> str:
    late = (ObligationState.EXPIRED, ObligationState.CANCELLED)
    return LATE if obligation.state in late else DUPLICATE


def book_receipt(payment: Payment, obligation: Obligation, now: datetime) -> None:
    """Hold the money that a rail brought in escrow. Raises what `allocating.take_in` raises."""
    source = allocating.Source(
        line=ledger.debit(chart.BANK, payment.received, ref=obligation),
        kind=obligation.purpose_row.received,
        key=f"payment:{payment.pk}:received",
        paid_at=payment.paid_at,
        payment=payment,
    )
    made = allocating.take_in(
        obligation=obligation,
        amount=payment.received,
        source=source,
        key=f"payment:{payment.pk}:credited",
        actor=SYSTEM,
        now=now,
    )
    audit.advance(
        payment,
        "confirm",
        actor=SYSTEM,
        parties=obligation.party_ids,
        now=now,
        data={"amount": payment.received, "obligation": obligation.number},
        set={"obligation_id": made.obligation_id},
    )


def _book_unidentified(payment: Payment) -> None:
    payer = payment.obligation.debtor_id if payment.obligation_id else None
    ledger.post(
        kind="receipt_unidentified",
        key=f"payment:{payment.pk}:received",
        lines=[
            ledger.debit(chart.BANK, payment.received, ref=payment),
            ledger.credit(chart.UNIDENTIFIED, payment.received, ref=payment),
        ],
        ref=payment.obligation.ref if payer else payment,
        actor=SYSTEM,
    )


def _clarify(payment: Payment, kind: str, now: datetime) -> str:
    """Somebody has to look: no license comes of it."""
    _book_unidentified(payment)
    audit.advance(
        payment,
        "clarify",
        actor=SYSTEM,
        parties=payment.party_ids,
        now=now,
        set={"reason": kind},
        data={"amount": payment.received, "owed": payment.amount},
    )
    case = Case.objects.create(kind=kind, payment=payment)
    audit.record(
        "settlement.case.opened",
        subject=case,
        actor=SYSTEM,
        visibility="private",
        now=now,
        data={"kind": kind, "amount": payment.received, "transaction": payment.transaction_id},
    )
    return f"case:{kind}"


def _turn_back(payment: Payment, reason: str, now: datetime) -> str:
    """Money that may not stay goes back whole, through the ledger."""
    _book_unidentified(payment)
    obligation = payment.obligation
    audit.advance(
        payment,
        "turn_back",
        actor=SYSTEM,
        parties=[obligation.debtor_id],
        now=now,
        set={"reason": reason[:60]},
        data={"amount": payment.received, "obligation": obligation.number, "why": reason},
    )
    refunding.return_unidentified(payment, actor=SYSTEM, reason=reason)
    return f"refunded:{reason}"


def _refunded(provider: str, event: BankEvent) -> str:
    return sending.note_answer(event.refund_id, event)


def _paid_out(provider: str, event: BankEvent) -> str:
    return payouts.note_answer(event.payout_id, event)


ROUTES: dict[str, Callable[[str, BankEvent], str]] = {
    base.PROCESSING: _processing,
    base.SUCCEEDED: _succeeded,
    base.FAILED: _failed,
    base.REFUND_SUCCEEDED: _refunded,
    base.REFUND_FAILED: _refunded,
    **dict.fromkeys(base.PAYOUTS, _paid_out),
}
