"""Two shares are lost: nobody can ever read what was sealed. Proposals are taken again and every team submits anew.

Only an officer decides it, with a published reason. Each team learns for itself that it has to submit again; its
receipt brings back what it had (docs/operations/opening.md).
"""

from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from challenges.lifecycle_parties import ProposalState
from challenges.models import Challenge, Proposal
from challenges.services import openers
from challenges.services.publishing import check_new_day, dates_of
from foundation import audit
from foundation.core.actors import SYSTEM
from foundation.core.clock import database_now
from foundation.core.errors import DomainError
from foundation.core.locking import lock_rows


class KeysMissing(DomainError):
    """What is submitted now has to be openable."""

    code = "keys_missing"
    message = _("First the lost keys are reported and every part of the season takes a new key.")


class NothingLost(DomainError):
    """Two of the three can open what was sealed: then it is opened, whoever would rather have it undone."""

    code = "nothing_lost"
    message = _("No two shares are lost: two openers can open the proposals.")


@transaction.atomic
def reopen(*, challenge: Challenge, last_day: date, reason: str, actor) -> Challenge:
    """Take proposals again until the end of ``last_day`` in Shanghai; what was sealed goes back as drafts.

    Raises NotAllowed, NotPossibleNow, NothingLost, KeysMissing, Invalid.
    """
    challenge, now = lock_rows(challenge), database_now()
    check_new_day(challenge, last_day, reason, now)
    if not openers.two_lost(challenge):
        raise NothingLost()
    if openers.missing_parts(challenge.season):
        raise KeysMissing()
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
