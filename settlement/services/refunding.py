"""Sending money back: never more than arrived, each amount once."""

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.db.models import F, Sum
from django.utils.translation import gettext_lazy as _

from foundation import audit
from foundation.core import locking
from foundation.core.errors import DomainError
from foundation.core.locking import lock_rows
from foundation.core.money import Money
from settlement import chart, ledger
from settlement.lifecycle import ObligationState, PaymentState
from settlement.models import Obligation, Payment, Refund
from settlement.services.obligations import note_due


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
def refund(*, payment: Payment, amount: Money, actor: Any, reason: str, obligation: Obligation | None = None) -> Refund:
    """Send (a part of) a confirmed payment back from escrow, out of what it paid of ``obligation`` (default: the one
    the payment was made for). Raises RefundTooLarge, NotRefundable (also held deposits: give the hold back).

    A whole refund moves the obligation to "refunding"; when the bank has done it, to "refunded".
    """
    obligation = obligation or payment.obligation
    if obligation is None:
        raise NotRefundable()
    obligation, payment = lock_rows(obligation, payment)
    _require_refundable(obligation)
    if payment.state not in (PaymentState.CONFIRMED, PaymentState.CLARIFY):
        raise NotRefundable()
    left = min(payment.left, Money(dict(_pots(obligation)).get(payment, 0), payment.currency))
    if not Money(0, amount.currency) < amount <= left:
        raise RefundTooLarge(left=left)
    return _send_back(obligation, [_order(payment, amount, obligation, reason)], actor, reason)


@transaction.atomic
def refund_obligation(*, obligation: Obligation, actor: Any, reason: str) -> Refund | None:
    """Send everything that is left of a paid, unreleased obligation back to where it came from; the first refund.

    None if it is on its way already. Raises NotRefundable.
    """
    obligation = lock_rows(obligation)
    if obligation.state in (ObligationState.REFUNDING, ObligationState.REFUNDED):
        return None
    _require_refundable(obligation)
    amount = obligation.allocated
    if not amount:
        raise NotRefundable()
    return _send_back(obligation, order_back(obligation, amount, reason=reason), actor, reason)


def _require_refundable(obligation: Obligation) -> None:
    """Paid, wholly or in part, and nothing left escrow yet; a hold has its own ways."""
    in_escrow = obligation.state in (ObligationState.PAID, ObligationState.OPEN) and obligation.released_at is None
    if not in_escrow or hasattr(obligation, "hold"):
        raise NotRefundable()


def _send_back(obligation: Obligation, rows: list[Refund], actor: Any, reason: str) -> Refund:
    """One entry from escrow; the obligation is "refunding" when nothing of it is left."""
    purpose = obligation.purpose_row
    total = sum((row.amount for row in rows), Money(0, obligation.currency))
    source = ledger.debit(purpose.held_in, total, party=obligation.holder_id, ref=obligation)
    _book(rows, source, purpose.refunded, obligation.ref, actor)
    if obligation.state == ObligationState.OPEN:  # a part payment went back: so much is due again
        note_due(obligation, purpose.due_kind, f"refund:{rows[0].number}:due", actor, total)
    if obligation.state == ObligationState.PAID and not obligation.allocated:
        facts = {"amount": total, "about": obligation.ref_number}
        audit.advance(obligation, "refund", actor=actor, reason=reason, data=facts, parties=obligation.party_ids)
    for row in rows:
        note(row, obligation.number, actor, obligation.party_ids)
    return rows[0]


def return_unidentified(payment: Payment, *, actor: Any, reason: str, amount: Money | None = None) -> Refund:
    """Send what was never credited back, by default all of it. Inside the caller's transaction, the payment locked.

    Raises RefundTooLarge.
    """
    left = payment.unallocated
    amount = left if amount is None else amount
    if not Money(0, amount.currency) < amount <= left:
        raise RefundTooLarge(left=left)
    about = payment.obligation
    row = _order(payment, amount, None, reason, payer_id=about and about.debtor_id)
    _book([row], ledger.debit(chart.UNIDENTIFIED, amount, ref=payment), "receipt_returned", _about(payment), actor)
    note(row, about.number if about else "", actor, [about.debtor_id] if about else [])
    return row


def _about(payment: Payment) -> Any:
    return payment.obligation.ref if payment.obligation_id else payment


def order_back(obligation: Obligation, amount: Money, *, reason: str) -> list[Refund]:
    """Refunds of an amount over the payments it came from, the newest first. The caller books them, then calls `note`.

    Inside the caller's transaction, with the obligation locked. Raises RefundTooLarge.
    """
    rows, missing = [], amount.fen
    for payment, fen in reversed(_pots(obligation)):
        part = min(fen, missing)
        if part > 0:
            locked = lock_rows(payment)
            rows.append(_order(locked, Money(part, amount.currency), obligation, reason))
            missing -= part
    if missing or not rows:
        raise RefundTooLarge(left=Money(amount.fen - missing, amount.currency))
    return rows


def _pots(obligation: Obligation) -> list[tuple[Payment, int]]:
    """The payments that money of an obligation came from, oldest first, and how many fen of each are still there.

    What a held deposit paid came from the deposit's own payments.
    """
    found: dict[Payment, int] = {}
    for one in obligation.allocations.select_related("payment__obligation", "hold__obligation").order_by("pk"):
        came = [(one.payment, one.amount_fen)] if one.payment_id else _through(one.hold.obligation, one.amount_fen)
        for payment, fen in came:
            found[payment] = found.get(payment, 0) + fen
    back = dict(obligation.refunds.values_list("payment_id").annotate(fen=Sum("amount_fen")).order_by())
    return [(payment, int(fen - back.get(payment.pk, 0))) for payment, fen in found.items()]


def _through(deposit: Obligation, fen: int) -> list[tuple[Payment, int]]:
    """The payments behind (a part of) a deposit."""
    parts = []
    for payment, there in _pots(deposit):
        part = min(there, fen)
        fen -= part
        parts.append((payment, part))
    return parts


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


def _order(
    payment: Payment, amount: Money, obligation: Obligation | None, reason: str, payer_id: int | None = None
) -> Refund:
    return Refund.objects.create(
        payment=payment,
        obligation=obligation,
        amount_fen=amount.fen,
        currency=amount.currency,
        reason=reason[:200],
        payer_id=obligation.debtor_id if obligation else payer_id,
    )


def line_of(row: Refund) -> ledger.Line:
    """What is owed to the payer: the credit of a refund's entry."""
    return ledger.credit(chart.REFUNDS, row.amount, party=row.payer_id, ref=row)


def _book(rows: Iterable[Refund], source: ledger.Line, kind: str, ref: Any, actor: Any) -> None:
    rows = list(rows)
    lines = [source, *(line_of(row) for row in rows)]
    ledger.post(kind=kind, key=f"refund:{rows[0].number}", lines=lines, ref=ref, actor=actor, reason=rows[0].reason)


def note(row: Refund, obligation_number: str, actor: Any, parties: Iterable[int]) -> None:
    """A booked refund is counted with its payment and told. Raises RefundTooLarge."""
    _count(row.payment, row.amount)
    audit.record(
        "settlement.refund.requested",
        subject=row,
        actor=actor,
        reason=row.reason,
        data={"amount": row.amount, "obligation": obligation_number},
        parties=parties,
    )
