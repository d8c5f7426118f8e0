"""How an award and its challenge end: completed, failed, terminated with what is due to each side."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from challenges.lifecycle import ChallengeState
from challenges.lifecycle_parties import AWARD, MILESTONE, AwardState, MilestoneState
from challenges.models import Award, Challenge, Milestone
from challenges.rules import is_officer
from challenges.services import bounty, escrow_plan, selecting
from challenges.services.contracting import OWNER, SOLVER, parties_of, side_of
from foundation import audit
from foundation.core.actors import SYSTEM
from foundation.core.clock import database_now
from foundation.core.crashes import crash_point
from foundation.core.errors import DomainError, Invalid, NotAllowed, NotPossibleNow
from foundation.core.locking import lock_rows

RACING = (AwardState.CONTRACTING, AwardState.RUNNING)
NOT_DECIDED = (MilestoneState.SUBMITTED, MilestoneState.IN_REVIEW)
ENDED_BADLY = {AwardState.FAILED: "fail", AwardState.TERMINATED: "terminate"}


class DecideFirst(DomainError):
    """The team handed something in and has a right to the firm's decision."""

    code = "decide_first"
    message = _("Decide first about what was handed in for milestone {position}.")


def finish(*, challenge: Challenge, now: datetime) -> None:
    """End a challenge when its last award has ended; what the escrow still holds goes back to the firm.

    In the caller's transaction, with the challenge locked.
    """
    awards = list(challenge.awards.exclude(state=AwardState.SET_ASIDE))
    if any(award.state not in AWARD.final for award in awards):
        escrow_plan.go_on(challenge=challenge, now=now)
        return
    bounty.give_back(challenge=challenge, actor=SYSTEM, reason="challenge ended")
    selecting.stand_down(challenge, now)
    told: dict[str, Any] = {"actor": SYSTEM, "visibility": "public", "now": now}
    if any(award.state == AwardState.COMPLETED for award in awards):
        if challenge.state == ChallengeState.IN_PROGRESS:
            audit.advance(challenge, "go_final", **told)
        audit.advance(challenge, "complete", **told)
        return
    audit.advance(challenge, ENDED_BADLY[awards[-1].state], **told)


def fail(*, challenge: Challenge, award: Award, reason: str, actor, now: datetime) -> None:
    """The work failed: what was accepted stays paid, the rest ends. In the caller's transaction, rows locked."""
    _end_milestones(award, now)
    fields = {"ended_reason": reason[:2000], "next_check_at": None}
    audit.advance(award, "fail", actor=actor, reason=reason, visibility="public", set=fields, now=now)
    finish(challenge=challenge, now=now)


def _end_milestones(award: Award, now: datetime) -> None:
    for milestone in award.milestones.exclude(state__in=MILESTONE.final).order_by("position"):
        told: dict[str, Any] = {"actor": SYSTEM, "parties": parties_of(award), "now": now}
        audit.advance(lock_rows(milestone), "end", set={"next_check_at": None}, **told)


@transaction.atomic
def terminate(*, award: Award, reason: str, actor) -> Award:
    """End a contract before its time: accepted milestones stay paid, the rest of the escrow goes back.

    The firm or an officer; the team asks one of them (`ask_end`). The firm first decides about what was handed in
    (Civil Code Arts. 563 to 566). Raises NotAllowed, NotPossibleNow, DecideFirst, Invalid.
    """
    if side_of(award, actor) != OWNER and not is_officer(actor):
        raise NotAllowed()
    if not reason.strip():
        raise Invalid(_("Say why: the reason is published."), field="reason")
    challenge, award, now = *all_locked(award), database_now()
    waiting = award.milestones.filter(state__in=NOT_DECIDED).first()
    if waiting is not None and not is_officer(actor):
        raise DecideFirst(position=waiting.position)
    _end_milestones(award, now)
    fields = {"ended_reason": reason[:2000], "next_check_at": None}
    audit.advance(award, "terminate", actor=actor, reason=reason, visibility="public", set=fields, now=now)
    crash_point("challenges.award.terminated")
    finish(challenge=challenge, now=now)
    return award


def all_locked(award: Award) -> tuple[Challenge, Award]:
    """The challenge with all its awards, locked in one call; and the award."""
    awards = list(award.challenge.awards.exclude(pk=award.pk))
    challenge, award, *_others = lock_rows(award.challenge, award, *awards)
    return challenge, award


@transaction.atomic
def ask_end(*, award: Award, reason: str, actor) -> Award:
    """The team asks the firm, and the officers, to end the contract. Raises NotAllowed, NotPossibleNow, Invalid."""
    award, now = lock_rows(award), database_now()
    if side_of(award, actor) != SOLVER:
        raise NotAllowed()
    if not (award.permits("work") or award.permits("negotiate")):
        label = award.state_label
        raise NotPossibleNow(lifecycle="award", state=award.state, move="terminate", label=label)
    if not reason.strip():
        raise Invalid(_("Give the reasons."), field="reason")
    Award.objects.filter(pk=award.pk).update(end_asked_at=now, end_asked_reason=reason.strip()[:2000])
    audit.record("challenges.award.end_asked", subject=award, actor=actor, reason=reason, parties=parties_of(award),
                 now=now)  # fmt: skip
    return Award.objects.get(pk=award.pk)


@transaction.atomic
def choose_at_gate(*, award: Award, reason: str, actor) -> Award:
    """The horse race ends: this award goes on, the others end with what they delivered up to the gate.

    Raises NotAllowed, Invalid (a team has not reached the gate).
    """
    challenge, award = all_locked(award)
    if side_of(award, actor) != OWNER:
        raise NotAllowed()
    if not reason.strip():
        raise Invalid(_("Say why: the reason is published."), field="reason")
    now = database_now()
    others = list(challenge.awards.filter(state__in=RACING).exclude(pk=award.pk))
    if award.state != AwardState.RUNNING or not others or not at_gate(challenge):
        raise Invalid(_("Every team first comes to the gate."), field="reason")
    for loser in others:
        _end_milestones(loser, now)
        fields = {"ended_reason": reason[:2000], "next_check_at": None}
        audit.advance(loser, "terminate", actor=actor, reason=reason, visibility="public", set=fields, now=now)
    facts = {"award": award.number}
    audit.record("challenges.challenge.gate_passed", subject=challenge, actor=actor, reason=reason, data=facts,
                 visibility="public", now=now)  # fmt: skip
    escrow_plan.go_on(challenge=challenge, now=now)
    return award


def at_gate(challenge: Challenge) -> bool:
    """Whether several teams run and every one of them has everything up to the gate behind it."""
    return challenge.pk in races_at_gate([challenge.pk])


def races_at_gate(challenges: Iterable[int]) -> set[int]:
    """Those of these challenges in which the firm may choose at the gate now, in two queries."""
    racing: dict[int, list[str]] = {}
    awards = Award.objects.filter(challenge__in=challenges, state__in=RACING)
    for challenge, state in awards.values_list("challenge", "state"):
        racing.setdefault(challenge, []).append(state)
    before: dict[int, list[str]] = {}
    gate = F("award__challenge__gate_milestone")
    rows = Milestone.objects.filter(award__challenge__in=racing, award__state__in=RACING, position__lte=gate)
    for challenge, state in rows.values_list("award__challenge", "state"):
        before.setdefault(challenge, []).append(state)
    return {
        challenge
        for challenge, states in racing.items()
        if len(states) > 1
        and all(state == AwardState.RUNNING for state in states)
        and before.get(challenge)
        and all(state in MILESTONE.final for state in before[challenge])
    }
