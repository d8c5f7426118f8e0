"""From the ranking to the winners: shortlist, selection with reasons, feedback for everybody else, or no award."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from challenges.lifecycle_parties import ProposalState
from challenges.models import Award, Challenge, Feedback, Proposal
from challenges.rules import may_publish
from challenges.services import bounty, scores
from foundation import audit
from foundation.core import numbering
from foundation.core.actors import SYSTEM
from foundation.core.clock import database_now, local_date
from foundation.core.display import enumerated
from foundation.core.errors import DomainError, Invalid, NotAllowed, NotPossibleNow
from foundation.core.locking import lock_rows
from foundation.core.money import Money

P = ProposalState
FEEDBACK = (P.SCORED, P.SHORTLISTED, P.RESERVE, P.STOOD_DOWN)  # who may be told why they were not chosen


class FeedbackMissing(DomainError):
    """Every team that is not chosen gets feedback."""

    code = "feedback_missing"
    message = _("Write feedback for these proposals first: {proposals}.")


class StillJudged(DomainError):
    """Experts read and score on the firm's word that the best may win."""

    code = "still_judged"
    message = _("{n} proposals are still being checked or scored. You can award nobody when the scoring is closed.")


class NotFromRanking(DomainError):
    """Passing over a better place needs a reason."""

    code, field = "not_from_ranking", "reason"
    message = _("{proposal} has a better place: say why it is passed over.")


def require_owner(challenge: Challenge, actor) -> None:
    """Raises NotAllowed."""
    if not may_publish(actor) or actor.organization_id != challenge.owner_id:
        raise NotAllowed()


def move(proposal: Proposal, move: str, actor, **more: Any) -> None:
    audit.advance(lock_rows(proposal), move, actor=actor, parties=[proposal.organization_id], **more)


@transaction.atomic
def shortlist(*, challenge: Challenge, numbers: Iterable[str], reason: str, actor) -> Challenge:
    """Publish the shortlist: a head of the ranking, or with a reason another choice; the others are rejected.

    Raises NotAllowed, NotPossibleNow, Invalid, NotFromRanking, FeedbackMissing.
    """
    challenge, chosen = lock_rows(challenge), set(numbers)
    require_owner(challenge, actor)
    scored = {one.number: one for one in challenge.proposals.filter(state=P.SCORED)}
    if not chosen or chosen - set(scored):
        raise Invalid(_("Choose from the scored proposals."), field="proposals")
    _require_order(challenge, chosen, set(scored), reason)
    rest = [one for number, one in scored.items() if number not in chosen]
    _require_feedback(rest)
    for number in sorted(chosen):
        move(scored[number], "shortlist", actor, set={"shortlisted_at": database_now()})
    for proposal in rest:
        move(proposal, "reject", actor, reason=reason)
    facts = {"shortlisted": len(chosen), "scored": len(scored)}
    return audit.advance(challenge, "shortlist", actor=actor, reason=reason, data=facts, visibility="public")


def _require_order(challenge: Challenge, chosen: set[str], among: set[str], reason: str) -> None:
    """Without a reason only better places are chosen before worse ones. Raises NotFromRanking."""
    places = places_of(challenge)
    worst = max(places[number] for number in chosen)
    better = sorted(number for number in among - chosen if places[number] < worst)
    if better and not reason.strip():
        raise NotFromRanking(proposal=better[0])


def places_of(challenge: Challenge) -> dict[str, int]:
    """{proposal number: place} from the scores."""
    return {one.proposal: one.place for one in scores.ranking(challenge)}


def _require_feedback(proposals: Iterable[Proposal]) -> None:
    missing = [str(one) for one in proposals if not Feedback.objects.filter(proposal=one).exists()]
    if missing:
        raise FeedbackMissing(proposals=enumerated(missing))


@transaction.atomic
def give_feedback(*, proposal: Proposal, text: str, actor) -> Feedback:
    """Write what a team that is not chosen is told, one in reserve also afterwards. Raises NotAllowed, Invalid."""
    require_owner(proposal.challenge, actor)
    if not text.strip():
        raise Invalid(_("Enter the feedback."), field="text")
    if proposal.state not in FEEDBACK:
        label = proposal.state_label
        raise NotPossibleNow(lifecycle="proposal", state=proposal.state, move="feedback", label=label)
    values = {"text": text.strip()[:4000], "given_by_id": actor.user_id, "given_at": database_now()}
    return Feedback.objects.update_or_create(proposal=proposal, defaults=values)[0]


@transaction.atomic
def select(
    *, challenge: Challenge, winners: Mapping[str, Money], reserves: Iterable[str] = (), reason: str, actor
) -> Challenge:
    """Choose the winners with their amounts, and reserves, from the shortlist; the others are rejected.

    Raises NotAllowed, NotPossibleNow, Invalid, NotFromRanking, FeedbackMissing.
    """
    challenge, kept = lock_rows(challenge), set(reserves)
    require_owner(challenge, actor)
    listed = {one.number: one for one in challenge.proposals.filter(state=P.SHORTLISTED)}
    chosen = set(winners)
    if not chosen or (chosen | kept) - set(listed) or chosen & kept:
        raise Invalid(_("Choose from the shortlist."), field="proposals")
    if len(chosen) > challenge.most_winners:
        raise Invalid(_("At most {most} winners."), field="proposals", most=challenge.most_winners)
    _require_order(challenge, chosen, set(listed), reason)
    _require_amounts(challenge, winners)
    _require_feedback(one for number, one in listed.items() if number not in chosen | kept)
    for number, proposal in sorted(listed.items()):
        move(proposal, "win" if number in chosen else "keep" if number in kept else "reject", actor, reason=reason)
    year = local_date(database_now()).year
    for number in sorted(chosen):
        Award.objects.create(
            number=numbering.allocate("award", year),
            challenge=challenge,
            proposal=listed[number],
            solver=listed[number].organization,
            amount_fen=winners[number].fen,
        )
    facts = {"winners": sorted(chosen), "reserves": sorted(kept)}
    return audit.advance(challenge, "select", actor=actor, reason=reason, data=facts, visibility="parties",
                         parties=[challenge.owner_id])  # fmt: skip


def stand_down(challenge: Challenge, now: datetime) -> None:
    """Nobody can follow any more, for the contract is signed or the challenge has ended: each team in reserve is told.

    In the caller's transaction, with the challenge locked.
    """
    signed = challenge.awards.filter(owner_signed_at__isnull=False, solver_signed_at__isnull=False).exists()
    facts = {"challenge": challenge.number, "signed": signed}
    for proposal in challenge.proposals.filter(state=P.RESERVE).order_by("pk"):
        move(proposal, "stand_down", SYSTEM, data=facts, now=now)


def _require_amounts(challenge: Challenge, winners: Mapping[str, Money]) -> None:
    """Each within the bounty; several winners together at most the bounty. Raises Invalid."""
    total = sum(winners.values(), Money(0))
    if any(amount <= Money(0) for amount in winners.values()) or total > challenge.bounty:
        raise Invalid(_("The amounts are positive and together at most the bounty of {bounty}."), field="amount",
                      bounty=challenge.bounty)  # fmt: skip


@transaction.atomic
def award_none(*, challenge: Challenge, reason: str, actor) -> Challenge:
    """No proposal is good enough: the reasons are published, every team has feedback, the escrow goes back.

    Not before every proposal is either found not eligible or scored. Raises NotAllowed, NotPossibleNow, Invalid,
    StillJudged, FeedbackMissing.
    """
    if not reason.strip():
        raise Invalid(_("Say why: the reasons are published."), field="reason")
    challenge = lock_rows(challenge)
    require_owner(challenge, actor)
    if unread := challenge.proposals.filter(state__in=[P.OPENED, P.ELIGIBLE]).count():
        raise StillJudged(n=unread)
    bounty.give_back(challenge=challenge, actor=actor, reason=reason)
    rest = list(challenge.proposals.filter(state__in=[P.SCORED, P.SHORTLISTED]))
    _require_feedback(rest)
    for proposal in rest:
        move(proposal, "reject", actor, reason=reason)
    told: dict[str, Any] = {"actor": actor, "reason": reason, "visibility": "public"}
    return audit.advance(challenge, "award_none", set={"reason": reason[:2000]}, **told)
