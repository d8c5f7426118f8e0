"""Money back to the payer wherever it lies: in escrow, or already due to the payee and not paid out."""

from typing import Any

from django.db import transaction

from foundation import audit
from foundation.core.actors import is_person
from foundation.core.errors import NotAllowed
from foundation.core.locking import lock_rows
from foundation.core.money import Money
from settlement import chart, ledger, rules
from settlement.lifecycle import ObligationState
from settlement.models import Obligation, Refund
from settlement.services import refunding
from settlement.services.freezes import available
from settlement.services.refunding import NotRefundable, RefundTooLarge


def can_go_back(obligation: Obligation) -> Money:
    """What of a paid obligation could go back now: free in escrow, and due to the payee but not paid out."""
    if obligation.state != ObligationState.PAID or hasattr(obligation, "hold"):
        return Money(0, obligation.currency)
    return min(_in_escrow(obligation) + _payable(obligation), obligation.allocated)


def _in_escrow(obligation: Obligation) -> Money:
    return available(account=obligation.purpose_row.held_in, party=obligation.holder_id, ref=obligation)


def _payable(obligation: Obligation) -> Money:
    return available(account=chart.PAYABLE, party=obligation.creditor_id, ref=obligation)


@transaction.atomic
def take_back(*, obligation: Obligation, amount: Money, actor: Any, reason: str) -> list[Refund]:
    """Order refunds of an amount of a paid obligation, from escrow first, then out of what is due to the payee.

    Never more than was captured and is still here. ``actor`` is finance or the system. Raises NotAllowed,
    NotRefundable, RefundTooLarge.
    """
    if is_person(actor) and not rules.may_settle(actor, obligation):
        raise NotAllowed()
    obligation = lock_rows(obligation)
    if obligation.state != ObligationState.PAID or hasattr(obligation, "hold"):
        raise NotRefundable()
    left = can_go_back(obligation)
    if not Money(0, amount.currency) < amount <= left:
        raise RefundTooLarge(left=left)
    held = min(amount, _in_escrow(obligation))
    made = []
    for part, account, party, kind in (
        (held, obligation.purpose_row.held_in, obligation.holder_id, obligation.purpose_row.refunded),
        (amount - held, chart.PAYABLE, obligation.creditor_id, "payable_returned"),
    ):
        if part:
            made += _send(obligation, part, (account, party, kind), actor=actor, reason=reason)
    if not obligation.allocated:
        facts = {"amount": amount, "about": obligation.ref_number}
        audit.advance(obligation, "refund", actor=actor, reason=reason, data=facts, parties=obligation.party_ids)
    return made


def _send(obligation: Obligation, part: Money, way: tuple, *, actor: Any, reason: str) -> list[Refund]:
    """Refunds of a part out of one sub-account; ``way``: account, party, kind of movement."""
    account, party, kind = way
    rows = refunding.order_back(obligation, part, reason=reason)
    lines = [
        ledger.debit(account, part, party=party, ref=obligation),
        *(refunding.line_of(row) for row in rows),
    ]
    key = f"refund:{rows[0].number}"
    ledger.post(kind=kind, key=key, lines=lines, ref=obligation.ref, actor=actor, reason=reason)
    for row in rows:
        refunding.note(row, obligation.number, actor, obligation.party_ids)
    return rows
