"""What this area hangs on the pages of others: the challenge, a proposal, the desk of a season."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from challenges.lifecycle_parties import ProposalState
from challenges.models import Challenge, Expert, Feedback, ListSeason, Proposal
from challenges.presentation import desk, selecting
from challenges.queries import judging, proposals
from challenges.rules import may_publish

Rows = list[dict[str, Any]]
DECIDED = (
    ProposalState.REJECTED, ProposalState.WINNER, ProposalState.RESERVE, ProposalState.CONTRACTED,
    ProposalState.FELL_THROUGH, ProposalState.STOOD_DOWN,
)  # fmt: skip


def of_challenge(*, challenge: Challenge, membership: Any) -> Rows:
    """The panel by aliases, and the selection once it is public."""
    if challenge.state not in judging.OPENED:
        return []
    rows = [
        {
            "label": _("Experts on the panel"),
            "value": str(challenge.seats.filter(state__in=["accepted", "done"]).count()),
        }
    ]
    if judging.rankings_visible_to(membership).filter(pk=challenge.pk).exists():
        url = reverse("challenges:ranking", args=[challenge.number])
        rows.append({"label": _("Ranking and scores"), "value": _("Read them"), "url": url})
    if judging.noticed().filter(pk=challenge.pk).exists():
        url = reverse("challenges:selection_notice", args=[challenge.number])
        for row in selecting.winners(challenge):
            rows.append({"label": _("Winner"), "value": row["name"], "note": str(row["amount"]), "url": url})
    return [{"title": _("Judging"), "template": "challenges/_facts.html", "context": {"rows": rows}, "place": "rail"}]


def actions_of_challenge(*, challenge: Challenge, membership: Any) -> Rows:
    """The ways to the own desk."""
    found: Rows = []
    if membership is None or challenge.state not in judging.OPENED:
        return found
    if judging.is_insider(membership):
        url = reverse("challenges:panel_detail", args=[challenge.number])
        found.append({"label": _("Panel"), "url": url, "tone": ""})
    if may_publish(membership) and membership.organization_id == challenge.owner_id:
        url = reverse("challenges:selection_desk", args=[challenge.number])
        found.append({"label": _("Selection"), "url": url, "tone": "primary"})
    for seat in proposals.seats_of(membership).filter(challenge=challenge):
        url = reverse("challenges:seat_detail", args=[seat.pk])
        found.append({"label": _("My seat on the panel"), "url": url, "tone": "primary"})
    return found


def of_proposal(*, proposal: Proposal, membership: Any) -> Rows:
    """Feedback for the team once it is decided; scores, feedback and talks for the firm and the administration."""
    found: Rows = []
    inside = judging.is_insider(membership) or membership.organization_id == proposal.challenge.owner_id
    feedback = Feedback.objects.filter(proposal=proposal).first()
    if feedback and (inside or proposal.state in DECIDED):
        context = {"feedback": feedback}
        found.append({"title": _("Feedback"), "template": "challenges/_feedback.html", "context": context})
    if inside and (given := desk.all_given(proposal, membership)):
        found.append({"title": _("Scores of the panel"), "template": "challenges/_given.html", "context": given})
    talks = judging.talks_visible_to(membership).filter(proposal=proposal)
    if talks:
        context = {"talks": talks}
        found.append({"title": _("Talks and visits"), "template": "challenges/_talks.html", "context": context})
    return found


def of_season(*, season: ListSeason, membership: Any) -> Rows:
    """How large the pool is."""
    rows = [
        {"label": _("Experts in the pool"), "value": str(Expert.objects.filter(is_active=True).count()),
         "url": reverse("challenges:expert_list")},
        {"label": _("Needed for one panel"), "value": str(season.panel_size + season.reserve_experts)},
    ]  # fmt: skip
    return [{"title": _("Experts"), "template": "challenges/_facts.html", "context": {"rows": rows}, "place": "rail"}]
