"""Work on a milestone starts when the escrow covers it: the rest of the bounty is asked for by plan, not at once.

Several teams share one escrow. What a milestone was promised of it when the rest was asked for is kept for it, so the
amounts asked for do not depend on who pays or is accepted first.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db.models import Q, QuerySet, Sum

from challenges.lifecycle_parties import MILESTONE, AwardState, MilestoneState
from challenges.models import Award, Challenge, Milestone
from challenges.services import bounty
from foundation import audit
from foundation.core.actors import SYSTEM
from foundation.core.clock import end_of_local_day, local_date
from foundation.core.money import Money
from settlement.lifecycle import ObligationState
from settlement.models import Obligation
from settlement.queries.records import NET_PAID

REMIND_BEFORE = timedelta(days=7)
ONGOING = tuple(state for state in MilestoneState if state not in MILESTONE.final and state != MilestoneState.PLANNED)
NOTHING = Money(0)
Asked = dict[int, list[Obligation]]  # by milestone


def committed(challenge: Challenge) -> Money:
    """What the escrow of a challenge must still pay for milestones in work."""
    found = Milestone.objects.filter(award__challenge=challenge, state__in=ONGOING).aggregate(total=Sum("amount_fen"))
    return Money(found["total"] or 0)


def start_next(*, award: Award, now: datetime) -> Milestone | None:
    """Start the next planned milestone if the escrow covers it beside what is in work and what is kept for others.

    Else the firm is asked for the rest. A team that waited for the firm's payment gets those days on top. In the
    caller's transaction, with challenge and award locked. A repeat changes nothing.
    """
    waiting = award.milestones.filter(state=MilestoneState.PLANNED).order_by("position").first()
    if waiting is None or award.state != AwardState.RUNNING or award.milestones.filter(state__in=ONGOING).exists():
        return None
    if waits_at_gate(award, waiting):
        return None
    challenge = award.challenge
    asked = asked_by_milestone(challenge)
    own = asked.get(waiting.pk, [])
    missing = still_missing(waiting.amount, bounty.held(challenge), committed(challenge) + _kept(waiting, asked))
    if missing > NOTHING:
        _ask(challenge, waiting, missing, own)
        return None
    for one in _open(own):  # money of a team that ended covers it
        bounty.withdraw(obligation=one, actor=SYSTEM, reason="covered by the escrow")
    due_date = waiting.due_date + _waited(own, now)
    due = end_of_local_day(due_date)
    facts = {"due": due_date, "amount": waiting.amount}
    parties = [challenge.owner_id, award.solver_id]
    fields = {"due_date": due_date, "hand_in_by_at": due, "next_check_at": max(now, due - REMIND_BEFORE)}
    return audit.advance(waiting, "start", actor=SYSTEM, data=facts, parties=parties, set=fields, now=now)


def still_missing(amount: Money, held: Money, spoken_for: Money) -> Money:
    """What the firm has to pay in before an amount can be promised: less what is held and promised to nobody (pure)."""
    return max(amount - max(held - spoken_for, NOTHING), NOTHING)


def _kept(waiting: Milestone, asked: Asked) -> Money:
    """What of the escrow belongs to milestones of other teams that wait for the firm's payment or for their start."""
    others = Milestone.objects.filter(pk__in=asked, state=MilestoneState.PLANNED, award__state=AwardState.RUNNING)
    kept = NOTHING
    for one in others.exclude(pk=waiting.pk):
        still = [row for row in asked[one.pk] if row.state in (ObligationState.OPEN, ObligationState.PAID)]
        if still:
            kept = kept + max(one.amount - _sum(_open(still)), NOTHING)
    return kept


def _open(rows: Iterable[Obligation]) -> list[Obligation]:
    return [row for row in rows if row.state == ObligationState.OPEN]


def _sum(rows: Iterable[Obligation]) -> Money:
    return sum((row.amount for row in rows), NOTHING)


def _ask(challenge: Challenge, waiting: Milestone, missing: Money, before: list[Obligation]) -> None:
    """Ask for what is missing. Too much asked for before is replaced, unless the firm began to pay it; too little is
    topped up.
    """
    standing = _open(before)
    if _sum(standing) > missing:
        for one in [row for row in standing if not row.allocated]:
            bounty.withdraw(obligation=one, actor=SYSTEM, reason="less is missing")
            standing.remove(one)
    more = missing - _sum(standing)
    if more > NOTHING:
        bounty.ask(challenge=challenge, amount=more, key=f"milestone:{waiting.pk}:{len(before) + 1}")


def _waited(asked: list[Obligation], now: datetime) -> timedelta:
    """The days between asking the firm for the money of a milestone and now."""
    return timedelta(0) if not asked else local_date(now) - local_date(asked[0].created_at)


def go_on(*, challenge: Challenge, now: datetime) -> None:
    """Start whatever may start now: more money came, or another team of a race ended and is asked for no longer.

    In the caller's transaction, with the challenge and its running awards locked.
    """
    for rows in asked_by_milestone(challenge, Q(state__in=MILESTONE.final)).values():
        for one in _open(rows):
            bounty.withdraw(obligation=one, actor=SYSTEM, reason="the contract ended")
    for award in challenge.awards.filter(state=AwardState.RUNNING).order_by("pk"):
        start_next(award=award, now=now)


def waits_at_gate(award: Award, milestone: Milestone) -> bool:
    """Whether a horse race is undecided at the gate that this milestone lies behind."""
    gate = award.challenge.gate_milestone
    racing = award.challenge.awards.filter(state__in=[AwardState.CONTRACTING, AwardState.RUNNING])
    return bool(gate) and milestone.position > gate and racing.exclude(pk=award.pk).exists()


def asked_by_milestone(challenge: Challenge, only: Q | None = None) -> Asked:
    """{milestone: what the firm was asked to pay in for it, oldest first}; ``only`` names the milestones."""
    found = _by_milestone(bounty.asked_of(challenge))
    if only is None or not found:
        return found
    named = Milestone.objects.filter(only, pk__in=found).values_list("pk", flat=True)
    return {pk: found[pk] for pk in named}


def _by_milestone(rows: QuerySet[Obligation]) -> Asked:
    found: Asked = {}
    for row in rows:
        _purpose, _challenge, about, *numbers = row.key.split(":")
        if about == "milestone":
            found.setdefault(int(numbers[0]), []).append(row)
    return found


def waiting_payments(awards: Iterable[Award]) -> dict[int, Obligation]:
    """{award: what the firm has to pay in before its next milestone starts}, in two queries."""
    awards = list(awards)
    rows = Obligation.objects.filter(
        purpose=bounty.PURPOSE,
        ref_kind="challenges.challenge",
        ref_id__in={award.challenge_id for award in awards},
        state=ObligationState.OPEN,
    )
    found = _by_milestone(rows.annotate(known_paid_fen=NET_PAID).order_by("pk"))
    of = Milestone.objects.filter(pk__in=found, award__in=awards).values_list("award_id", "pk")
    return {award: found[milestone][0] for award, milestone in of}


def waiting_payment(award: Award) -> Obligation | None:
    """What the firm has to pay in before the next milestone starts."""
    return waiting_payments([award]).get(award.pk)
