"""The panel: eligibility of proposals, the random draw, invitations, refusals and replacements."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.rules import same_group
from challenges import drawing
from challenges.lifecycle_parties import SITTING, ProposalState, SeatState
from challenges.models import Challenge, Conflict, Draw, Expert, Proposal, Seat
from challenges.rules import is_officer
from foundation import audit
from foundation.core.actors import CLOCK
from foundation.core.clock import database_now
from foundation.core.errors import DomainError, Invalid, NotAllowed, NotPossibleNow
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


def require_officer(actor) -> None:
    """Raises NotAllowed."""
    if not is_officer(actor):
        raise NotAllowed()


@transaction.atomic
def judge_eligibility(*, proposal: Proposal, eligible: bool, reason: str, actor) -> Proposal:
    """An officer finds an opened proposal eligible or not; a refusal has reasons. Raises NotAllowed, Invalid."""
    proposal = lock_rows(proposal)
    if not eligible and not reason.strip():
        raise Invalid(_("Say why: the team reads it."), field="reason")
    told: dict[str, Any] = {"actor": actor, "reason": reason, "parties": [proposal.organization_id]}
    return audit.advance(proposal, "admit" if eligible else "exclude", set={"reason": reason[:2000]}, **told)


def found_conflicts(challenge: Challenge, expert: Expert) -> list[tuple[Proposal | None, str]]:
    """By rule, expert by expert: the same unit or group as the firm or a team, co-authors and members by name."""
    found: list[tuple[Proposal | None, str]] = []
    if expert.unit is not None and same_group(expert.unit, challenge.owner):
        found.append((None, Conflict.Kind.UNIT))
    known = set(expert.coauthors) | set(expert.names)
    for proposal in challenge.proposals.filter(state=ProposalState.ELIGIBLE).select_related("organization"):
        members = list(proposal.members.all())
        units = {member.unit for member in members} | {proposal.organization.name}
        inventors = {name for patent in proposal.opened.patents.all() for name in patent.inventors}
        if (expert.unit is not None and same_group(expert.unit, proposal.organization)) or expert.unit_name in units:
            found.append((proposal, Conflict.Kind.UNIT))
        if known & ({member.name for member in members} | inventors):
            found.append((proposal, Conflict.Kind.COAUTHOR))
    return found


@transaction.atomic
def draw_panel(*, challenge: Challenge, actor) -> Draw:
    """Draw the panel and its reserves from the pool; the seed is the system's and stays on record.

    Raises NotAllowed, NotPossibleNow, ProposalsUnchecked, PoolTooSmall.
    """
    require_officer(actor)
    challenge = lock_rows(challenge)
    if not challenge.permits("draw") or challenge.seats.filter(state__in=SITTING).exists():
        label = challenge.state_label
        raise NotPossibleNow(lifecycle="challenge", state=challenge.state, move="draw", label=label)
    if challenge.proposals.filter(state=ProposalState.OPENED).exists():
        raise ProposalsUnchecked()
    eligible, excluded = _pool(challenge)
    season, seed, now = challenge.season, drawing.new_seed(), database_now()
    try:
        drawn = drawing.draw(seed, eligible, size=season.panel_size, reserves=season.reserve_experts)
    except drawing.PoolTooSmall as error:
        raise PoolTooSmall(found=len(eligible), needed=season.panel_size) from error
    kept = Draw.objects.create(
        challenge=challenge,
        seed=seed,
        eligible=sorted(eligible),
        excluded={str(pk): kind for pk, kind in sorted(excluded.items())},
        drawn=[*drawn.seats, *drawn.reserves],
        drawn_by_id=actor.user_id,
        drawn_at=now,
    )
    for expert in drawn.seats:
        _seat(kept, expert, eligible[expert], now)
    facts = {"seed": seed, "pool": len(eligible), "excluded": len(excluded), "seats": len(drawn.seats)}
    audit.record("challenges.challenge.panel_drawn", subject=challenge, actor=actor, data=facts, visibility="private")
    return kept


def _pool(challenge: Challenge) -> tuple[dict[int, bool], dict[int, str]]:
    """{eligible expert: from outside the firm} and {excluded expert: why}. A conflict with any proposal excludes."""
    eligible, excluded = {}, {}
    declared = set(Conflict.objects.filter(challenge=challenge).values_list("expert_id", flat=True))
    sat = set(challenge.seats.values_list("expert_id", flat=True))
    for expert in Expert.objects.filter(is_active=True).select_related("unit"):
        conflicts = found_conflicts(challenge, expert)
        if expert.pk in declared or conflicts:
            excluded[expert.pk] = str(conflicts[0][1]) if conflicts else str(Conflict.Kind.DECLARED)
        elif expert.pk not in sat and expert.user.is_active:
            eligible[expert.pk] = expert.unit_id != challenge.owner_id
    return eligible, excluded


def _seat(draw: Draw, expert_id: int, is_outside: bool, now: datetime) -> Seat:
    challenge = draw.challenge
    seat = Seat.objects.create(
        challenge=challenge,
        expert_id=expert_id,
        draw=draw,
        alias=f"E{challenge.seats.count() + 1}",
        is_outside=is_outside,
        answer_by_at=deadline_in_workdays(now, challenge.season.invitation_days),
    )
    facts = {"challenge": challenge.number, "answer_by": seat.answer_by_at}
    audit.record("challenges.seat.invited", subject=seat, actor=CLOCK, data=facts, visibility="private", now=now)
    return seat


@transaction.atomic
def answer(*, seat: Seat, accept: bool, actor, reason: str = "") -> Seat:
    """The expert accepts, declaring no conflict and promising secrecy, or declines; a reserve is then invited.

    Raises NotAllowed, NotPossibleNow.
    """
    challenge, seat = lock_rows(seat.challenge, seat)
    now = database_now()
    if accept:
        return audit.advance(seat, "accept", actor=actor, set={"declared_at": now}, visibility="private", now=now)
    audit.advance(seat, "decline", actor=actor, reason=reason, visibility="private", now=now)
    replace(challenge, seat, now)
    return seat


@transaction.atomic
def recuse(*, seat: Seat, reason: str, actor, proposal: Proposal | None = None) -> Seat:
    """A conflict came to light: the seat is given up, its scores no longer count, a reserve is invited.

    Raises NotAllowed, NotPossibleNow, Invalid.
    """
    if not reason.strip():
        raise Invalid(_("Say what the conflict is."), field="reason")
    challenge, seat = lock_rows(seat.challenge, seat)
    now = database_now()
    own = actor.user_id == seat.expert.user_id
    kind = Conflict.Kind.DECLARED if own else Conflict.Kind.OFFICE
    Conflict.objects.get_or_create(
        expert=seat.expert, challenge=challenge, proposal=proposal, kind=kind, defaults={"reason": reason[:500]}
    )
    audit.advance(seat, "recuse", actor=actor, reason=reason, visibility="private", now=now)
    replace(challenge, seat, now)
    return seat


@transaction.atomic
def expire_due(*, seat: Seat) -> bool:
    """An invitation that was not answered in time falls to a reserve; False if there is nothing to do."""
    challenge, seat = lock_rows(seat.challenge, seat)
    now = database_now()
    if seat.state != SeatState.INVITED or now < seat.answer_by_at:
        return False
    audit.advance(seat, "expire", actor=CLOCK, visibility="private", now=now)
    replace(challenge, seat, now)
    return True


def replace(challenge: Challenge, gone: Seat, now: datetime) -> Seat | None:
    """Invite the next of the draw who has no seat yet; None when the reserves are used up: the officer draws again."""
    sat = set(challenge.seats.values_list("expert_id", flat=True))
    for expert_id in gone.draw.drawn:
        if expert_id not in sat and not found_conflicts(challenge, Expert.objects.get(pk=expert_id)):
            return _seat(gone.draw, expert_id, True, now)  # reserves are from outside
    return None


@transaction.atomic
def draw_again(*, challenge: Challenge, actor) -> Draw:
    """Draw for the seats that nobody took, from those who were not drawn yet. Raises as `draw_panel`."""
    require_officer(actor)
    challenge = lock_rows(challenge)
    missing = challenge.season.panel_size - challenge.seats.filter(state__in=SITTING).count()
    if not challenge.permits("draw") or missing <= 0:
        label = challenge.state_label
        raise NotPossibleNow(lifecycle="challenge", state=challenge.state, move="draw", label=label)
    eligible, excluded = _pool(challenge)
    outside = {pk: True for pk, is_outside in eligible.items() if is_outside}
    seed, now = drawing.new_seed(), database_now()
    drawn = drawing.order(seed, outside)
    if len(drawn) < missing:
        raise PoolTooSmall(found=len(drawn), needed=missing)
    kept = Draw.objects.create(
        challenge=challenge, seed=seed, eligible=sorted(outside), drawn=drawn, drawn_by_id=actor.user_id, drawn_at=now,
        excluded={str(pk): kind for pk, kind in sorted(excluded.items())},
    )  # fmt: skip
    for expert in drawn[:missing]:
        _seat(kept, expert, True, now)
    facts = {"seed": seed, "pool": len(outside), "excluded": len(excluded), "seats": missing}
    audit.record("challenges.challenge.panel_drawn", subject=challenge, actor=actor, data=facts, visibility="private")
    return kept
