"""What waits for whom before the opening: corrections, drafts, the first share, questions, opinions, seasons."""

from datetime import datetime

from django.db.models import Count, Exists, F, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext, ngettext

from challenges.lifecycle import IN_CHECK, ChallengeState, SeasonState
from challenges.models import Challenge, ListSeason, Opinion, Question
from challenges.rules import is_officer, may_publish
from challenges.services.publishing import REST_OF_NO_PROPOSAL
from foundation.core.work import WorkItem

SHOWN = 20
C = ChallengeState


def items_for(membership) -> list[WorkItem]:
    """The rows of "my work" for a membership: the firm's, the officer's, the expert's."""
    found: list[WorkItem] = []
    if may_publish(membership):
        found += [*_corrections(membership), *_shares(membership), *_questions(membership)]
        found += [*_without_proposal(membership), *_drafts(membership)]
    if is_officer(membership):
        found += [*_unasked(), *_seasons()]
    if membership is not None and membership.role == "expert":
        found += _opinions(membership)
    return found


def _own(membership, *states: str):
    rows = Challenge.objects.filter(owner_id=membership.organization_id, state__in=states)
    return rows.select_related("season", "obligation").order_by("-updated_at")[:SHOWN]


def _item(challenge: Challenge, kind: str, detail: str, action: str, *, url: str = "", due: datetime | None = None):
    return WorkItem(
        kind=kind,
        title=challenge.title or gettext("Challenge without a title"),
        detail=detail,
        url=url or reverse("challenges:challenge_task_list", args=[challenge.pk]),
        due_at=due,
        action=action,
    )


def _corrections(membership) -> list[WorkItem]:
    kind, detail = gettext("Correction of a challenge"), gettext("Refused if it is not corrected in time")
    return [
        _item(one, kind, detail, gettext("Correct"), due=one.correction_due_at) for one in _own(membership, C.RETURNED)
    ]


def _shares(membership) -> list[WorkItem]:
    kind, detail = gettext("First share of a bounty"), gettext("Published when it has arrived")
    return [
        _item(one, kind, detail, gettext("Pay into escrow"), due=one.obligation.due_at if one.obligation else None)
        for one in _own(membership, C.APPROVED)
    ]


def _drafts(membership) -> list[WorkItem]:
    kind, detail = gettext("Draft of a challenge"), gettext("Not submitted yet")
    return [
        _item(one, kind, detail, gettext("Continue"))
        for one in _own(membership, C.DRAFT)
        if one.season.permits("propose")
    ]


def _without_proposal(membership) -> list[WorkItem]:
    kind, detail = gettext("Challenge without a proposal"), gettext("Extend it, or it ends by itself")
    return [
        _item(
            one, kind, detail, gettext("Decide"), url=one.get_absolute_url(), due=one.state_since + REST_OF_NO_PROPOSAL
        )
        for one in _own(membership, C.NO_PROPOSAL)
    ]


def _questions(membership) -> list[WorkItem]:
    asked = Q(challenge__owner_id=membership.organization_id, challenge__state=C.OPEN, answered_at=None)
    rows = Question.objects.filter(asked).select_related("challenge").order_by("created_at")
    return [
        _item(
            one.challenge,
            gettext("Question about a challenge"),
            one.text[:120],
            gettext("Answer"),
            url=one.challenge.get_absolute_url() + "#questions",
            due=one.challenge.closes_at,
        )
        for one in rows[:SHOWN]
    ]


def _opinions(membership) -> list[WorkItem]:
    rows = Opinion.objects.filter(
        expert__user=membership.user_id, given_at=None, declined_at=None, challenge__state__in=IN_CHECK
    )
    rows = rows.filter(round=F("challenge__check_round"))
    return [
        _item(
            one.challenge,
            gettext("Opinion on a challenge"),
            gettext("Is it real, can it be tested, is it paid well enough?"),
            gettext("Give the opinion"),
            url=reverse("challenges:opinion_give", args=[one.pk]),
        )
        for one in rows.select_related("challenge").order_by("asked_at")[:SHOWN]
    ]


def _unasked() -> list[WorkItem]:
    """Challenges in the expert check that no expert was asked about since they were handed in, or only who stepped
    back."""
    asked = Opinion.objects.filter(challenge=OuterRef("pk"), round=OuterRef("check_round"), declined_at=None)
    rows = Challenge.objects.filter(~Exists(asked), state=C.EXPERT_CHECK).order_by("state_since")
    return [
        _item(
            one,
            gettext("Expert check of a challenge"),
            gettext("No expert is asked"),
            gettext("Ask an expert"),
            url=reverse("challenges:challenge_opinions", args=[one.pk]),
        )
        for one in rows[:SHOWN]
    ]


def _seasons() -> list[WorkItem]:
    """Seasons whose call is over by date."""
    waiting = Count("challenges", filter=Q(challenges__state__in=[*IN_CHECK, C.RETURNED]))
    rows = ListSeason.objects.filter(state=SeasonState.COLLECTING, call_ends_at__isnull=False)
    return [
        WorkItem(
            kind=gettext("List season"),
            title=season.title,
            detail=ngettext("%(n)d challenge in the check", "%(n)d challenges in the check", season.n)
            % {"n": season.n},
            url=reverse("challenges:season_desk", args=[season.code]),
            due_at=season.call_ends_at,
            action=gettext("End the call"),
        )
        for season in rows.annotate(n=waiting)[:SHOWN]
    ]
