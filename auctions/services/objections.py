"""Objections to a sale: raised by anybody with an interest, answered by an officer; upheld ones annul the sale."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from auctions.lifecycle import PUBLIC
from auctions.models import Sale, SaleObjection
from auctions.rules import is_officer, may_object
from auctions.services.sales import locked
from foundation import audit
from foundation.core.clock import database_now
from foundation.core.errors import DomainError, Invalid, NotAllowed, NotPossibleNow
from foundation.core.text import clean_text
from settlement.services import second_person

LONGEST = 2000


class ObjectionOpen(DomainError):
    """An objection waits for its answer."""

    code = "objection_open"
    message = _("An objection to this sale has not been answered yet.")


@transaction.atomic
def raise_objection(*, sale: Sale, reason: str, actor: Any) -> SaleObjection:
    """A party that is known to the platform objects before the right is registered; one open objection each.

    Raises NotAllowed, NotPossibleNow, Invalid (no reason).
    """
    if not may_object(actor):
        raise NotAllowed()
    sale, text = locked(sale), clean_text(reason, LONGEST, multiline=True)
    if not sale.permits("object") or sale.lot.state not in PUBLIC:
        raise NotPossibleNow(lifecycle="auction sale", state=sale.state, move="object", label=sale.state_label)
    if not text:
        raise Invalid(_("Say what is wrong with the sale."), field="reason")
    mine = sale.objections.filter(organization=actor.organization_id, decided_at=None).first()
    if mine is not None:
        return mine
    now = database_now()
    made = SaleObjection.objects.create(
        sale=sale, organization_id=actor.organization_id, raised_by_id=actor.user_id, reason=text, raised_at=now
    )
    audit.record(
        "auctions.sale.objected",
        subject=sale,
        actor=actor,
        data={"lot": sale.lot.number, "objection": made.pk},
        parties=[*sale.party_ids, actor.organization_id],
        now=now,
    )
    return made


@transaction.atomic
def dismiss(*, objection: SaleObjection, answer: str, actor: Any) -> SaleObjection:
    """An officer answers that the sale stands. Raises NotAllowed, OwnWork, Invalid, NotPossibleNow.

    Not possible: it is answered, or a second person is deciding about it.
    """
    sale = locked(objection.sale)
    objection = SaleObjection.objects.get(pk=objection.pk)
    if not is_officer(actor):
        raise NotAllowed()
    second_person.require_another(actor, objection.raised_by_id)
    if objection.decided_at is not None or objection.rulings.filter(decided_at=None).exists():
        raise NotPossibleNow(lifecycle="objection", state="decided", move="dismiss", label=_("Answered"))
    text = clean_text(answer, LONGEST, multiline=True)
    if not text:
        raise Invalid(_("Give the answer to the objection."), field="answer")
    return close(objection, sale, upheld=False, answer=text, actor=actor)


def close(objection: SaleObjection, sale: Sale, *, upheld: bool, answer: str, actor: Any) -> SaleObjection:
    """Note the answer. Inside the caller's lock of the sale."""
    now = database_now()
    objection.decided_at, objection.decided_by_id = now, actor.user_id
    objection.upheld, objection.answer = upheld, answer
    objection.save(update_fields=["decided_at", "decided_by", "upheld", "answer"])
    audit.record(
        f"auctions.sale.objection_{'upheld' if upheld else 'dismissed'}",
        subject=sale,
        actor=actor,
        reason=answer,
        data={"lot": sale.lot.number, "objection": objection.pk},
        parties=[*sale.party_ids, objection.organization_id],
        now=now,
    )
    return objection


def refuse_while_open(sale: Sale) -> None:
    """Raises ObjectionOpen."""
    if sale.objections.filter(decided_at=None).exists():
        raise ObjectionOpen()
