"""What waits for experts, officers and the firm between the opening and the contract."""

from typing import Any

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils.translation import gettext as _

from challenges.lifecycle import ChallengeState
from challenges.lifecycle_parties import ProposalState, SeatState
from challenges.models import Challenge, Proposal
from challenges.presentation import panel
from challenges.presentation.seat import due_of
from challenges.queries import judging, proposals
from challenges.rules import is_officer, may_publish
from foundation.core.work import WorkItem

MOST = 20
C, P, T = ChallengeState, ProposalState, SeatState


def items_for(membership: Any) -> list[WorkItem]:
    """The rows of "my work"."""
    if membership.role == "expert":
        return _as_expert(membership)
    return [*(_as_officer(membership) if is_officer(membership) else []), *_as_firm(membership)]


def _as_expert(membership: Any) -> list[WorkItem]:
    rows = proposals.seats_of(membership).filter(state__in=[T.INVITED, T.ACCEPTED]).order_by("pk")[:MOST]
    return [
        WorkItem(
            kind=_("Invitation to a panel") if seat.state == T.INVITED else _("Proposals to score"),
            title=seat.challenge.title,
            detail=f"{seat.challenge.number} · {seat.alias}",
            url=reverse("challenges:seat_detail", args=[seat.pk]),
            due_at=due_of(seat),
            action=_("Answer") if seat.state == T.INVITED else _("Score"),
        )
        for seat in rows
    ]


def _item(challenge: Challenge, kind: str, action: str, route: str, due: Any = None) -> WorkItem:
    url = reverse(f"challenges:{route}", args=[challenge.number])
    return WorkItem(kind, challenge.title, challenge.number, url, due, action)


def _as_officer(membership: Any) -> list[WorkItem]:
    """Panels to draw or to fill, scorings to close, selections to publish, objections to decide."""
    items = []
    eligible = Proposal.objects.filter(challenge=OuterRef("pk"), state=P.ELIGIBLE)
    unchecked = Proposal.objects.filter(challenge=OuterRef("pk"), state=P.OPENED)
    ready = judging.panels_visible_to(membership).filter(Exists(eligible), ~Exists(unchecked), state=C.REVIEWING)
    for challenge in ready.prefetch_related("seats").order_by("state_since")[:MOST]:
        if panel.missing_seats(challenge):
            items.append(_item(challenge, _("Panel to draw"), _("Draw"), "panel_detail"))
        elif panel.may_close(challenge):
            items.append(_item(challenge, _("Scoring to close"), _("Close the scoring"), "panel_detail"))
    for challenge in judging.to_notice(membership).order_by("state_since")[:MOST]:
        items.append(_item(challenge, _("Selection to publish"), _("Give public notice"), "panel_detail"))
    waiting = judging.objections_visible_to(membership).filter(decided_at=None).order_by("raised_at")
    for one in waiting[:MOST]:
        due = one.challenge.notice_until_at
        items.append(_item(one.challenge, _("Objection to a selection"), _("Decide"), "panel_detail", due))
    return items


def _as_firm(membership: Any) -> list[WorkItem]:
    if not may_publish(membership):
        return []
    scored = Proposal.objects.filter(challenge=OuterRef("pk"), state=P.SCORED)
    found = judging.selecting(membership).order_by("state_since")
    to_list = found.filter(Exists(scored), state=C.REVIEWING)[:MOST]
    return [
        *[_item(one, _("Shortlist to publish"), _("See the ranking"), "selection_desk") for one in to_list],
        *[
            _item(one, _("Winners to select"), _("Select"), "selection_desk")
            for one in found.filter(state=C.SHORTLISTED)[:MOST]
        ],
    ]
