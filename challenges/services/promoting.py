"""No contract comes of an award: the reserve follows, under a public notice of its own with its right to object.

A selection that the firm could change unseen after its notice would be none: so the dropped award ends with a published
reason, the best reserve takes its place, and confirmation, contract and escrow go on from there as before.
"""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from challenges.lifecycle_parties import AWARD, ProposalState
from challenges.models import Award, Challenge, Proposal
from challenges.rules import is_officer
from challenges.services import ending, noticing, selecting
from challenges.services.contracting import OWNER, side_of
from challenges.services.impartial import is_concerned, require_officer_of
from foundation import audit
from foundation.core import numbering
from foundation.core.actors import SYSTEM
from foundation.core.clock import database_now, local_date
from foundation.core.display import last_moment
from foundation.core.errors import DomainError, Invalid, NotPossibleNow
from foundation.core.money import Money


class NoReserve(DomainError):
    """Nobody can follow."""

    code = "no_reserve"
    message = _("No proposal is in reserve, or another team goes on with this challenge.")


class TimeToSign(DomainError):
    """The team may still sign, or signed: the firm cannot put another one in its place."""

    code = "time_to_sign"
    message = _(
        "The team has until {until} to sign, unless it asks to end the contract. Afterwards the reserve follows."
    )


def next_reserve(challenge: Challenge) -> Proposal | None:
    """The reserve with the best place; by number where places are equal."""
    found = challenge.proposals.filter(state=ProposalState.RESERVE).select_related("organization", "opened")
    places = selecting.places_of(challenge) if found else {}
    return min(found, key=lambda one: (places[one.number], one.number), default=None)


def is_free(award: Award, actor: Any, now: datetime) -> bool:
    """Whether the team's time is over, or it gave up; an officer need not wait for either."""
    late = award.sign_by_at is not None and now >= award.sign_by_at and award.solver_signed_at is None
    return is_officer(actor) or late or award.end_asked_at is not None


def _others_work(award: Award) -> bool:
    return award.challenge.awards.exclude(pk=award.pk).exclude(state__in=AWARD.final).exists()


def possible(award: Award, actor: Any, now: datetime) -> bool:
    """Whether this member can let the reserve follow now."""
    if side_of(award, actor) != OWNER and (not is_officer(actor) or is_concerned(award.challenge, actor)):
        return False
    if not (award.permits("sign") and award.challenge.permits("contract") and is_free(award, actor, now)):
        return False
    return not _others_work(award) and next_reserve(award.challenge) is not None


@transaction.atomic
def promote(*, award: Award, amount: Money, reason: str, actor) -> Award:
    """End an award before its contract was signed and select the reserve with the best place in its stead.

    ``amount``: what the reserve gets, at most the bounty. The escrow stays. Raises NotAllowed, NotPossibleNow,
    Concerned, TimeToSign, NoReserve, Invalid.
    """
    challenge, award = ending.all_locked(award)
    if side_of(award, actor) != OWNER:
        require_officer_of(challenge, actor)
    if not (award.permits("sign") and challenge.permits("contract")):
        raise NotPossibleNow(lifecycle="award", state=award.state, move="terminate", label=award.state_label)
    now, reserve = database_now(), next_reserve(challenge)
    if not is_free(award, actor, now):
        raise TimeToSign(until=last_moment(award.sign_by_at))
    if reserve is None or _others_work(award):
        raise NoReserve()
    if not reason.strip():
        raise Invalid(_("Say why: the reason is published."), field="reason")
    if not Money(0) < amount <= challenge.bounty:
        raise Invalid(_("The price may not exceed the bounty."), field="amount")
    _give_way(challenge, award, reason, actor, now)
    return _take_over(reserve, amount, reason, actor, now)


def _give_way(challenge: Challenge, award: Award, reason: str, actor: Any, now: datetime) -> None:
    """The award ends unsigned; whoever was a winner is none any more."""
    fields = {"ended_reason": reason[:2000], "next_check_at": None}
    audit.advance(award, "terminate", actor=actor, reason=reason, visibility="public", set=fields, now=now)
    for proposal in challenge.proposals.filter(state=ProposalState.WINNER).order_by("pk"):
        selecting.move(proposal, "fall_through", SYSTEM, reason=reason, now=now)


def _take_over(reserve: Proposal, amount: Money, reason: str, actor: Any, now: datetime) -> Award:
    challenge = reserve.challenge
    selecting.move(reserve, "win", SYSTEM, now=now)
    made = Award.objects.create(
        number=numbering.allocate("award", local_date(now).year),
        challenge=challenge,
        proposal=reserve,
        solver=reserve.organization,
        amount_fen=amount.fen,
    )
    until = noticing.notice_until(challenge, now)
    told: dict[str, Any] = {"data": {"until": until, "awards": [made.number]}, "reason": reason, "now": now}
    fields = {"notice_until_at": until, "next_check_at": until}
    audit.advance(challenge, "promote", actor=actor, visibility="public", set=fields, **told)
    return made
