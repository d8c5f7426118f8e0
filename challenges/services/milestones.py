"""Milestones: handed in, measured, accepted and paid out of the escrow, or sent back (twice at most), or not met."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from challenges.lifecycle import ChallengeState
from challenges.lifecycle_parties import MILESTONE, AwardState, MilestoneState
from challenges.models import Acceptance, Award, Challenge, Deliverable, Measurement, Milestone, Payout
from challenges.services import bounty, ending, escrow_plan
from challenges.services.contracting import OWNER, SOLVER, parties_of, side_of
from foundation import audit
from foundation.core.actors import SYSTEM
from foundation.core.clock import database_now
from foundation.core.crashes import crash_point
from foundation.core.errors import DomainError, Invalid, NotAllowed, NotPossibleNow
from foundation.core.locking import lock_rows
from foundation.core.refs import Ref
from foundation.core.workdays import deadline_in_workdays
from foundation.documents import services as documents
from foundation.documents.models import File

M = MilestoneState
Outcome = Acceptance.Outcome
MOST_FILES = 20
Rows = tuple[Challenge, Award, Milestone]


class MustNotMet(DomainError):
    """An indicator that must be met is not."""

    code, field = "must_not_met", "measurements"
    message = _("“{name}” must be met before this can be accepted.")


class ReworkUsedUp(DomainError):
    """Twice at most."""

    code, field = "rework_used_up", "outcome"
    message = _("This was sent back {times} times already: accept it or find it not met.")


def _locked(milestone: Milestone) -> Rows:
    award = Award.objects.select_related("challenge").get(pk=milestone.award_id)
    return tuple(lock_rows(award.challenge, award, milestone))


@transaction.atomic
def hand_in(
    *, milestone: Milestone, text: str, actor, files: Sequence[File] = (), uploads: Sequence[Any] = ()
) -> Deliverable:
    """The team hands in what is due, or the rework; both sides read the report and its files.

    ``files`` are the team's own already, ``uploads`` are taken in here. Raises NotAllowed, NotPossibleNow, Invalid,
    the errors of uploads.
    """
    challenge, award, milestone = _locked(milestone)
    _require_solver(award, actor)
    _require(milestone, "deliver", "submit")
    if not text.strip():
        raise Invalid(_("Describe what you deliver."), field="text")
    if any(file.owner_organization_id != award.solver_id for file in files):
        raise NotAllowed()
    if len(files) + len(uploads) > MOST_FILES:
        raise Invalid(_("At most {most} documents."), field="file", most=MOST_FILES)
    now, parties = database_now(), parties_of(award)
    decide_by = deadline_in_workdays(now, challenge.season.acceptance_days)
    made = Deliverable.objects.create(
        milestone=milestone,
        round=milestone.deliverables.count() + 1,
        text=text.strip()[:6000],
        handed_in_by_id=actor.user_id,
        handed_in_at=now,
    )
    for file in files:
        file.party_ids = parties
        file.save(update_fields=["party_ids"])
    taken = [documents.accept_upload(upload=one, actor=actor, party_ids=parties) for one in uploads]
    made.files.set([*files, *taken])
    fields = {"decide_by_at": decide_by, "next_check_at": max(now, decide_by - escrow_plan.REMIND_BEFORE)}
    facts = {"round": made.round, "files": [file.sha256 for file in (*files, *taken)]}
    audit.advance(milestone, "submit", actor=actor, data=facts, parties=parties, set=fields, now=now)
    return made


@transaction.atomic
def begin_acceptance(*, milestone: Milestone, actor) -> Milestone:
    """The firm begins to measure. Raises NotAllowed, NotPossibleNow."""
    _challenge, award, milestone = _locked(milestone)
    _require_owner(award, actor)
    return audit.advance(milestone, "review", actor=actor, parties=parties_of(award))


@transaction.atomic
def decide(
    *, milestone: Milestone, outcome: str, reason: str, measured: Mapping[int, tuple[str, bool]], actor
) -> Acceptance:
    """Decide about what was handed in: ``measured`` is {indicator id: (value, met)}.

    Accepted, its amount leaves the escrow for the team in the same transaction, and the next milestone starts. The
    last milestone is accepted only when every indicator that must be met is measured and met. Raises NotAllowed,
    NotPossibleNow, Invalid, MustNotMet, ReworkUsedUp, EscrowShort.
    """
    challenge, award, milestone = _locked(milestone)
    _require_owner(award, actor)
    _require(milestone, "measure", "accept")
    if outcome not in Outcome.values:
        raise Invalid(_("Choose a decision."), field="outcome")
    if not reason.strip():
        raise Invalid(_("Give the reasons."), field="reason")
    _require_measured(challenge, milestone, outcome, measured)
    if outcome == Outcome.REWORK and milestone.reworks >= challenge.season.rework_times:
        raise ReworkUsedUp(times=milestone.reworks)
    now = database_now()
    deliverable = milestone.deliverables.order_by("-round").first()
    if deliverable.handed_in_by_id == actor.user_id:
        raise NotAllowed()  # a person may belong to both sides
    made = Acceptance.objects.create(
        deliverable=deliverable,
        outcome=outcome,
        reason=reason.strip()[:4000],
        decided_by_id=actor.user_id,
        decided_at=now,
    )
    for pk, (value, is_met) in measured.items():
        Measurement.objects.create(acceptance=made, indicator_id=pk, value=value[:100], is_met=is_met)
    CARRY_OUT[outcome]((challenge, award, milestone), actor, reason, now)
    return made


def _require_solver(award: Award, actor: Any) -> None:
    if side_of(award, actor) != SOLVER:
        raise NotAllowed()


def _require_owner(award: Award, actor: Any) -> None:
    if side_of(award, actor) != OWNER:
        raise NotAllowed()


def _require(milestone: Milestone, verb: str, move: str) -> None:
    if not milestone.permits(verb):
        label = milestone.state_label
        raise NotPossibleNow(lifecycle="milestone", state=milestone.state, move=move, label=label)


def _require_measured(challenge, milestone, outcome, measured) -> None:
    known = {row.pk: row for row in challenge.indicators.all()}
    if set(measured) - set(known):
        raise Invalid(field="measurements")
    last = not milestone.award.milestones.filter(position__gt=milestone.position).exists()
    if outcome == Outcome.ACCEPTED and last:
        for row in known.values():
            if row.must and not measured.get(row.pk, ("", False))[1]:
                raise MustNotMet(name=row.name)


def _accept(rows: Rows, actor: Any, reason: str, now: datetime) -> None:
    challenge, award, milestone = rows
    parties = parties_of(award)
    facts = {"amount": milestone.amount, "award": award.number}
    told: dict[str, Any] = {"reason": reason, "data": facts, "parties": parties, "now": now}
    audit.advance(milestone, "accept", actor=actor, set={"next_check_at": None}, **told)
    crash_point("challenges.milestone.accepted")
    held = bounty.holds_of(challenge)
    bounty.pay_out(
        challenge=challenge,
        amount=milestone.amount,
        party=award.solver,
        ref=Ref("challenges.milestone", milestone.pk, milestone.number),
        key=f"milestone:{milestone.pk}",
    )
    crash_point("challenges.milestone.paid")
    Payout.objects.create(milestone=milestone, amount_fen=milestone.amount_fen, hold_number=held[0].number, paid_at=now)
    _go_on(challenge, award, now)


def _go_on(challenge: Challenge, award: Award, now: datetime) -> None:
    """The next milestone, or the end of the award and with the last award of the challenge."""
    if award.milestones.exclude(state__in=[M.ACCEPTED, M.ENDED]).exists():
        left = award.milestones.exclude(state__in=MILESTONE.final).count()
        if left == 1 and challenge.state == ChallengeState.IN_PROGRESS:
            audit.advance(challenge, "go_final", actor=SYSTEM, visibility="public", now=now)
        escrow_plan.start_next(award=award, now=now)
        return
    if award.state == AwardState.RUNNING:
        audit.advance(award, "complete", actor=SYSTEM, visibility="public", now=now)
    ending.finish(challenge=challenge, now=now)


def _send_back(rows: Rows, actor: Any, reason: str, now: datetime) -> None:
    challenge, award, milestone = rows
    again = deadline_in_workdays(now, challenge.season.acceptance_days)  # as long as the firm had to decide
    due = max(again, milestone.hand_in_by_at)
    fields = {
        "reworks": milestone.reworks + 1,
        "hand_in_by_at": due,
        "decide_by_at": None,
        "next_check_at": max(now, due - escrow_plan.REMIND_BEFORE),
    }
    told: dict[str, Any] = {"actor": actor, "reason": reason, "parties": parties_of(award), "now": now}
    audit.advance(milestone, "send_back", set=fields, data={"rework": milestone.reworks + 1, "due": due}, **told)


def _fail(rows: Rows, actor: Any, reason: str, now: datetime) -> None:
    challenge, award, milestone = rows
    told: dict[str, Any] = {"actor": actor, "reason": reason, "parties": parties_of(award), "now": now}
    audit.advance(milestone, "fail", set={"next_check_at": None}, **told)
    ending.fail(challenge=challenge, award=award, reason=reason, actor=actor, now=now)


CARRY_OUT = {Outcome.ACCEPTED: _accept, Outcome.REWORK: _send_back, Outcome.FAILED: _fail}


@transaction.atomic
def on_escrow_paid(*, challenge: Challenge) -> None:
    """More money lies in the escrow: milestones that waited for it start."""
    running = challenge.awards.filter(state=AwardState.RUNNING)
    challenge, *_awards = lock_rows(challenge, *running) if running else [lock_rows(challenge)]
    escrow_plan.go_on(challenge=challenge, now=database_now())
