"""The panel: eligibility of proposals, the random draw, invitations, refusals and replacements."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from challenges import drawing
from challenges.lifecycle_parties import SITTING, ProposalState, SeatState
from challenges.models import Challenge, Draw, Proposal, Seat
from challenges.services import conflicts
from challenges.services.impartial import require_officer_of
from foundation import audit
from foundation.core.actors import CLOCK
from foundation.core.clock import database_now
from foundation.core.errors import DomainError, Invalid, NotPossibleNow
from foundation.core.locking import lock_rows
from foundation.core.workdays import deadline_in_workdays


class PoolTooSmall(DomainError):
    """Too few experts without a conflict."""

    code = "pool_too_small"
    message = _("Only {found} experts without a conflict fit; {needed} are needed, two thirds from outside.")


class ProposalsUnchecked(DomainError):
    """Experts are excluded by who proposes: every proposal has to be checked first."""

    code = "proposals_unchecked"
    message = _("Check the eligibility of every proposal first.")


class NobodyEligible(DomainError):
    """There is nothing to score."""

    code = "nobody_eligible"
    message = _("No proposal is eligible: the firm can only award nobody.")


@transaction.atomic
def judge_eligibility(*, proposal: Proposal, eligible: bool, reason: str, actor) -> Proposal:
    """An officer finds an opened proposal eligible or not; a refusal has reasons. Raises NotAllowed, Invalid."""
    proposal = lock_rows(proposal)
    require_officer_of(proposal.challenge, actor)
    if not eligible and not reason.strip():
        raise Invalid(_("Say why: the team reads it."), field="reason")
    told: dict[str, Any] = {"actor": actor, "reason": reason, "parties": [proposal.organization_id]}
    return audit.advance(proposal, "admit" if eligible else "exclude", set={"reason": reason[:2000]}, **told)


@transaction.atomic
def draw_panel(*, challenge: Challenge, actor, by_field: bool = False) -> Draw:
    """Draw the panel and its reserves from the pool; the seed is the system's and stays on record.

    ``by_field``: only from experts who work in one of the challenge's IPC classes.

    Raises NotAllowed, NotPossibleNow, ProposalsUnchecked, NobodyEligible, PoolTooSmall.
    """
    challenge = lock_rows(challenge)
    require_officer_of(challenge, actor)
    if challenge.seats.filter(state__in=SITTING).exists():
        raise _not_now(challenge)
    _require_checked(challenge)
    eligible, excluded = conflicts.pool(challenge, by_field=by_field)
    return _draw(challenge, challenge.season.panel_size, eligible, excluded, actor)


@transaction.atomic
def draw_again(*, challenge: Challenge, actor, by_field: bool = False) -> Draw:
    """Draw for the seats that nobody took, outsiders only. Raises as `draw_panel`."""
    challenge = lock_rows(challenge)
    require_officer_of(challenge, actor)
    missing = challenge.season.panel_size - challenge.seats.filter(state__in=SITTING).count()
    if missing <= 0:
        raise _not_now(challenge)
    _require_checked(challenge)
    eligible, excluded = conflicts.pool(challenge, by_field=by_field)
    return _draw(challenge, missing, {pk: True for pk, outside in eligible.items() if outside}, excluded, actor)


def _not_now(challenge: Challenge) -> NotPossibleNow:
    return NotPossibleNow(lifecycle="challenge", state=challenge.state, move="draw", label=challenge.state_label)


def _require_checked(challenge: Challenge) -> None:
    """Raises NotPossibleNow, ProposalsUnchecked, NobodyEligible."""
    if not challenge.permits("draw"):
        raise _not_now(challenge)
    states = set(challenge.proposals.values_list("state", flat=True))
    if ProposalState.OPENED in states:
        raise ProposalsUnchecked()
    if ProposalState.SCORED in states:
        raise _not_now(challenge)
    if ProposalState.ELIGIBLE not in states:
        raise NobodyEligible()


def _draw(challenge: Challenge, size: int, eligible: dict[int, bool], excluded: dict[int, str], actor) -> Draw:
    """Write the draw down with all it was made from, and invite who was drawn. Raises PoolTooSmall."""
    seed, now, reserves = drawing.new_seed(), database_now(), challenge.season.reserve_experts
    try:
        drawn = drawing.draw(seed, eligible, size=size, reserves=reserves)
    except drawing.PoolTooSmall as error:
        raise PoolTooSmall(found=len(eligible), needed=size) from error
    kept = Draw.objects.create(
        challenge=challenge,
        seed=seed,
        size=size,
        reserves=reserves,
        eligible=sorted(eligible),
        outside=sorted(pk for pk, outside in eligible.items() if outside),
        excluded={str(pk): kind for pk, kind in sorted(excluded.items())},
        drawn=[*drawn.seats, *drawn.reserves],
        drawn_by_id=actor.user_id,
        drawn_at=now,
    )
    for expert in drawn.seats:
        _seat(kept, expert, now)
    facts = {"seed": seed, "pool": len(eligible), "excluded": len(excluded), "seats": len(drawn.seats)}
    audit.record("challenges.challenge.panel_drawn", subject=challenge, actor=actor, data=facts, visibility="private")
    return kept


def replay(draw: Draw) -> list[int]:
    """The experts that the recorded seed and lists give, in their order: what `Draw.drawn` has to be."""
    pool = {pk: pk in set(draw.outside) for pk in draw.eligible}
    again = drawing.draw(draw.seed, pool, size=draw.size, reserves=draw.reserves)
    return [*again.seats, *again.reserves]


def _seat(draw: Draw, expert_id: int, now: datetime) -> Seat:
    challenge = draw.challenge
    seat = Seat.objects.create(
        challenge=challenge,
        expert_id=expert_id,
        draw=draw,
        alias=f"E{challenge.seats.count() + 1}",
        is_outside=expert_id in draw.outside,
        answer_by_at=deadline_in_workdays(now, challenge.season.invitation_days),
    )
    facts = {"challenge": challenge.number, "answer_by": seat.answer_by_at}
    audit.record("challenges.seat.invited", subject=seat, actor=CLOCK, data=facts, visibility="private", now=now)
    return seat


@transaction.atomic
def expire_due(*, seat: Seat) -> bool:
    """An invitation that was not answered in time falls to a reserve; False if there is nothing to do."""
    challenge, seat = lock_rows(seat.challenge, seat)
    now = database_now()
    if seat.state != SeatState.INVITED or now < seat.answer_by_at:
        return False
    facts = {"challenge": challenge.number}
    audit.advance(seat, "expire", actor=CLOCK, visibility="private", now=now, data=facts)
    replace(challenge, seat, now)
    return True


def is_scoring(challenge: Challenge) -> bool:
    """Whether the panel still has something to score."""
    return challenge.permits("score") and challenge.proposals.filter(state=ProposalState.ELIGIBLE).exists()


def replace(challenge: Challenge, gone: Seat, now: datetime) -> Seat | None:
    """Invite the next of the draw who has no seat yet; None when the reserves are used up: the officer draws again.

    Nobody is invited when there is nothing to score any more. In the caller's transaction, with challenge and seat
    locked.
    """
    if not is_scoring(challenge):
        return None
    eligible, _excluded = conflicts.pool(challenge)  # a conflict may have come up since the draw
    for expert_id in gone.draw.drawn:
        if eligible.get(expert_id):
            return _seat(gone.draw, expert_id, now)
    facts = {"challenge": challenge.number, "seat": gone.alias}
    audit.record("challenges.challenge.reserves_used_up", subject=challenge, actor=CLOCK, data=facts,
                 visibility="private", now=now)  # fmt: skip
    return None
