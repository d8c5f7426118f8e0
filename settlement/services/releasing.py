"""Out of escrow: what was paid is due to the payee after a time without objection."""

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from foundation import audit
from foundation.core import handlers
from foundation.core.actors import is_person
from foundation.core.clock import database_now
from foundation.core.crashes import crash_point
from foundation.core.errors import DomainError, NotAllowed
from foundation.core.locking import lock_rows
from foundation.core.money import Money
from settlement import chart, ledger, rules
from settlement.lifecycle import ObligationState
from settlement.models import Obligation


class NotReleasable(DomainError):
    """Not paid, not yet due, objected to, or its owner says no."""

    code = "not_releasable"
    message = _("This money cannot be released yet.")


def release_time(now: datetime) -> datetime:
    """When money that is confirmed now may be released, if nobody objects."""
    return now + timedelta(days=settings.KAIXU_RELEASE_DAYS)


@transaction.atomic
def release(*, obligation: Obligation, actor: Any) -> Obligation:
    """Make what is held in escrow payable to the payee. A repeat changes nothing.

    ``actor`` is the clock or finance; neither before ``release_at``, nor while an objection is open, nor while the
    owner of the purpose says no (handler "obligation.may_release:<purpose>"). Raises NotReleasable, NotAllowed.
    """
    if is_person(actor) and not rules.may_settle(actor, obligation):
        raise NotAllowed()
    obligation = lock_rows(obligation)
    if obligation.released_at is not None:
        return obligation
    now = database_now()
    due = obligation.state == ObligationState.PAID and now >= obligation.release_at
    if not due or obligation.objections.filter(settled_at=None).exists() or not _owner_agrees(obligation):
        raise NotReleasable()
    place = (obligation.purpose_row.held_in, obligation.currency, obligation._meta.label_lower, obligation.pk)
    amount = Money(ledger.balance_fen(*place, obligation.creditor_id), obligation.currency)
    ledger.post(
        kind=obligation.purpose_row.released,
        key=f"obligation:{obligation.pk}:released",
        lines=[
            ledger.debit(place[0], amount, party=obligation.creditor_id, ref=obligation),
            ledger.credit(chart.PAYABLE, amount, party=obligation.creditor_id, ref=obligation),
        ],
        ref=obligation.ref,
        actor=actor,
    )
    crash_point("settlement.release.posted")
    obligation.released_at = now
    obligation.save(update_fields=["released_at"])
    audit.record(
        "settlement.obligation.released",
        subject=obligation,
        actor=actor,
        data={"amount": amount},
        parties=obligation.party_ids,
        now=now,
    )
    return obligation


def _owner_agrees(obligation: Obligation) -> bool:
    key = f"obligation.may_release:{obligation.purpose}"
    return not handlers.has(key) or bool(handlers.call(key, obligation=obligation))
