"""Work on a milestone starts when the escrow covers it: the rest of the bounty is asked for by plan, not at once."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db.models import QuerySet, Sum

from challenges.lifecycle_parties import MILESTONE, AwardState, MilestoneState
from challenges.models import Award, Challenge, Milestone
from challenges.services import bounty
from foundation import audit
from foundation.core.actors import SYSTEM
from foundation.core.clock import end_of_local_day, local_date
from foundation.core.money import Money
from settlement.lifecycle import ObligationState
from settlement.models import Obligation

REMIND_BEFORE = timedelta(days=7)
ONGOING = tuple(state for state in MilestoneState if state not in MILESTONE.final and state != MilestoneState.PLANNED)


def committed(challenge: Challenge) -> Money:
    """What the escrow of a challenge must still pay for milestones in work."""
    found = Milestone.objects.filter(award__challenge=challenge, state__in=ONGOING).aggregate(total=Sum("amount_fen"))
    return Money(found["total"] or 0)


def start_next(*, award: Award, now: datetime) -> Milestone | None:
    """Start the next planned milestone if the escrow covers it beside what is in work; else ask the firm for the rest.

    A team that waited for the firm's payment gets those days on top. In the caller's transaction, with challenge and
    award locked. A repeat changes nothing.
    """
    waiting = award.milestones.filter(state=MilestoneState.PLANNED).order_by("position").first()
    if waiting is None or award.state != AwardState.RUNNING or award.milestones.filter(state__in=ONGOING).exists():
        return None
    if waits_at_gate(award, waiting):
        return None
    challenge = award.challenge
    missing = committed(challenge) + waiting.amount - bounty.held(challenge)
    if missing > Money(0):
        bounty.ask(challenge=challenge, amount=missing, key=f"milestone:{waiting.pk}")
        return None
    due_date = waiting.due_date + _waited(waiting, now)
    due = end_of_local_day(due_date)
    facts = {"due": due_date, "amount": waiting.amount}
    parties = [challenge.owner_id, award.solver_id]
    fields = {"due_date": due_date, "hand_in_by_at": due, "next_check_at": max(now, due - REMIND_BEFORE)}
    return audit.advance(waiting, "start", actor=SYSTEM, data=facts, parties=parties, set=fields, now=now)


def _waited(milestone: Milestone, now: datetime) -> timedelta:
    """The days between asking the firm for the money of a milestone and now."""
    asked = _asked_for([milestone]).first()
    return timedelta(0) if asked is None else local_date(now) - local_date(asked.created_at)


def go_on(*, challenge: Challenge, now: datetime) -> None:
    """Start whatever may start now: more money came, or another team of a race ended.

    In the caller's transaction, with the challenge and its running awards locked.
    """
    for award in challenge.awards.filter(state=AwardState.RUNNING).order_by("pk"):
        start_next(award=award, now=now)


def waits_at_gate(award: Award, milestone: Milestone) -> bool:
    """Whether a horse race is undecided at the gate that this milestone lies behind."""
    gate = award.challenge.gate_milestone
    racing = award.challenge.awards.filter(state__in=[AwardState.CONTRACTING, AwardState.RUNNING])
    return bool(gate) and milestone.position > gate and racing.exclude(pk=award.pk).exists()


def _asked_for(milestones: Iterable[Milestone]) -> QuerySet[Obligation]:
    """What the firm was asked to pay in for these milestones."""
    keys = [f"{bounty.PURPOSE}:{one.award.challenge_id}:milestone:{one.pk}" for one in milestones]
    return Obligation.objects.filter(key__in=keys)


def waiting_payment(award: Award) -> Obligation | None:
    """What the firm has to pay in before the next milestone starts."""
    return _asked_for(award.milestones.select_related("award")).filter(state=ObligationState.OPEN).first()
