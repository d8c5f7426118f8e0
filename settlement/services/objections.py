"""The payer objects to a release, finance settles it; only this obligation's money is kept back."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from foundation import audit
from foundation.core.clock import database_now
from foundation.core.errors import DomainError, Invalid, NotAllowed, NotPossibleNow
from foundation.core.locking import lock_rows
from foundation.core.text import clean_text
from settlement import rules
from settlement.models import Objection, Obligation
from settlement.services import second_person

LONGEST = 1000


class AlreadyObjected(DomainError):
    """An objection is open."""

    code = "already_objected"
    message = _("An objection is open already.")


@transaction.atomic
def raise_objection(*, obligation: Obligation, actor: Any, reason: str) -> Objection:
    """Keep paid money in escrow for now. Raises NotAllowed, NotPossibleNow, AlreadyObjected, Invalid (no reason)."""
    if not rules.may_object(actor, obligation):
        raise NotAllowed()
    text = _reason(reason, "reason")
    obligation = lock_rows(obligation)
    if not obligation.permits("object") or obligation.released_at is not None:
        label = obligation.state_label
        raise NotPossibleNow(lifecycle="obligation", state=obligation.state, move="object", label=label)
    if obligation.objections.filter(settled_at=None).exists():
        raise AlreadyObjected()
    now = database_now()
    objection = Objection.objects.create(obligation=obligation, reason=text, raised_by_id=actor.user_id, raised_at=now)
    audit.record(
        "settlement.obligation.objected",
        subject=obligation,
        actor=actor,
        reason=text,
        data={"amount": obligation.amount},
        parties=obligation.party_ids,
        now=now,
    )
    return objection


@transaction.atomic
def settle_objection(*, obligation: Obligation, actor: Any, outcome: str) -> Obligation:
    """Finance ends the open objection with its reason; the money may be released again. Raises NotAllowed, OwnWork
    (whoever objected), Invalid."""
    if not rules.may_settle(actor, obligation):
        raise NotAllowed()
    text = _reason(outcome, "outcome")
    obligation = lock_rows(obligation)
    now = database_now()
    objection = obligation.objections.filter(settled_at=None).first()
    if objection is None:
        raise NotPossibleNow(lifecycle="objection", state="settled", move="settle", label=str(_("no open objection")))
    second_person.require_another(actor, objection.raised_by_id)
    objection.settled_at, objection.settled_by_id, objection.outcome = now, actor.user_id, text
    objection.save(update_fields=["settled_at", "settled_by_id", "outcome"])
    audit.record(
        "settlement.obligation.objection_settled",
        subject=obligation,
        actor=actor,
        reason=text,
        parties=obligation.party_ids,
        now=now,
    )
    return obligation


def _reason(text: str, field: str) -> str:
    cleaned = clean_text(text, LONGEST, multiline=True)
    if not cleaned:
        raise Invalid(_("Say why."), field=field)
    return cleaned
