"""Two shares are lost: nobody can ever read what was sealed. Proposals are taken again and every team submits anew.

Two officers decide it, with a published reason: one asks, another decides the same. Each team learns for itself that it
has to submit again; its receipt brings back what it had (docs/operations/opening.md).
"""

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from challenges.lifecycle_parties import ProposalState
from challenges.models import Challenge, Proposal, Reopening
from challenges.services import openers
from challenges.services.impartial import require_officer_of
from challenges.services.publishing import check_new_day, dates_of
from foundation import audit
from foundation.core.actors import SYSTEM
from foundation.core.clock import database_now
from foundation.core.errors import DomainError, NotPossibleNow
from foundation.core.locking import lock_rows


class KeysMissing(DomainError):
    """What is submitted now has to be openable."""

    code = "keys_missing"
    message = _("First the lost keys are reported and every part of the season takes a new key.")


class NothingLost(DomainError):
    """Two of the three can open what was sealed: then it is opened, whoever would rather have it undone."""

    code = "nothing_lost"
    message = _("No two shares are lost: two openers can open the proposals.")


def asked(challenge: Challenge) -> Reopening | None:
    """What an officer asked for and no other one decided yet."""
    return challenge.reopenings.filter(confirmed_at=None).first()


@transaction.atomic
def reopen(*, challenge: Challenge, last_day: date, reason: str, actor) -> Challenge:
    """Take proposals again until the end of ``last_day`` in Shanghai, as soon as two officers decide on the same day.

    The first one's decision is kept and changes nothing. With the second what was sealed goes back as drafts.
    Raises NotAllowed, NotPossibleNow, NothingLost, KeysMissing, Invalid.
    """
    challenge, now = lock_rows(challenge), database_now()
    require_officer_of(challenge, actor)
    if not challenge.permits("open_proposals"):
        label = challenge.state_label
        raise NotPossibleNow(lifecycle="challenge", state=challenge.state, move="reopen", label=label)
    check_new_day(challenge, last_day, reason, now)
    damaged = challenge.openings.filter(given_up_at=None, damaged_at__isnull=False)
    if not (openers.two_lost(challenge) or damaged.exists()):
        raise NothingLost()
    if openers.missing_parts(challenge.season):
        raise KeysMissing()
    first = asked(challenge)
    if first is None or first.asked_by_id == actor.user_id or first.last_day != last_day:
        return _ask(challenge, last_day, reason, actor, now)
    first.confirmed_by_id, first.confirmed_at = actor.user_id, now
    first.save(update_fields=["confirmed_by", "confirmed_at"])
    return _reopen(challenge, last_day, reason, actor, now)


def _ask(challenge: Challenge, last_day: date, reason: str, actor, now: datetime) -> Challenge:
    """Keep what one officer decided, instead of what was asked before."""
    said = {"last_day": last_day, "reason": reason[:2000], "asked_by_id": actor.user_id, "asked_at": now}
    challenge.reopenings.filter(confirmed_at=None).delete()
    Reopening.objects.create(challenge=challenge, **said)
    told: dict[str, Any] = {"actor": actor, "reason": reason, "visibility": "private", "now": now}
    audit.record("challenges.challenge.reopen_asked", subject=challenge, data={"deadline": last_day}, **told)
    return challenge


def _reopen(challenge: Challenge, last_day: date, reason: str, actor, now: datetime) -> Challenge:
    facts = {"before": challenge.deadline_date, "deadline": last_day}
    said: dict[str, Any] = {"actor": actor, "reason": reason, "visibility": "public", "data": facts, "now": now}
    audit.advance(challenge, "reopen", set=dates_of(last_day), **said)
    for opening in challenge.openings.filter(given_up_at=None, finished_at=None):
        opening.half_opened.all().delete()
        opening.given_up_at = now
        opening.save(update_fields=["given_up_at"])
    submitted = Proposal.objects.filter(challenge=challenge, state=ProposalState.SUBMITTED)
    for proposal in submitted.order_by("pk"):
        _unseal(proposal, now)
    return challenge


def _unseal(proposal: Proposal, now) -> None:
    """Back to an empty draft; told to the team alone."""
    proposal = lock_rows(proposal)
    told: dict[str, Any] = {"actor": SYSTEM, "parties": [proposal.organization_id], "visibility": "sealed", "now": now}
    audit.advance(proposal, "unseal", set={"submitted_at": None}, data={"challenge": proposal.challenge.number}, **told)
