"""Sending money back: never more than arrived, each amount once."""

from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from foundation import audit
from foundation.core import locking
from foundation.core.errors import DomainError
from foundation.core.locking import lock_rows
from foundation.core.money import Money
from settlement import chart, ledger
from settlement.lifecycle import ObligationState, PaymentState
from settlement.models import Obligation, Payment, Refund


class RefundTooLarge(DomainError):
    """More than what is left of the payment."""

    code = "refund_too_large"
    field = "amount"
    message = _("At most {left} of this payment can be sent back.")


class NotRefundable(DomainError):
    """Nothing arrived, or the money was released already."""

    code = "not_refundable"
    message = _("This payment cannot be sent back any more.")


@transaction.atomic
def refund(*, payment: Payment, amount: Money, actor: Any, reason: str) -> Refund:
    """Send (a part of) a confirmed payment back from escrow. Raises RefundTooLarge, NotRefundable.

    A whole refund moves the obligation to "refunding"; when the bank has done it, to "refunded".
    """
    obligation = payment.obligation
    if obligation is None:
        raise NotRefundable()
    obligation, payment = lock_rows(obligation, payment)
    if payment.state != PaymentState.CONFIRMED or obligation.state != ObligationState.PAID or obligation.released_at:
        raise NotRefundable()
    _check(payment, amount)
    row = _order(payment, amount, obligation.debtor_id, reason)
    source = ledger.debit(obligation.purpose_row.held_in, amount, party=obligation.creditor_id, ref=obligation)
    _book(row, source, obligation.purpose_row.refunded, obligation.ref, actor)
    _count(payment, amount)
    whole = payment.refunded_fen == payment.received_fen
    facts = {"amount": amount, "about": obligation.ref_number}
    if whole:
        audit.advance(obligation, "refund", actor=actor, reason=reason, data=facts, parties=obligation.party_ids)
    _record(row, obligation.number, actor, obligation.party_ids)
    return row


def refund_obligation(*, obligation: Obligation, actor: Any, reason: str) -> Refund | None:
    """Send everything that is left of a paid, unreleased obligation back. None if it is on its way already.

    Raises NotRefundable.
    """
    with transaction.atomic():
        obligation = lock_rows(obligation)
        if obligation.state in (ObligationState.REFUNDING, ObligationState.REFUNDED):
            return None
        payment = obligation.payments.filter(state=PaymentState.CONFIRMED).first()
        if payment is None or not payment.left:
            raise NotRefundable()
        return refund(payment=payment, amount=payment.left, actor=actor, reason=reason)


def return_unidentified(payment: Payment, *, actor: Any, reason: str) -> Refund:
    """Send money that was never credited back, whole. Inside the caller's transaction, with the payment locked."""
    amount = payment.left
    _check(payment, amount)
    payer = payment.obligation.debtor_id if payment.obligation_id else None
    row = _order(payment, amount, payer, reason)
    source = ledger.debit(chart.UNIDENTIFIED, amount, ref=payment)
    _book(row, source, "receipt_returned", payment.obligation.ref if payer else payment, actor)
    _count(payment, amount)
    _record(row, payment.obligation.number if payer else "", actor, [payer] if payer else [])
    return row


def _check(payment: Payment, amount: Money) -> None:
    if not Money(0) < amount <= payment.left:
        raise RefundTooLarge(left=payment.left)


def _count(payment: Payment, amount: Money) -> None:
    """Count the amount as sent back, in one statement that cannot exceed what arrived; the last word in a race."""
    rows = Payment.objects.filter(pk=payment.pk)
    total = payment.refunded_fen + amount.fen
    if locking.switched_off():  # the naive way, for the twin of the race test: write what one saw
        rows.update(refunded_fen=total)
    elif not rows.filter(refunded_fen__lte=F("received_fen") - amount.fen).update(
        refunded_fen=F("refunded_fen") + amount.fen
    ):
        raise RefundTooLarge(left=payment.left)
    payment.refunded_fen = total


def _order(payment: Payment, amount: Money, payer_id: int | None, reason: str) -> Refund:
    return Refund.objects.create(
        payment=payment, amount_fen=amount.fen, currency=amount.currency, reason=reason[:200], payer_id=payer_id
    )


def _book(row: Refund, source: ledger.Line, kind: str, ref, actor) -> None:
    target = ledger.credit(chart.REFUNDS, row.amount, party=row.payer_id, ref=row)
    ledger.post(kind=kind, key=f"refund:{row.number}", lines=[source, target], ref=ref, actor=actor, reason=row.reason)


def _record(row: Refund, obligation_number: str, actor, parties) -> None:
    audit.record(
        "settlement.refund.requested",
        subject=row,
        actor=actor,
        reason=row.reason,
        data={"amount": row.amount, "obligation": obligation_number},
        parties=parties,
    )
