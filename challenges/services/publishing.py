"""In the list: published when the first share is secured, extended, closed at the end of its last day, cancelled."""

from datetime import date, datetime, time, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from challenges.lifecycle import ChallengeState
from challenges.lifecycle_parties import ProposalState
from challenges.models import Challenge, Proposal
from challenges.rules import is_officer, may_publish
from challenges.services import bounty
from challenges.services.draft_checks import furthest_day
from foundation import audit
from foundation.core.actors import CLOCK, SYSTEM
from foundation.core.clock import LOCAL, database_now, end_of_local_day, local_date
from foundation.core.display import last_moment
from foundation.core.errors import DomainError, Invalid, NotAllowed
from foundation.core.locking import lock_rows
from foundation.core.workdays import add_workdays

ACCEPTED, NOT_WAITING = "accepted", "refused:not_waiting"
LONGEST_EXTENSION = timedelta(days=180)
OPENING_HOUR = time(9)  # in Shanghai
REST_OF_NO_PROPOSAL = timedelta(days=30)  # then the challenge ends by itself


class DeadlinePassed(DomainError):
    """The last day is over."""

    code = "deadline_passed"
    message = _("The deadline passed at {closes}.")


def closing(last_day: date) -> datetime:
    """The moment proposals are no longer taken: 00:00 of the next day in Shanghai, half-open, UTC."""
    return end_of_local_day(last_day)


def dates_of(last_day: date) -> dict[str, Any]:
    """The columns that follow from the last day; the opening is planned for 9:00 of the next working day."""
    opening = datetime.combine(add_workdays(last_day, 1), OPENING_HOUR, LOCAL)
    closes = closing(last_day)
    return {"deadline_date": last_day, "closes_at": closes, "next_check_at": closes, "opening_planned_at": opening}


@transaction.atomic
def on_paid(*, obligation, payment, now: datetime) -> str:
    """A share of the bounty arrived in full and is held; the first one publishes the challenge, while its season runs.

    Answers `accepted` or `refused:<why>`. Inside settlement's transaction.
    """
    challenge = lock_rows(Challenge.objects.get(pk=obligation.ref_id))
    if challenge.state == ChallengeState.APPROVED and challenge.obligation_id == obligation.pk:
        if not lock_rows(challenge.season, share=True).permits("publish"):
            return NOT_WAITING
        publish(challenge=challenge)
        return ACCEPTED
    return ACCEPTED if challenge.permits("contract") or challenge.permits("work") else NOT_WAITING


def publish(*, challenge: Challenge) -> Challenge:
    """Put an approved challenge into the list; teams always get the season's least number of days.

    In the caller's transaction, with the challenge locked.
    """
    now = database_now()
    least = local_date(now) + timedelta(days=challenge.season.least_open_days)
    last_day = min(max(challenge.deadline_date, least), furthest_day(local_date(now)))
    fields = {"published_at": now, **dates_of(last_day)}
    facts = {"bounty": challenge.bounty, "deadline": last_day, "season": challenge.season.code}
    told: dict[str, Any] = {"actor": SYSTEM, "visibility": "public", "data": facts, "now": now}
    return audit.advance(challenge, "publish", set=fields, **told)


@transaction.atomic
def extend(*, challenge: Challenge, last_day: date, reason: str, actor) -> Challenge:
    """Move the deadline out, before it passed or after no proposal came; proposals made so far stay sealed.

    Raises NotAllowed, NotPossibleNow, DeadlinePassed, Invalid.
    """
    challenge = lock_rows(challenge)
    now = database_now()
    if challenge.state == ChallengeState.OPEN and now >= challenge.closes_at:
        raise DeadlinePassed(closes=last_moment(challenge.closes_at))
    check_new_day(challenge, last_day, reason, now)
    facts = {"before": challenge.deadline_date, "deadline": last_day}
    fields = dates_of(last_day)
    challenge.openings.filter(given_up_at=None).update(given_up_at=now)  # it found nothing; there will be another one
    told: dict[str, Any] = {"actor": actor, "reason": reason, "visibility": "public", "data": facts, "now": now}
    return audit.advance(challenge, "extend", set=fields, **told)


def check_new_day(challenge: Challenge, last_day: date, reason: str, now: datetime) -> None:
    """A later day within half a year, and why. Raises Invalid."""
    first = max(challenge.deadline_date, local_date(now)) + timedelta(days=1)
    if not first <= last_day <= local_date(now) + LONGEST_EXTENSION:
        raise Invalid(_("Choose a later day, within half a year."), field="last_day")
    if not reason.strip():
        raise Invalid(_("Say why: the reason is published."), field="reason")


@transaction.atomic
def close_due(*, challenge: Challenge) -> bool:
    """Close a challenge whose last day is over; drafts miss it. False if there is nothing to do.

    The lock of the challenge decides about a submission on its way.
    """
    challenge, now = lock_rows(challenge), database_now()
    if challenge.state != ChallengeState.OPEN or now < challenge.closes_at:
        return False
    audit.advance(challenge, "close", actor=CLOCK, visibility="public", now=now, set={"next_check_at": None})
    for draft in Proposal.objects.filter(challenge=challenge, state=ProposalState.DRAFT).order_by("pk"):
        _miss(draft, now)
    return True


def _miss(proposal: Proposal, now: datetime) -> None:
    proposal = lock_rows(proposal)
    told: dict[str, Any] = {"actor": CLOCK, "parties": [proposal.organization_id], "visibility": "sealed", "now": now}
    facts = {"challenge": proposal.challenge.number}
    audit.advance(proposal, "miss", data=facts, set={"draft": "", "ended_at": now}, **told)
    proposal.draft_files.all().delete()


@transaction.atomic
def cancel(*, challenge: Challenge, reason: str, actor) -> Challenge:
    """Take an approved or open challenge out of the list, with a published reason; the escrow goes back.

    Drafts and sealed proposals end unread. Raises NotAllowed, NotPossibleNow, DeadlinePassed, Invalid.
    """
    if not reason.strip():
        raise Invalid(_("Say why: the reason is published."), field="reason")
    own = may_publish(actor) and actor.organization_id == challenge.owner_id
    if not own and not is_officer(actor):
        raise NotAllowed()
    challenge, now = lock_rows(challenge), database_now()
    if challenge.state == ChallengeState.OPEN and now >= challenge.closes_at:
        raise DeadlinePassed(closes=last_moment(challenge.closes_at))
    bounty.give_back(challenge=challenge, actor=actor, reason=reason)
    visibility = "public" if challenge.state == ChallengeState.OPEN else "parties"
    told: dict[str, Any] = {"actor": actor, "reason": reason, "visibility": visibility, "now": now}
    fields = {"reason": reason[:2000], "next_check_at": None}
    audit.advance(challenge, "cancel", set=fields, parties=[challenge.owner_id], **told)
    standing = Proposal.objects.filter(challenge=challenge, state__in=[ProposalState.DRAFT, ProposalState.SUBMITTED])
    for proposal in standing.order_by("pk"):
        end_unread(proposal, now=now, reason=reason)
    return challenge


def is_unsecured(challenge: Challenge, now: datetime) -> bool:
    """Whether an approved challenge waited in vain: its first share was not paid in time, or its season is over."""
    if challenge.state != ChallengeState.APPROVED:
        return False
    return not challenge.season.permits("publish") or now >= challenge.obligation.due_at


@transaction.atomic
def end_unsecured_due(*, challenge: Challenge) -> bool:
    """End an approved challenge whose bounty was not secured; a part that was paid goes back. False if not due."""
    challenge, now = lock_rows(challenge), database_now()
    if not is_unsecured(challenge, now):
        return False
    bounty.give_back(challenge=challenge, actor=CLOCK, reason="not secured in time")
    told: dict[str, Any] = {"actor": CLOCK, "visibility": "parties", "parties": [challenge.owner_id], "now": now}
    audit.advance(challenge, "not_secured", set={"next_check_at": None}, **told)
    return True


def end_unread(proposal: Proposal, *, now: datetime, reason: str) -> None:
    """A proposal ends with its challenge before anybody read it; only its own organization is told."""
    proposal = lock_rows(proposal)
    told: dict[str, Any] = {"actor": SYSTEM, "parties": [proposal.organization_id], "visibility": "sealed", "now": now}
    facts, fields = {"challenge": proposal.challenge.number}, {"draft": "", "ended_at": now, "reason": reason[:2000]}
    audit.advance(proposal, "drop", data=facts, set=fields, **told)
    proposal.draft_files.all().delete()


@transaction.atomic
def end_without(*, challenge: Challenge, actor) -> Challenge:
    """No proposal came and the firm does not extend: the escrow goes back. Raises NotAllowed, NotPossibleNow."""
    challenge = lock_rows(challenge)
    bounty.give_back(challenge=challenge, actor=actor, reason="no proposal")
    return audit.advance(challenge, "end_without", actor=actor, visibility="public", set={"next_check_at": None})


@transaction.atomic
def end_without_due(*, challenge: Challenge) -> bool:
    """End a challenge that got no proposal and was not extended for 30 days. False if there is nothing to do."""
    challenge, now = lock_rows(challenge), database_now()
    if challenge.state != ChallengeState.NO_PROPOSAL or now < challenge.state_since + REST_OF_NO_PROPOSAL:
        return False
    end_without(challenge=challenge, actor=CLOCK)
    return True
