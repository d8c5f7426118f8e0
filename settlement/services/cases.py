"""Clarifying money: finance sends it back or assigns it; above a limit a second person decides."""

from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from foundation import audit
from foundation.core.actors import SYSTEM
from foundation.core.clock import database_now
from foundation.core.errors import Invalid, NotAllowed, NotPossibleNow
from foundation.core.locking import lock_rows
from foundation.core.money import Money
from foundation.core.text import clean_text
from settlement import rules
from settlement.lifecycle import CaseState, ObligationState
from settlement.models import Case, Obligation
from settlement.services import allocating, refunding, second_person
from settlement.services.allocating import AssignmentWrong

REVIEW = "settlement.refund"


@transaction.atomic
def resolve_case(
    *, case: Case, resolution: str, actor: Any, obligation: Obligation | None = None, note: str = ""
) -> Case:
    """Send the money back ("refund"), assign it to an open obligation of the same amount ("assign"), or try a failed
    refund again ("retry").

    A refund above settings.KAIXU_FOUR_EYES_ABOVE_FEN waits for a second person: the case is "in review" then. Raises
    NotAllowed, NotPossibleNow, AssignmentWrong, Invalid (a resolution that does not fit the kind of case).
    """
    if not rules.may_settle(actor, case):
        raise NotAllowed()
    case = lock_rows(case)
    if not case.permits("resolve"):
        raise NotPossibleNow(lifecycle="case", state=case.state, move="resolve", label=case.state_label)
    if resolution not in fitting(case):
        raise Invalid(_("Choose what is to be done."), field="resolution")
    case.resolution, case.note = resolution, clean_text(note, 500, multiline=True)
    case.obligation, case.proposed_by_id = (obligation if resolution == Case.Resolution.ASSIGN else None), actor.user_id
    case.save(update_fields=["resolution", "note", "obligation", "proposed_by_id"])
    if resolution == Case.Resolution.REFUND and case.payment.unallocated.fen > settings.KAIXU_FOUR_EYES_ABOVE_FEN:
        return _propose(case, actor)
    return _carry_out(case, actor)


def fitting(case: Case) -> list[str]:
    """The resolutions that fit a kind of case."""
    if case.kind == Case.Kind.REFUND_FAILED:
        return [Case.Resolution.RETRY]
    return [Case.Resolution.REFUND, Case.Resolution.ASSIGN]


def _propose(case: Case, actor) -> Case:
    audit.advance(case, "propose", actor=actor, reason=case.note, visibility="private", data=_facts(case))
    title = f"{case.payment.received} · {case.payment.transaction_id}"
    second_person.ask(kind=REVIEW, subject=case, title=title, actor=actor)
    return case


@transaction.atomic
def decide_case(*, review: Any, decision: Any, actor: Any) -> None:
    """A second person decided (handler of approvals): carried out when approved, else back to finance."""
    case = lock_rows(Case.objects.get(pk=review.subject_id))
    if case.state != CaseState.IN_REVIEW:
        return
    second_person.require_another(actor, case.proposed_by_id)
    if decision.outcome == "approve":
        case.decided_by_id = actor.user_id
        case.save(update_fields=["decided_by_id"])
        _carry_out(case, SYSTEM)
    else:
        audit.advance(case, "return", actor=SYSTEM, reason=decision.text, visibility="private", data=_facts(case))


def _carry_out(case: Case, actor) -> Case:
    payment, now = lock_rows(case.payment), database_now()
    if case.resolution == Case.Resolution.ASSIGN:
        if _assign(case, payment, actor, now):
            return case
    elif case.resolution == Case.Resolution.RETRY:
        refund = lock_rows(case.refund)
        audit.advance(refund, "retry", actor=actor, visibility="private", set={"next_try_at": now, "tries": 1})
    else:
        _give_back(case, payment, actor)
    return audit.advance(
        case, "resolve", actor=actor, reason=case.note, visibility="private", data=_facts(case), now=now
    )


def _give_back(case: Case, payment, actor) -> None:
    """All of it, or what an assignment left over."""
    rest = payment.unallocated
    move = "assign" if payment.allocations.exists() else "turn_back"
    facts = {"amount": rest, "obligation": payment.obligation.number if payment.obligation_id else ""}
    audit.advance(payment, move, actor=actor, parties=payment.party_ids, data=facts)
    refunding.return_unidentified(payment, actor=actor, reason=case.note or case.kind)


def _assign(case: Case, payment, actor, now) -> bool:
    """Assign as much as is owed; whether something is left to decide about: an over-payment stays unidentified."""
    rest, obligation = payment.unallocated, case.obligation
    if obligation is None or obligation.state != ObligationState.OPEN:
        raise AssignmentWrong(amount=rest)
    amount = min(rest, obligation.left)
    if not obligation.purpose_row.partial and obligation.left != rest:
        raise AssignmentWrong(amount=rest)
    key = f"case:{case.pk}:{obligation.pk}"
    try:
        allocating.allocate(payment=payment, obligation=obligation, amount=amount, actor=actor, key=key, now=now)
    except allocating.OwnerRefused as error:
        raise AssignmentWrong(amount=rest) from error
    return amount < rest


def _facts(case: Case) -> dict:
    amount = Money(case.payment.received_fen, case.payment.currency)
    return {"resolution": case.resolution, "amount": amount, "transaction": case.payment.transaction_id or ""}
