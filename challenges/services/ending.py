"""How an award and its challenge end: completed, failed, terminated with what is due to each side."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from challenges.lifecycle import ChallengeState
from challenges.lifecycle_parties import AWARD, MILESTONE, AwardState
from challenges.models import Award, Challenge, Milestone
from challenges.rules import is_officer
from challenges.services import bounty
from challenges.services.contracting import parties_of, side_of
from foundation import audit
from foundation.core.actors import SYSTEM
from foundation.core.clock import database_now
from foundation.core.errors import Invalid, NotAllowed
from foundation.core.locking import lock_rows

ENDED_BADLY = {AwardState.FAILED: "fail", AwardState.TERMINATED: "terminate"}


def finish(*, challenge: Challenge, now: datetime) -> None:
    """End a challenge when its last award has ended; what the escrow still holds goes back to the firm.

    In the caller's transaction, with the challenge locked.
    """
    awards = list(challenge.awards.exclude(state=AwardState.SET_ASIDE))
    if any(award.state not in AWARD.final for award in awards):
        return
    bounty.give_back(challenge=challenge, actor=SYSTEM, reason="challenge ended")
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

    The firm or an officer; the team asks one of them. Raises NotAllowed, NotPossibleNow, Invalid.
    """
    if side_of(award, actor) != "owner" and not is_officer(actor):
        raise NotAllowed()
    if not reason.strip():
        raise Invalid(_("Say why: the reason is published."), field="reason")
    challenge, award = lock_rows(award.challenge, award)
    now = database_now()
    _end_milestones(award, now)
    fields = {"ended_reason": reason[:2000], "next_check_at": None}
    audit.advance(award, "terminate", actor=actor, reason=reason, visibility="public", set=fields, now=now)
    finish(challenge=challenge, now=now)
    return award


@transaction.atomic
def choose_at_gate(*, award: Award, reason: str, actor) -> Award:
    """The horse race ends: this award goes on, the others end with what they delivered up to the gate.

    Raises NotAllowed, Invalid (a team has not reached the gate).
    """
    challenge = lock_rows(award.challenge)
    if side_of(award, actor) != "owner":
        raise NotAllowed()
    gate, now = challenge.gate_milestone, database_now()
    others = list(challenge.awards.filter(state=AwardState.RUNNING).exclude(pk=award.pk))
    racing = Milestone.objects.filter(award__challenge=challenge, position__lte=gate or 0)
    if not gate or not others or racing.exclude(state__in=MILESTONE.final).exists():
        raise Invalid(_("Every team first comes to the gate."), field="award")
    for other in others:
        loser = lock_rows(other)
        _end_milestones(loser, now)
        fields = {"ended_reason": reason[:2000], "next_check_at": None}
        audit.advance(loser, "terminate", actor=actor, reason=reason, visibility="public", set=fields, now=now)
    facts = {"award": award.number}
    audit.record("challenges.challenge.gate_passed", subject=challenge, actor=actor, reason=reason, data=facts,
                 visibility="public", now=now)  # fmt: skip
    return award
