"""Work on a milestone starts when the escrow covers it: the rest of the bounty is asked for by plan, not at once."""

from datetime import datetime

from django.db.models import Sum

from challenges.lifecycle_parties import MILESTONE, AwardState, MilestoneState
from challenges.models import Award, Challenge, Milestone
from challenges.services import bounty
from foundation import audit
from foundation.core.actors import SYSTEM
from foundation.core.clock import end_of_local_day
from foundation.core.money import Money
from settlement.lifecycle import ObligationState
from settlement.models import Obligation

ONGOING = tuple(state for state in MilestoneState if state not in MILESTONE.final and state != MilestoneState.PLANNED)


def committed(challenge: Challenge) -> Money:
    """What the escrow of a challenge must still pay for milestones in work."""
    found = Milestone.objects.filter(award__challenge=challenge, state__in=ONGOING).aggregate(total=Sum("amount_fen"))
    return Money(found["total"] or 0)


def start_next(*, award: Award, now: datetime) -> Milestone | None:
    """Start the next planned milestone if the escrow covers it beside what is in work; else ask the firm for the rest.

    In the caller's transaction, with challenge and award locked. A repeat changes nothing.
    """
    waiting = award.milestones.filter(state=MilestoneState.PLANNED).order_by("position").first()
    if waiting is None or award.state != AwardState.RUNNING or award.milestones.filter(state__in=ONGOING).exists():
        return None
    challenge = award.challenge
    missing = committed(challenge) + waiting.amount - bounty.held(challenge)
    if missing > Money(0):
        bounty.ask(challenge=challenge, amount=missing, key=f"milestone:{waiting.pk}")
        return None
    due = end_of_local_day(waiting.due_date)
    facts = {"due": waiting.due_date, "amount": waiting.amount}
    parties = [challenge.owner_id, award.solver_id]
    fields = {"next_check_at": due}
    return audit.advance(waiting, "start", actor=SYSTEM, data=facts, parties=parties, set=fields, now=now)


def waiting_payment(award: Award) -> Obligation | None:
    """What the firm has to pay in before the next milestone starts."""
    keys = [f"{bounty.PURPOSE}:{award.challenge_id}:milestone:{one.pk}" for one in award.milestones.all()]
    return Obligation.objects.filter(key__in=keys, state=ObligationState.OPEN).first()
