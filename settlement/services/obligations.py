"""Opening, cancelling and expiring obligations."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from foundation import audit
from foundation.core import numbering
from foundation.core.clock import database_now, local_date
from foundation.core.errors import DomainError
from foundation.core.locking import lock_rows
from foundation.core.money import Money
from foundation.core.refs import Ref
from settlement import chart, ledger
from settlement.lifecycle import ObligationState
from settlement.models import Obligation


class ObligationDiffers(DomainError):
    """The key came before for something else."""

    code = "obligation_differs"
    message = _("This is owed already, with another amount.")


class AlreadyPaid(DomainError):
    """What was paid cannot be cancelled, only refunded."""

    code = "already_paid"
    message = _("This is paid already.")


class PartPaid(AlreadyPaid):
    """A part arrived: it must go back first."""

    code = "part_paid"
    message = _("A part of this is paid already.")


def open_obligation(
    *,
    purpose: str,
    ref: Any,
    debtor: Any,
    creditor: Any,
    amount: Money,
    due_at: datetime,
    key: str,
    label: str,
    actor: Any,
    late_ppm_a_day: int | None = None,
    late_cap_bp_a_year: int | None = None,
    **more: Any,
) -> Obligation:
    """Ask a debtor for an amount by a deadline (half-open, UTC), once per ``key``.

    ``purpose`` is a row of `chart.PURPOSES`, ``ref`` the business object, ``label`` says what it is for. The late fee
    (millionths of the overdue principal a day, basis points a year at most) is by default that of the settings, where
    the purpose knows one. ``more``: schedule, position, late_for, hold_until. Raises ObligationDiffers when the key was
    used for another amount, debtor or purpose.
    """
    about, row = Ref.of(ref), chart.PURPOSES[purpose]
    facts = {
        "purpose": row.key,
        "debtor_id": debtor.pk,
        "creditor_id": creditor.pk,
        "amount_fen": amount.fen,
        "currency": amount.currency,
    }
    if row.late_fee:
        more["late_ppm_a_day"] = _or(late_ppm_a_day, settings.KAIXU_LATE_FEE_PPM_A_DAY)
        more["late_cap_bp_a_year"] = _or(late_cap_bp_a_year, settings.KAIXU_LATE_FEE_CAP_BP_A_YEAR)
    with transaction.atomic():
        found = Obligation.objects.filter(key=key).first()
        if found is None:
            found, made = _create(facts, about, due_at=due_at, key=key, label=label, more=more)
            if made:
                _record_opening(found, actor)
                note_due(found, row.due_kind, f"obligation:{found.pk}:due", actor)
        if any(getattr(found, name) != value for name, value in facts.items()):
            raise ObligationDiffers()
    return found


def _or(given: int | None, default: int) -> int:
    return default if given is None else given


def note_due(obligation: Obligation, kind: str, key: str, actor: Any, amount: Money | None = None) -> None:
    """Note an amount (default: the whole) on the memo accounts: as due, or ("memo_cancelled") as due no longer."""
    if not kind:
        return
    amount, gone = amount or obligation.amount, kind == "memo_cancelled"
    first, second = (ledger.credit, ledger.debit) if gone else (ledger.debit, ledger.credit)
    lines = [
        first(chart.DUE_FROM, amount, party=obligation.debtor_id, ref=obligation),
        second(chart.DUE_TO, amount, party=obligation.creditor_id, ref=obligation),
    ]
    ledger.post(kind=kind, key=key, lines=lines, ref=obligation.ref, actor=actor)


def _create(facts, about: Ref, *, due_at, key, label, more) -> tuple[Obligation, bool]:
    """The new row and True; where a twin was first, its row and False."""
    year = local_date(database_now()).year
    try:
        with transaction.atomic():
            made = Obligation.objects.create(
                **facts,
                **more,
                ref_kind=about.kind,
                ref_id=about.id,
                ref_number=about.number,
                due_at=due_at,
                key=key,
                label=str(label)[:500],
                number=numbering.allocate("obligation", year),
            )
        return made, True
    except IntegrityError:
        found = Obligation.objects.filter(key=key).first()
        if found is None:
            raise
        return found, False


def _record_opening(obligation: Obligation, actor) -> None:
    audit.record(
        "settlement.obligation.opened",
        subject=obligation,
        actor=actor,
        data={"amount": obligation.amount, "purpose": obligation.purpose, "about": obligation.ref_number},
        parties=obligation.party_ids,
        after={"state": str(ObligationState.OPEN)},
    )


@transaction.atomic
def cancel_obligation(*, obligation: Obligation, actor: Any, reason: str, now: datetime | None = None) -> Obligation:
    """The reason for an unpaid obligation is gone. A repeat changes nothing. Raises AlreadyPaid, PartPaid."""
    return _end(obligation, "cancel", actor=actor, now=now, reason=reason)


@transaction.atomic
def expire_obligation(*, obligation: Obligation, actor: Any, now: datetime | None = None) -> Obligation:
    """The deadline passed unpaid; money that comes later goes back. A repeat changes nothing. Raises AlreadyPaid."""
    return _end(obligation, "expire", actor=actor, now=now, reason="")


def _end(obligation, move, *, actor, now, reason) -> Obligation:
    obligation = lock_rows(obligation)
    if obligation.state in (ObligationState.CANCELLED, ObligationState.EXPIRED):
        return obligation
    if obligation.state != ObligationState.OPEN:
        raise AlreadyPaid()
    if obligation.allocated:
        raise PartPaid()
    if obligation.purpose_row.due_kind:
        note_due(obligation, "memo_cancelled", f"obligation:{obligation.pk}:{move}", actor)
    return audit.advance(
        obligation,
        move,
        actor=actor,
        reason=reason,
        data={"amount": obligation.amount},
        parties=obligation.party_ids,
        now=now,
    )
