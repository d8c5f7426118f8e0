"""The bank took money back that had paid something: the debts it had paid are open again."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from foundation import audit
from foundation.core import handlers
from foundation.core.actors import SYSTEM
from foundation.core.clock import database_now
from foundation.core.errors import DomainError
from foundation.core.locking import lock_rows
from settlement import ledger
from settlement.lifecycle import ObligationState, PaymentState
from settlement.models import Allocation, JournalEntry, Obligation, Payment
from settlement.services.allocating import ACCEPTED

MATCHED = "receipt_matched"


class NotWithdrawable(DomainError):
    """What the money paid for cannot be undone: released, held as a deposit, refunded, or its owner says no."""

    code = "not_withdrawable"
    message = _("The payment of {number} cannot be taken back any more.")


@transaction.atomic
def withdraw(*, payment: Payment, actor: Any, reason: str) -> list[Allocation]:
    """Take every allocation of a receipt back: the money lies among the unidentified receipts again.

    A paid obligation is open again, if its owner agrees (handler "obligation.reopened:<purpose>" answers "accepted";
    none is asked where none hears of payments either). Allocations taken back are never taken back twice. Raises
    NotWithdrawable, BalanceTooLow (frozen).
    """
    payment, now = lock_rows(payment), database_now()
    rows = [one for one in payment.allocations.filter(amount_fen__gt=0) if not hasattr(one, "reversed_by")]
    made = [_withdraw(one, payment, actor, reason, now) for one in rows]
    if made and payment.state == PaymentState.CONFIRMED:
        facts = {"amount": payment.received, "obligation": made[0].obligation.number}
        audit.advance(payment, "unassign", actor=actor, reason=reason, parties=payment.party_ids, data=facts, now=now)
    return made


def _withdraw(one: Allocation, payment: Payment, actor, reason: str, now: datetime) -> Allocation:
    wrong = NotWithdrawable(number=one.obligation.number)
    if one.entry.kind != MATCHED:
        raise wrong
    was_paid = one.obligation.state == ObligationState.PAID
    if was_paid and not _owner_agrees(one.obligation, payment, now):
        raise wrong
    obligation = lock_rows(Obligation.objects.get(pk=one.obligation_id))
    gone = obligation.releases.exists() or obligation.refunds.exists() or hasattr(obligation, "hold")
    if gone or obligation.state not in (ObligationState.OPEN, ObligationState.PAID):
        raise wrong
    entry = ledger.reverse(one.entry, key=f"allocation:{one.pk}:withdrawn", actor=actor, reason=reason)
    memo = JournalEntry.objects.filter(key=f"allocation:{one.pk}:settled").first()
    if memo is not None:
        ledger.reverse(memo, key=f"allocation:{one.pk}:due-again", actor=actor, reason=reason)
    made = Allocation.objects.create(
        payment=payment,
        obligation=obligation,
        key=f"withdrawn:{one.pk}",
        amount_fen=-one.amount_fen,
        currency=one.currency,
        entry=entry,
        reverses=one,
        paid_at=one.paid_at,
        created_at=now,
    )
    _note(obligation, one, reason, now)
    return made


def _owner_agrees(obligation: Obligation, payment: Payment, now: datetime) -> bool:
    key = f"obligation.reopened:{obligation.purpose}"
    if handlers.has(key):
        return handlers.call(key, obligation=obligation, payment=payment, now=now) == ACCEPTED
    return not handlers.has(f"obligation.paid:{obligation.purpose}")


def _note(obligation: Obligation, one: Allocation, reason: str, now: datetime) -> None:
    facts = {"amount": one.amount, "about": obligation.ref_number}
    told = {"actor": SYSTEM, "reason": reason, "data": facts, "parties": obligation.party_ids, "now": now}
    if obligation.state == ObligationState.PAID:
        audit.advance(obligation, "reopen", set={"paid_at": None, "release_at": None}, **told)
    else:
        audit.record("settlement.obligation.withdrawn", subject=obligation, **told)
