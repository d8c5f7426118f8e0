"""Claiming a case and deciding it."""

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from approvals import queries
from approvals import reasons as reason_table
from approvals.lifecycle import State
from approvals.models import Decision, Outcome, Review
from approvals.services.opening import tell_owner
from foundation import audit
from foundation.core import handlers
from foundation.core.clock import database_now
from foundation.core.errors import DomainError, Invalid
from foundation.core.locking import lock_rows
from foundation.core.workdays import deadline_in_workdays

CORRECTION_WORKDAYS = (5, 10, 15)
TEXT_LIMIT = 2_000


class NotYourCase(DomainError):
    """Somebody else claimed it."""

    code = "not_your_case"
    message = _("This case was claimed by somebody else. Claim it first.")


class ChecksOpen(DomainError):
    """A check fails or nobody knows its answer: unknown is never a pass."""

    code = "checks_open"
    field = "outcome"
    message = _("Not possible while a check fails or is unknown: {codes}.")


class AlreadyPublished(DomainError):
    """What was approved has taken effect."""

    code = "already_published"
    message = _("The approval has taken effect and cannot be undone any more.")


@transaction.atomic
def claim(*, review: Review, actor) -> Review:
    """Take a case to decide it."""
    review = lock_rows(review)
    review = audit.advance(
        review, "claim", actor=actor, parties=[review.organization_id], set={"reviewer_id": actor.pk}
    )
    tell_owner("claimed", review, actor=actor)
    return review


@transaction.atomic
def release(*, review: Review, actor) -> Review:
    """Put a claimed case back, one's own or that of an absent colleague."""
    review = lock_rows(review)
    review = audit.advance(review, "release", actor=actor, parties=[review.organization_id], set={"reviewer_id": None})
    tell_owner("released", review, actor=actor)
    return review


@transaction.atomic
def decide(*, review: Review, outcome: str, actor, reasons=(), text: str = "", correction_days: int = 10) -> Decision:
    """Approve, return for correction, or reject. The subject's owner carries it out in the same transaction.

    A return sends the unsent remarks and stops the clock; ``correction_days`` are working days for the opener.
    Raises NotYourCase, ChecksOpen (approval while a check fails or is unknown), Invalid (a reason is missing),
    NotPossibleNow, NotAllowed.
    """
    review = lock_rows(review)
    if review.state == State.CLAIMED and review.reviewer_id != actor.pk:
        raise NotYourCase()
    _check_input(review, outcome, list(reasons), text, correction_days)
    reasons = [] if outcome == Outcome.APPROVE else list(reasons)
    if outcome == Outcome.APPROVE:
        _check_facts(review)
    now = database_now()
    fields = {"due_at": None}
    if outcome == Outcome.RETURN:
        fields |= {
            "workdays_left": max(0, queries.workdays_left(review, now)),
            "correction_due_at": deadline_in_workdays(now, correction_days),
            "rounds": review.rounds + 1,
        }
    else:
        fields |= {"decided_at": now}
    move = "return" if outcome == Outcome.RETURN else "decide"
    review = audit.advance(
        review,
        move,
        actor=actor,
        reason=text,
        data={"outcome": outcome, "reasons": reasons},
        parties=[review.organization_id],
        set=fields,
        now=now,
    )
    decision = _keep(review, actor, now, outcome=outcome, reasons=reasons, text=text, correction_days=correction_days)
    handlers.call(f"review.decided:{review.kind}", review=review, decision=decision, actor=actor)
    return decision


def _check_input(review, outcome, reasons, text, correction_days) -> None:
    if outcome not in Outcome.values:
        raise Invalid(_("Choose a decision."), field="outcome")
    fitting = None if outcome == Outcome.APPROVE else outcome  # an approval keeps none, but knows what is listed
    known = {reason.code for reason in reason_table.offered(review.kind, fitting)}
    if not set(reasons) <= known:
        raise Invalid(_("Choose reasons from the list."), field="reasons")
    if outcome == Outcome.REJECT and (not reasons or not text.strip()):
        field = "text" if reasons else "reasons"
        raise Invalid(_("A rejection needs at least one reason code and a text."), field=field)
    if outcome == Outcome.RETURN:
        if not text.strip() and not review.corrections.filter(decision=None).exists():
            raise Invalid(_("Say what has to be corrected: a remark on a field, or a text."), field="text")
        if correction_days not in CORRECTION_WORKDAYS:
            raise Invalid(_("Choose a deadline from the list."), field="correction_days")


def _check_facts(review) -> None:
    facts = handlers.call(f"review.facts:{review.kind}", review=review)
    if facts.get("blocking"):
        raise ChecksOpen(codes=", ".join(facts.get("blocking_codes", ())) or "—")


def _keep(review, actor, now, *, outcome, reasons, text, correction_days) -> Decision:
    decision = Decision.objects.create(
        review=review,
        outcome=outcome,
        reasons=reasons,
        text=text,
        correction_days=correction_days if outcome == Outcome.RETURN else None,
        maker_id=actor.user_id,
        maker_role=actor.role,
        opener_id=review.opener_user_id,
        made_at=now,
    )
    if outcome == Outcome.RETURN:
        review.corrections.filter(decision=None).update(decision=decision)
    return decision


@transaction.atomic
def undo_approval(*, review: Review, actor, reason: str) -> Review:
    """Take an approval back before it takes effect; the case is claimed again. Raises AlreadyPublished.

    Possible only for kinds whose owner registered "review.undone:<kind>", which refuses when it is too late.
    """
    review = lock_rows(review)
    latest = review.decisions.order_by("-pk").first()
    key = f"review.undone:{review.kind}"
    if latest is None or latest.outcome != Outcome.APPROVE or not handlers.has(key):
        raise AlreadyPublished()
    if not reason.strip():
        raise Invalid(_("Say why the approval is undone."), field="reason")
    now = database_now()
    review = audit.advance(
        review,
        "reopen",
        actor=actor,
        reason=reason,
        parties=[review.organization_id],
        set={"decided_at": None, "reviewer_id": actor.pk, "due_at": deadline_in_workdays(now, 1)},
        now=now,
    )
    handlers.call(key, review=review, actor=actor, reason=reason)
    return review


def publication_delay_minutes() -> int:
    """Minutes between approval and publication in which the approval can be undone."""
    return int(getattr(settings, "KAIXU_PUBLICATION_DELAY", 15))
