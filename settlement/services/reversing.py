"""The bank takes a receipt back: what was booked for it goes out of the ledger again, on the bank's day."""

import logging
from datetime import timedelta

from django.db import transaction
from django.db.models import QuerySet

from foundation import audit
from foundation.core import handlers
from foundation.core.actors import SYSTEM
from foundation.core.errors import Busy, DomainError, StateChanged
from foundation.core.locking import lock_rows
from foundation.core.money import Money
from settlement.banklifecycle import LineState
from settlement.gateways.base import REFUND_SUCCEEDED, BankEvent
from settlement.models import BankLine, Payment, Refund
from settlement.queries import candidates
from settlement.services import receipts, refunding, sending, withdrawing

WORDS = ("冲正", "冲销", "冲账", "退汇", "撤销", "REVERSAL", "REVERSED")
WITHIN = timedelta(days=60)
REVERSIBLE = (LineState.QUEUED, LineState.MATCHED, LineState.ASSIGNED)
REASON = "bank_reversal"
log = logging.getLogger(__name__)


class ReceiptSpent(DomainError):
    """The money has left escrow."""

    code = "receipt_spent"
    message = receipts.BankLine.REASONS["spent"]


def is_reversal(line: BankLine) -> bool:
    """Whether the bank says that an outgoing line takes something back."""
    return line.amount_fen < 0 and (line.is_reversal or any(word in line.text.upper() for word in WORDS))


def reverse(line: BankLine) -> BankLine | None:
    """Take back the receipt a reversal belongs to; None where the line is no reversal. Inside the caller's transaction.

    Queued where the receipt is not certain, or its money has left escrow.
    """
    if not is_reversal(line):
        return None
    originals = list(originals_of(line)[:2])
    if len(originals) != 1:
        return receipts.queue(line, "reversal")
    try:
        with transaction.atomic():
            return take_back(line, originals[0], actor=SYSTEM, move="match")
    except (Busy, StateChanged):
        raise
    except DomainError as error:
        log.info("line %s takes nothing back: %s", line.pk, error.code)
        return receipts.queue(line, "spent")


def originals_of(line: BankLine, states=REVERSIBLE) -> QuerySet[BankLine]:
    """Receipts a reversal may take back: by the bank's or the payer's reference, else by amount and counterparty."""
    earliest = line.booked_on - WITHIN
    return _partners(line, booked_on__lte=line.booked_on, booked_on__gte=earliest, state__in=states)


def is_taken_back_later(line: BankLine) -> bool:
    """Whether a reversal that may mean this receipt waits in the books already: then it pays nothing."""
    waiting = BankLine.objects.filter(
        account_id=line.account_id, amount_fen=-line.amount_fen, state=LineState.NEW,
        booked_on__gte=line.booked_on, booked_on__lte=line.booked_on + WITHIN,
    )  # fmt: skip
    states = (LineState.NEW, *REVERSIBLE)
    return any(is_reversal(other) and originals_of(other, states).filter(pk=line.pk).exists() for other in waiting)


def _partners(line: BankLine, **facts) -> QuerySet[BankLine]:
    rows = BankLine.objects.filter(account_id=line.account_id, amount_fen=-line.amount_fen, **facts)
    rows = rows.filter(reversed_by=None).exclude(pk=line.pk).order_by("-booked_on", "-pk")
    for field in ("transaction_id", "end_to_end_id"):
        named = getattr(line, field)
        if named and rows.filter(**{field: named}).exists():
            return rows.filter(**{field: named})
    for field in ("counterparty_account", "counterparty"):
        if getattr(line, field):
            return rows.filter(**{field: getattr(line, field)})
    return rows.none()


def take_back(line: BankLine, original: BankLine, *, actor, move: str) -> BankLine:
    """Send the receipt back through the books, as the bank did: from where it lies, over 2013 and 1131, out of 1001.

    Inside a transaction. Raises ReceiptSpent where not all of it is there any more.
    """
    original = lock_rows(original)
    payment = lock_rows(original.payment)
    _return_all(payment, actor)
    refunds = Refund.objects.filter(payment=payment, reason=REASON).order_by("pk")
    ids = []
    for refund in refunds:
        event = BankEvent(
            event_id=f"line:{line.pk}:{refund.pk}", type=REFUND_SUCCEEDED, amount=refund.amount,
            occurred_at=candidates.booked_moment(line),
        )  # fmt: skip
        sending.note_answer(refund.number, event)
        ids += receipts.untied_entries(line, f"refund:{refund.number}:confirmed", -refund.amount_fen)
    receipts.tie(line, ids)
    facts = {"amount": original.amount, "line": original.number}
    audit.advance(original, "reverse", actor=actor, visibility="private", data=facts)
    return audit.advance(
        line, move, actor=actor, visibility="private", set={"reverses_id": original.pk, "reason": ""},
        data={"amount": line.amount, "line": line.number},
    )  # fmt: skip


def _return_all(payment: Payment, actor) -> None:
    """Send a receipt back whole. What it paid is to be paid again, or, where the owner of that does not agree, is
    refunded from escrow."""
    if payment.refunded_fen:
        raise ReceiptSpent()
    if payment.allocations.exists():
        payment = _withdrawn(payment, actor)
    left = payment.unallocated
    if left:
        facts = {"amount": left}
        audit.advance(payment, "turn_back", actor=actor, parties=payment.party_ids, data=facts)
        refunding.return_unidentified(payment, actor=actor, reason=REASON)


def _withdrawn(payment: Payment, actor) -> Payment:
    try:
        with transaction.atomic():
            withdrawing.withdraw(payment=payment, actor=actor, reason=REASON)
    except withdrawing.NotWithdrawable:
        _refund_parts(payment, actor)
    return lock_rows(payment)


def _refund_parts(payment: Payment, actor) -> None:
    parts: dict[int, int] = {}
    for one in payment.allocations.all():
        parts[one.obligation_id] = parts.get(one.obligation_id, 0) + one.amount_fen
    for obligation_id, fen in sorted(parts.items()):
        obligation = payment.allocations.filter(obligation_id=obligation_id).first().obligation
        if handlers.has(f"obligation.reopened:{obligation.purpose}"):
            raise ReceiptSpent()  # still owed: a refund would say that it no longer is
        amount = Money(fen, payment.currency)
        refunding.refund(payment=payment, amount=amount, actor=actor, reason=REASON, obligation=obligation)
