"""From the ranking to the winners as the firm sees it, and the public notice as everybody does."""

from collections import Counter
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from challenges.lifecycle import ChallengeState
from challenges.lifecycle_parties import AwardState, ProposalState
from challenges.models import Challenge, Feedback, Proposal
from challenges.queries import judging
from challenges.rules import may_propose, may_publish
from challenges.services import selecting
from foundation.core.display import money
from foundation.core.money import Money

C, P = ChallengeState, ProposalState


def candidates(challenge: Challenge, state: str = "") -> list[dict[str, Any]]:
    """Scored proposals by place: who, result, price, feedback and talks; only those in ``state`` where one is named."""
    found = challenge.proposals.exclude(number=None).select_related("organization", "opened")
    found = found.filter(state=state) if state else found.exclude(state__in=[P.OPENED, P.ELIGIBLE, P.INELIGIBLE])
    ranked = {one.proposal: one for one in selecting.scores.ranking(challenge)}
    told = set(Feedback.objects.filter(proposal__challenge=challenge).values_list("proposal_id", flat=True))
    talks = Counter(challenge.proposals.filter(talk_notes__isnull=False).values_list("pk", flat=True))
    rows = [_candidate(one, ranked[one.number], told, talks) for one in found if one.number in ranked]
    return sorted(rows, key=lambda row: (row["place"], row["number"]))


def _candidate(proposal: Proposal, ranked: Any, told: set[int], talks: Counter) -> dict[str, Any]:
    name, asked = proposal.organization.display_name, Money(proposal.opened.price_fen)
    return {
        "pk": proposal.pk,
        "number": proposal.number,
        "proposal": proposal,
        "name": name,
        "place": ranked.place,
        "result": ranked.shown,
        "price": money(asked),
        "asked": asked,
        "label": _("%(place)d. %(name)s · %(result)s points · %(price)s · %(number)s")
        % {
            "place": ranked.place,
            "name": name,
            "result": ranked.shown,
            "price": money(asked),
            "number": proposal.number,
        },
        "has_feedback": proposal.pk in told,
        "takes_feedback": proposal.state in selecting.FEEDBACK,
        "talks": talks[proposal.pk],
        "takes_talks": proposal.permits("talk") and proposal.challenge.permits("talk"),
    }


def feedback_of(proposal: Proposal) -> str:
    """What the firm wrote so far."""
    kept = Feedback.objects.filter(proposal=proposal).first()
    return kept.text if kept else ""


def next_step(challenge: Challenge, rows: list[dict[str, Any]]) -> str:
    """What the firm has to do now, or what it waits for."""
    if challenge.state == C.REVIEWING:
        if rows:
            return _("Write feedback for whom you will not choose, then publish the shortlist.")
        return _("The panel scores. You see the ranking as soon as the scoring is closed.")
    return {
        C.SHORTLISTED: _("Talk with the teams, visit them, then select the winners."),
        C.SELECTED: _("An officer gives public notice of the selection."),
        C.PUBLIC_NOTICE: _("The public notice runs; afterwards the contracts are made."),
        C.NO_AWARD: _("Nobody was awarded."),
    }.get(ChallengeState(challenge.state), _("The selection is confirmed."))


def actions(challenge: Challenge, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The firm's steps; the first one is the next."""
    found = []

    def add(label: str, route: str, tone: str = "") -> None:
        found.append({"label": label, "url": reverse(f"challenges:{route}", args=[challenge.number]), "tone": tone})

    if challenge.state == C.REVIEWING and rows:
        add(_("Publish the shortlist"), "shortlist_edit", "primary")
    if challenge.state == C.SHORTLISTED:
        add(_("Select the winners"), "selection_edit", "primary")
    if rows:
        add(_("Ranking and scores"), "ranking")
    if judging.noticed().filter(pk=challenge.pk).exists():
        add(_("Public notice of the selection"), "selection_notice")
    return found


def facts(challenge: Challenge) -> list[dict[str, Any]]:
    """What the notice says about the challenge itself."""
    return [
        {"label": _("Firm"), "value": challenge.owner.display_name},
        {"label": _("Bounty"), "value": money(challenge.bounty)},
        *(
            {"label": _("No contract came of it"), "value": one.solver.display_name, "note": one.ended_reason}
            for one in challenge.awards.filter(proposal__state=P.FELL_THROUGH).select_related("solver")
        ),
    ]


def winners(challenge: Challenge) -> list[dict[str, Any]]:
    """Whom the notice names: awards that stand, with team and amount."""
    rows = challenge.awards.exclude(state=AwardState.SET_ASIDE).exclude(proposal__state=P.FELL_THROUGH)
    rows = rows.select_related("solver", "proposal")
    places = selecting.places_of(challenge)
    return [
        {
            "award": one,
            "name": one.solver.display_name,
            "number": one.proposal.number,
            "amount": one.amount,
            "place": places.get(one.proposal.number),
        }
        for one in rows
    ]


def may_object(challenge: Challenge, membership, now: Any) -> bool:
    """Whether the notice still runs and this member may speak for an organization."""
    if challenge.notice_until_at is None or not challenge.permits("object") or now >= challenge.notice_until_at:
        return False
    return membership is None or may_propose(membership) or may_publish(membership)


def objections(challenge: Challenge, membership) -> list[dict[str, Any]]:
    """The objections one may read, with the way to answer for officers."""
    officer = judging.is_officer(membership)
    rows = judging.objections_visible_to(membership).filter(challenge=challenge)
    return [
        {
            "objection": one,
            "answer_url": reverse("challenges:objection_decide", args=[challenge.number, one.pk])
            if officer and one.decided_at is None and one.raised_by_id != membership.user_id
            else "",
        }
        for one in rows
    ]
