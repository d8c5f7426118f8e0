"""A held deposit pays (a part of) an obligation: the winner's deposit the price, a trial's deposit the license fee."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from foundation.core.clock import database_now
from foundation.core.errors import DomainError
from foundation.core.locking import lock_rows
from foundation.core.money import Money
from settlement import chart, ledger
from settlement.models import Allocation, Hold, Obligation
from settlement.services import allocating, holds


class SetOffWrong(DomainError):
    """The deposit and the obligation do not belong together."""

    code, status = "set_off_wrong", 400
    field = "obligation"
    message = _("This deposit cannot count toward that payment.")


@transaction.atomic
def set_off(*, hold: Hold, obligation: Obligation, actor: Any, amount: Money | None = None) -> Allocation:
    """Let a hold pay an obligation of the same debtor: as much as is owed and held, or ``amount``; once a pair.

    What is held beyond that goes back to its payer, unless the purpose is captured in parts. An obligation that takes
    no part payments must be covered whole. Raises SetOffWrong, NotPossibleNow, OwnerRefused, BalanceTooLow.
    """
    key = f"set-off:{hold.pk}:{obligation.pk}"
    found = Allocation.objects.filter(key=key).first()
    if found is not None:
        return found
    hold, obligation = lock_rows(hold), Obligation.objects.get(pk=obligation.pk)
    kind = hold.purpose_row.applied
    if not hold.permits("capture"):
        raise holds.not_now(hold, "capture")
    if not kind or obligation.purpose_row.held_in not in chart.MOVEMENTS[kind].credits:
        raise SetOffWrong()
    amount = amount or min(hold.left, allocating.missing_of(obligation))
    if obligation.debtor_id != hold.party_id or amount > hold.left or not allocating.fits(obligation, amount):
        raise SetOffWrong()
    now = database_now()
    source = allocating.Source(
        line=ledger.debit(hold.account_id, amount, party=hold.party_id, ref=hold.obligation),
        kind=kind,
        key=f"hold:{hold.pk}:applied:{obligation.pk}",
        paid_at=hold.obligation.paid_at or now,
        hold=hold,
    )
    made = allocating.take_in(obligation=obligation, amount=amount, source=source, key=key, actor=actor, now=now)
    holds.apply(hold=hold, amount=amount, actor=actor, now=now)
    return made
