"""Money meets what it is for: receipts and held deposits pay obligations, in whole or in part."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from foundation import audit
from foundation.core import handlers
from foundation.core.actors import SYSTEM
from foundation.core.clock import database_now
from foundation.core.crashes import crash_point
from foundation.core.errors import DomainError, NotPossibleNow, StateChanged
from foundation.core.locking import lock_rows
from foundation.core.money import Money
from settlement import chart, ledger
from settlement.lifecycle import PAYMENT, ObligationState
from settlement.models import Allocation, Hold, Obligation, Payment
from settlement.services import holds, overdue
from settlement.services.releasing import release_time

ACCEPTED = "accepted"


class AssignmentWrong(DomainError):
    """The obligation does not fit the money."""

    code, status = "assignment_wrong", 400
    field = "obligation"
    message = _("Assign to an open obligation of exactly {amount}.")


class OwnerRefused(DomainError):
    """The owner of the purpose does not want the money (any more); ``reason`` is its word."""

    code = "owner_refused"
    field = "obligation"
    message = _("This payment is not wanted any more: {reason}.")


class AllocationDiffers(DomainError):
    """The key came before for other money."""

    code = "allocation_differs"
    message = _("This is assigned already, with other amounts.")


@dataclass(frozen=True, slots=True)
class Source:
    """Where the money comes from: the line that takes it, and what the entry is called.

    ``paid_at`` is when the bank booked it; ``payment`` or ``hold`` is the row it belongs to.
    """

    line: ledger.Line
    kind: str
    key: str
    paid_at: datetime
    payment: Payment | None = None
    hold: Hold | None = None


@transaction.atomic
def allocate(
    *, payment: Payment, obligation: Obligation, amount: Money, actor: Any, key: str, now: datetime | None = None
) -> Allocation:
    """Let (a part of) an unidentified receipt pay (a part of) an obligation, once per ``key``.

    The amount must be all that is left to pay, unless the purpose takes part payments; what is more stays among the
    unidentified receipts. The payment is "confirmed" when nothing of it lies there any more. Raises AssignmentWrong,
    OwnerRefused, BalanceTooLow, NotPossibleNow, AllocationDiffers, StateChanged (something else was first: try again).
    """
    found = Allocation.objects.filter(key=key).first()
    if found is not None:
        return _same(found, payment, obligation, amount)
    now, payment = now or database_now(), lock_rows(payment)
    if not payment.permits("allocate"):
        label = PAYMENT.labels[payment.state]
        raise NotPossibleNow(lifecycle="payment", state=payment.state, move="allocate", label=label)
    obligation = Obligation.objects.get(pk=obligation.pk)
    if not fits(obligation, amount, payment.paid_at):
        raise AssignmentWrong(amount=amount)
    source = Source(
        line=ledger.debit(chart.UNIDENTIFIED, amount, ref=payment),
        kind="receipt_matched",
        key=f"allocation:{key}"[:120],
        paid_at=payment.paid_at or now,
        payment=payment,
    )
    made = take_in(obligation=obligation, amount=amount, source=source, key=key, actor=actor, now=now)
    _note(payment, made, actor, now)
    return made


def _same(found: Allocation, payment, obligation, amount) -> Allocation:
    if (found.payment_id, found.obligation_id, found.amount) != (payment.pk, obligation.pk, amount):
        raise AllocationDiffers()
    return found


def _note(payment: Payment, made: Allocation, actor: Any, now: datetime) -> None:
    """The payment is confirmed once all of it has found its place."""
    facts = {"amount": made.amount, "obligation": made.obligation.number}
    parties, main = made.obligation.party_ids, payment.obligation_id or made.obligation_id
    if payment.unallocated:
        Payment.objects.filter(pk=payment.pk).update(obligation_id=main)
        audit.record("settlement.payment.allocated", subject=payment, actor=actor, data=facts, parties=parties, now=now)
        return
    audit.advance(payment, "assign", actor=actor, parties=parties, now=now, data=facts, set={"obligation_id": main})


def fits(obligation: Obligation, amount: Money, paid_at: datetime | None = None) -> bool:
    """Whether an obligation waits for this amount. Who paid in time is heard though it expired meanwhile."""
    waits = obligation.state == ObligationState.OPEN or (
        obligation.state == ObligationState.EXPIRED and paid_at is not None and paid_at < obligation.due_at
    )
    missing = missing_of(obligation)
    if not waits or not Money(0, obligation.currency) < amount <= missing:
        return False
    return amount == missing or obligation.purpose_row.partial


def missing_of(obligation: Obligation) -> Money:
    """The amount less what was paid, in any state."""
    return obligation.amount - obligation.allocated


def take_in(
    *, obligation: Obligation, amount: Money, source: Source, key: str, actor: Any, now: datetime
) -> Allocation:
    """Book money into the escrow of an obligation that it fits. Inside the caller's transaction.

    The owner of the purpose is asked when the obligation is complete: it locks its objects first, then the obligation
    is locked, the same order as everywhere. Raises OwnerRefused, StateChanged.
    """
    completes = amount == missing_of(obligation)
    if completes:
        _ask_owner(obligation, source, now)
    obligation = lock_rows(Obligation.objects.get(pk=obligation.pk))
    if not fits(obligation, amount, source.paid_at) or completes != (amount == missing_of(obligation)):
        raise StateChanged()
    held = ledger.credit(obligation.purpose_row.held_in, amount, party=obligation.holder_id, ref=obligation)
    entry = ledger.post(kind=source.kind, key=source.key, lines=[source.line, held], ref=obligation.ref, actor=actor)
    crash_point("settlement.callback.posted")
    made = Allocation.objects.create(
        payment=source.payment,
        hold=source.hold,
        obligation=obligation,
        key=key,
        amount_fen=amount.fen,
        currency=amount.currency,
        entry=entry,
        paid_at=source.paid_at,
        created_at=now,
    )
    _settle_memo(obligation, made, actor)
    facts = {"amount": amount, "about": obligation.ref_number}
    if completes:
        _complete(obligation, source.paid_at, facts, now)
    else:
        audit.record(
            "settlement.obligation.part_paid",
            subject=obligation,
            actor=SYSTEM,
            data={**facts, "left": missing_of(obligation)},
            parties=obligation.party_ids,
            now=now,
        )
    return made


def _ask_owner(obligation: Obligation, source: Source, now: datetime) -> None:
    """The owner says yes or why not. What was paid in time counts as of then, though the message came later."""
    key = f"obligation.paid:{obligation.purpose}"
    if not handlers.has(key) and obligation.purpose_row.owner_optional:
        return
    moment = min(source.paid_at, now) if now >= obligation.due_at else now
    answer = handlers.call(key, obligation=obligation, payment=source.payment, now=moment)
    if answer != ACCEPTED:
        raise OwnerRefused(reason=answer.partition(":")[2] or answer)


def _settle_memo(obligation: Obligation, made: Allocation, actor: Any) -> None:
    """What was noted as due is due no longer (memo accounts, no client money)."""
    if not obligation.purpose_row.settled_kind:
        return
    ledger.post(
        kind=obligation.purpose_row.settled_kind,
        key=f"allocation:{made.pk}:settled",
        lines=[
            ledger.debit(chart.DUE_TO, made.amount, party=obligation.creditor_id, ref=obligation),
            ledger.credit(chart.DUE_FROM, made.amount, party=obligation.debtor_id, ref=obligation),
        ],
        ref=obligation.ref,
        actor=actor,
    )


def _complete(obligation: Obligation, paid_at: datetime, facts: dict, now: datetime) -> None:
    release_at = None if obligation.purpose_row.hold else release_time(now)
    audit.advance(
        obligation,
        "pay",
        actor=SYSTEM,
        data={**facts, "amount": obligation.amount},
        parties=obligation.party_ids,
        set={"paid_at": paid_at, "release_at": release_at},
        now=now,
    )
    if obligation.purpose_row.hold:
        holds.place(obligation=obligation, now=now)
    overdue.charge_when_paid(obligation=obligation, paid_at=paid_at)
