"""Opening, cancelling and expiring obligations."""

from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from foundation import audit
from foundation.core import numbering
from foundation.core.clock import database_now, local_date
from foundation.core.errors import DomainError
from foundation.core.locking import lock_rows
from foundation.core.money import Money
from foundation.core.refs import Ref
from settlement import chart
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
) -> Obligation:
    """Ask a debtor for an amount by a deadline (half-open, UTC), once per ``key``.

    ``purpose`` is a row of `chart.PURPOSES`, ``ref`` the business object, ``label`` says what it is for. Raises
    ObligationDiffers when the key was used for another amount, debtor or purpose.
    """
    about = Ref.of(ref)
    facts = {
        "purpose": chart.PURPOSES[purpose].key,
        "debtor_id": debtor.pk,
        "creditor_id": creditor.pk,
        "amount_fen": amount.fen,
        "currency": amount.currency,
    }
    with transaction.atomic():
        found = Obligation.objects.filter(key=key).first()
        if found is None:
            found, made = _create(facts, about, due_at, key, label)
            if made:
                _record_opening(found, actor)
        if any(getattr(found, name) != value for name, value in facts.items()):
            raise ObligationDiffers()
    return found


def _create(facts, about: Ref, due_at, key, label) -> tuple[Obligation, bool]:
    """The new row and True; where a twin was first, its row and False."""
    year = local_date(database_now()).year
    try:
        with transaction.atomic():
            made = Obligation.objects.create(
                **facts,
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
    """The reason for an unpaid obligation is gone. A repeat changes nothing. Raises AlreadyPaid."""
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
    return audit.advance(
        obligation,
        move,
        actor=actor,
        reason=reason,
        data={"amount": obligation.amount},
        parties=obligation.party_ids,
        now=now,
    )
