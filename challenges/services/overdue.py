"""Timers of contracts and milestones: reminders before and after a deadline, and the end of what never comes.

Results depend on stored times only: a late or repeated look changes nothing.
"""

from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from challenges.lifecycle_parties import AwardState
from challenges.models import Award, Milestone
from challenges.services import ending
from challenges.services.contracting import OWNER, SOLVER, parties_of, side_of
from foundation import audit
from foundation.core.actors import CLOCK
from foundation.core.clock import database_now
from foundation.core.display import last_moment
from foundation.core.errors import DomainError, Invalid, NotAllowed, NotPossibleNow
from foundation.core.locking import lock_rows

REMIND_AGAIN = timedelta(days=7)
GRACE = timedelta(days=30)  # a reasonable period after the demand (Civil Code Art. 563, item 3)


class TooEarly(DomainError):
    """The team still has time."""

    code = "too_early"
    message = _("The team has until {until} to hand in what is due.")


def waits_for(milestone: Milestone) -> str:
    """ "solver" where something is to be handed in, "owner" where it is to be decided, empty otherwise."""
    return SOLVER if milestone.permits("deliver") else OWNER if milestone.permits("decide") else ""


@transaction.atomic
def look_at_milestone(*, milestone: Milestone) -> bool:
    """Remind both sides of a deadline a week before it, when it passed, and every week after; False if not due."""
    milestone, now = lock_rows(milestone), database_now()
    due = milestone.due_at
    if due is None or milestone.next_check_at is None or now < milestone.next_check_at:
        return False
    late = now >= due
    facts = {"due": due, "waits_for": waits_for(milestone)}
    parties = parties_of(milestone.award)
    name = f"challenges.milestone.{'overdue' if late else 'reminded'}"
    audit.record(name, subject=milestone, actor=CLOCK, data=facts, parties=parties, now=now)
    Milestone.objects.filter(pk=milestone.pk).update(next_check_at=now + REMIND_AGAIN if late else due)
    return True


@transaction.atomic
def look_at_award(*, award: Award) -> bool:
    """Remind who has not signed the contract in time, every week; False if not due."""
    award, now = lock_rows(award), database_now()
    if award.state != AwardState.CONTRACTING or award.next_check_at is None or now < award.next_check_at:
        return False
    facts = {"sign_by": award.sign_by_at}
    audit.record(
        "challenges.award.unsigned", subject=award, actor=CLOCK, data=facts, parties=parties_of(award), now=now
    )
    Award.objects.filter(pk=award.pk).update(next_check_at=now + REMIND_AGAIN)
    return True


def may_fail_from(milestone: Milestone) -> Any:
    """The moment from which the firm may find a milestone not met because nothing came; None where it cannot."""
    return milestone.hand_in_by_at + GRACE if milestone.permits("deliver") and milestone.hand_in_by_at else None


@transaction.atomic
def find_not_met(*, milestone: Milestone, reason: str, actor) -> Milestone:
    """Nothing came 30 days after the deadline and its reminder: the firm ends the work.

    Raises NotAllowed, NotPossibleNow, TooEarly, Invalid.
    """
    if not reason.strip():
        raise Invalid(_("Give the reasons."), field="reason")
    award = milestone.award
    challenge, award, milestone = lock_rows(award.challenge, award, milestone)
    if side_of(award, actor) != OWNER:
        raise NotAllowed()
    now, possible = database_now(), may_fail_from(milestone)
    if possible is None:  # something came: it is measured and decided
        label = milestone.state_label
        raise NotPossibleNow(lifecycle="milestone", state=milestone.state, move="fail", label=label)
    if now < possible:
        raise TooEarly(until=last_moment(possible))
    told: dict[str, Any] = {"reason": reason, "parties": parties_of(award), "now": now}
    milestone = audit.advance(milestone, "fail", actor=actor, set={"next_check_at": None}, **told)
    ending.fail(challenge=challenge, award=award, reason=reason, actor=actor, now=now)
    return milestone
