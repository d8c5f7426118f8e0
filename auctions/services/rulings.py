"""Ending a sale against its course: one officer proposes, a second person decides (four eyes, I16)."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from auctions.models import Ruling, Sale, SaleObjection
from auctions.rules import is_officer
from auctions.services import annulments, defaults, objections
from auctions.services.sales import locked
from foundation import audit
from foundation.core.clock import database_now
from foundation.core.errors import DomainError, Invalid, NotAllowed, NotPossibleNow
from foundation.core.text import clean_text
from settlement.services import second_person

REVIEW = "auctions.ruling"
LONGEST = 1000
VERBS = {Ruling.Act.FORFEIT: "forfeit", Ruling.Act.ANNUL: "annul", Ruling.Act.SELLER_DEFAULT: "find_seller"}


class AlreadyAsked(DomainError):
    """A second person decides about this sale already."""

    code = "already_asked"
    message = _("A second person is deciding about this sale already.")


@transaction.atomic
def propose(
    *,
    sale: Sale,
    act: str,
    reason: str,
    actor: Any,
    then: str = Ruling.Then.UNSOLD,
    objection: SaleObjection | None = None,
) -> Ruling:
    """An officer asks a second person to forfeit, to annul, or to find the seller in default.

    ``then`` is what becomes of the lot after a forfeiture. Raises NotAllowed, NotPossibleNow, AlreadyAsked, Invalid.
    """
    if not is_officer(actor):
        raise NotAllowed()
    sale, text = locked(sale), clean_text(reason, LONGEST, multiline=True)
    if act not in VERBS or then not in Ruling.Then.values:
        raise Invalid(_("Choose a decision."), field="act")
    if not sale.permits(VERBS[Ruling.Act(act)]):
        raise NotPossibleNow(lifecycle="auction sale", state=sale.state, move=act, label=sale.state_label)
    if not text:
        raise Invalid(_("Give the reason."), field="reason")
    if sale.rulings.filter(decided_at=None).exists():
        raise AlreadyAsked()
    now = database_now()
    ruling = Ruling.objects.create(
        sale=sale,
        act=act,
        then=then if act == Ruling.Act.FORFEIT else Ruling.Then.UNSOLD,
        reason=text,
        objection=objection,
        made_by_id=actor.user_id,
        made_at=now,
    )
    audit.record(
        "auctions.sale.ruling_proposed",
        subject=sale,
        actor=actor,
        reason=text,
        visibility="private",
        data={"lot": sale.lot.number, "act": str(act)},
        now=now,
    )
    second_person.ask(kind=REVIEW, subject=ruling, title=f"{sale.number} · {sale.lot.title_zh_hans}", actor=actor)
    return ruling


@transaction.atomic
def decide(*, review: Any, decision: Any, actor: Any) -> Ruling:
    """The second person decided (handler of approvals): it is carried out at once, or dropped.

    Raises NotPossibleNow when the sale went on meanwhile (the buyer's money turned up): then reject it; OwnWork.
    """
    ruling = Ruling.objects.select_related("sale__lot", "objection").get(pk=review.subject_id)
    second_person.require_another(actor, ruling.made_by_id, ruling.objection and ruling.objection.raised_by_id)
    sale = locked(ruling.sale)
    ruling = Ruling.objects.get(pk=ruling.pk)
    if ruling.decided_at is not None:
        return ruling
    approved, now = decision.outcome == "approve", database_now()
    if approved:
        carry_out = {
            Ruling.Act.FORFEIT: defaults.forfeit,
            Ruling.Act.ANNUL: annulments.annul,
            Ruling.Act.SELLER_DEFAULT: annulments.find_seller_in_default,
        }[Ruling.Act(ruling.act)]
        carry_out(sale, then=ruling.then, reason=ruling.reason, actor=actor, now=now)
        if ruling.objection_id is not None and ruling.objection.decided_at is None:
            objections.close(ruling.objection, sale, upheld=True, answer=ruling.reason, actor=actor)
    ruling.decided_at, ruling.decided_by_id, ruling.approved = now, actor.user_id, approved
    ruling.save(update_fields=["decided_at", "decided_by", "approved"])
    return ruling
