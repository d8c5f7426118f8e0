"""Disputes about paid money: opened, answered, negotiated, mediated. Only the disputed part is frozen."""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from foundation import audit
from foundation.core import numbering
from foundation.core.actors import CLOCK
from foundation.core.clock import database_now, end_of_local_day, local_date
from foundation.core.errors import DomainError, Invalid, NotAllowed, NotPossibleNow
from foundation.core.locking import lock_rows
from foundation.core.money import Money
from foundation.core.text import clean_text
from settlement import chart
from settlement import rules_payouts as rules
from settlement.lifecycle_disputes import DISPUTE, DisputeState
from settlement.models import Dispute, Obligation
from settlement.services import freezes
from settlement.services.taking_back import can_go_back

LONGEST = 2000


class AlreadyDisputed(DomainError):
    """A dispute about this payment is open."""

    code = "already_disputed"
    message = _("A dispute about this payment is open already.")


class DisputedTooMuch(DomainError):
    """More than what is still here."""

    code, field = "disputed_too_much", "amount"
    message = _("At most {left} of this payment is still here and can be disputed.")


def deadline(days: int) -> Any:
    """The half-open end of the n-th day from today in Shanghai."""
    return end_of_local_day(local_date(database_now()) + timedelta(days=days))


def text_of(text: str, field: str) -> str:
    """Cleaned text. Raises Invalid where it is empty."""
    cleaned = clean_text(text, LONGEST, multiline=True)
    if not cleaned:
        raise Invalid(_("Say what it is about."), field=field)
    return cleaned


@transaction.atomic
def open_dispute(*, obligation: Obligation, amount: Money, claim: str, actor: Any) -> Dispute:
    """Either side disputes (a part of) what was paid; that part is frozen until the dispute ends.

    The other side has settings.KAIXU_DISPUTE_ANSWER_DAYS to answer. Raises NotAllowed, AlreadyDisputed,
    DisputedTooMuch, Invalid.
    """
    if not rules.may_dispute(actor, obligation):
        raise NotAllowed()
    claim = text_of(claim, "claim")
    obligation = lock_rows(obligation)
    ended = [str(state) for state in DISPUTE.final]
    if obligation.disputes.exclude(state__in=ended).exists():
        raise AlreadyDisputed()
    left = can_go_back(obligation)
    if not Money(0, amount.currency) < amount <= left:
        raise DisputedTooMuch(left=left)
    claimant = actor.organization_id
    [respondent] = [one for one in obligation.party_ids if one != claimant]
    row = Dispute.objects.create(
        number=numbering.allocate("dispute", local_date(database_now()).year),
        obligation=obligation,
        claimant_id=claimant,
        respondent_id=respondent,
        opened_by_id=actor.user_id,
        amount_fen=amount.fen,
        currency=amount.currency,
        claim=claim,
        due_at=deadline(settings.KAIXU_DISPUTE_ANSWER_DAYS),
    )
    _freeze(row, obligation, actor)
    audit.record(
        "settlement.dispute.opened",
        subject=row,
        actor=actor,
        reason=claim[:200],
        data={"amount": amount, "about": obligation.number},
        parties=row.party_ids,
    )
    return row


def _freeze(row: Dispute, obligation: Obligation, actor: Any) -> None:
    """In escrow first, the rest where it is due to the payee already."""
    left = row.amount
    for account, party in (
        (obligation.purpose_row.held_in, obligation.holder_id),
        (chart.PAYABLE, obligation.creditor_id),
    ):
        there = freezes.available(account=account, party=party, ref=obligation)
        part = min(left, there)
        if part:
            freezes.place(account=account, party=party, ref=obligation, amount=part, kind="dispute", basis=row,
                          actor=actor, reason=row.number)  # fmt: skip
            left -= part
    if left:
        raise DisputedTooMuch(left=row.amount - left)


@transaction.atomic
def answer_dispute(*, dispute: Dispute, answer: str, actor: Any) -> Dispute:
    """The other side answers; both may now offer how to settle. Raises NotAllowed, NotPossibleNow, Invalid."""
    text = text_of(answer, "answer")
    return advance(lock_rows(dispute), "answer", actor, text, answer=text, answered_at=database_now(), due_at=None,
                   answered_by_id=actor.user_id)  # fmt: skip


@transaction.atomic
def ask_mediation(*, dispute: Dispute, actor: Any, reason: str) -> Dispute:
    """Bring a dispute before the province's mediators. Raises NotAllowed, NotPossibleNow, Invalid."""
    return advance(lock_rows(dispute), "mediate", actor, text_of(reason, "reason"))


@transaction.atomic
def appoint_mediator(*, dispute: Dispute, mediator: str, actor: Any) -> Dispute:
    """Name who mediates: a mediator of the province or of CNIPA (Patent Law Art. 52). Raises NotAllowed,
    NotPossibleNow, Invalid."""
    dispute = lock_rows(dispute)
    if not rules.may_mediate(actor, dispute):
        raise NotAllowed()
    if not dispute.permits("appoint"):
        label = dispute.state_label
        raise NotPossibleNow(lifecycle="dispute", state=dispute.state, move="appoint", label=label)
    name = clean_text(mediator, 200)
    if not name:
        raise Invalid(_("Name the mediator."), field="mediator")
    dispute.mediator = name
    dispute.save(update_fields=["mediator"])
    audit.record("settlement.dispute.mediator_named", subject=dispute, actor=actor, data={"about": dispute.number},
                 parties=dispute.party_ids)  # fmt: skip
    return dispute


@transaction.atomic
def declare_failed(*, dispute: Dispute, actor: Any, reason: str) -> Dispute:
    """No agreement: either side or the mediator says so; who wants more goes to arbitration or court within
    settings.KAIXU_DISPUTE_COURT_DAYS. Raises NotAllowed, NotPossibleNow, Invalid."""
    due = deadline(settings.KAIXU_DISPUTE_COURT_DAYS)
    return advance(lock_rows(dispute), "fail", actor, text_of(reason, "reason"), due_at=due)


@transaction.atomic
def refer(*, dispute: Dispute, actor: Any, forum: str, forum_reference: str) -> Dispute:
    """Record that arbitration or a court has the case; the money stays frozen until its ruling. Raises NotAllowed,
    NotPossibleNow, Invalid."""
    forum, reference = clean_text(forum, 200), clean_text(forum_reference, 100)
    if not forum:
        raise Invalid(_("Name the court or the arbitration commission."), field="forum")
    if not reference:
        raise Invalid(_("Enter the case number."), field="forum_reference")
    fields = {"forum": forum, "forum_reference": reference, "due_at": None}
    return advance(lock_rows(dispute), "refer", actor, f"{forum} {reference}", **fields)


@transaction.atomic
def withdraw_dispute(*, dispute: Dispute, actor: Any, reason: str = "") -> Dispute:
    """The claimant gives it up; the money is free again. Raises NotAllowed, NotPossibleNow."""
    dispute = advance(lock_rows(dispute), "withdraw", actor, clean_text(reason, 200), **_end())
    freezes.lift_all(basis=dispute, actor=actor, reason=dispute.number)
    return dispute


def _end() -> dict[str, Any]:
    return {"due_at": None, "ended_at": database_now()}


@transaction.atomic
def pass_deadline(*, dispute: Dispute) -> bool:
    """What the clock does: go on without an answer, or close what nobody brought before a court. False if not due."""
    dispute = lock_rows(dispute)
    if dispute.due_at is None or database_now() < dispute.due_at:
        return False
    if dispute.state == DisputeState.OPEN:
        advance(dispute, "pass", CLOCK, "", due_at=None)
        return True
    if dispute.state == DisputeState.FAILED:
        advance(dispute, "lapse", CLOCK, "", **_end())
        freezes.lift_all(basis=dispute, actor=CLOCK, reason=dispute.number)
        return True
    return False


def advance(dispute: Dispute, move: str, actor: Any, reason: str, **fields: Any) -> Dispute:
    """A move of a dispute, told to both sides. Inside the caller's transaction, with the row locked."""
    facts = {"amount": dispute.amount, "about": dispute.obligation.number}
    return audit.advance(dispute, move, actor=actor, reason=reason[:500], data=facts, parties=dispute.party_ids,
                         set=fields)  # fmt: skip
