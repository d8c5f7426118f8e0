"""What waits for whom before the bidding: corrections, drafts, questions, first rights; sessions to announce."""

from datetime import timedelta

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import gettext, ngettext

from accounts.rules import can
from auctions.lifecycle import LotState, SeasonState, SessionState
from auctions.models import Lot, LotQuestion, PriorityHolder, Season, Session
from auctions.rules import is_officer
from foundation.core.clock import database_now, end_of_local_day, local_date, start_of_local_day
from foundation.core.work import WorkItem

SHOWN = 20
OPEN_SEASONS = (SeasonState.COLLECTING,)
ASKING = (LotState.ANNOUNCED, LotState.REGISTRATION_OPEN, LotState.LIVE)


def items_for(membership) -> list[WorkItem]:
    """The rows of "my work" for a membership: the seller's, the holder's of a first right, the officer's."""
    found: list[WorkItem] = []
    if can(membership, "declare"):
        found += [*_corrections(membership), *_questions(membership), *_drafts(membership)]
    if can(membership, "bid"):
        found += _first_rights(membership)
    if is_officer(membership):
        found += _sessions()
    return found


def _corrections(membership) -> list[WorkItem]:
    rows = Lot.objects.filter(seller_id=membership.organization_id, state=LotState.RETURNED)
    return [
        WorkItem(
            kind=gettext("Correction of a lot"),
            title=lot.title,
            detail=gettext("Not selected if it is not corrected in time"),
            url=reverse("auctions:lot_task_list", args=[lot.pk]),
            due_at=lot.correction_due_at,
            action=gettext("Correct"),
        )
        for lot in rows[:SHOWN]
    ]


def _drafts(membership) -> list[WorkItem]:
    rows = Lot.objects.filter(
        seller_id=membership.organization_id,
        state=LotState.PROPOSED,
        season__state__in=OPEN_SEASONS,
        is_practice=False,
    ).order_by("-updated_at")
    return [
        WorkItem(
            kind=gettext("Draft of a lot"),
            title=lot.title or gettext("Lot without a title"),
            detail=gettext("Not submitted yet"),
            url=reverse("auctions:lot_task_list", args=[lot.pk]),
            action=gettext("Continue"),
        )
        for lot in rows[:SHOWN]
    ]


def _questions(membership) -> list[WorkItem]:
    rows = LotQuestion.objects.filter(
        lot__seller_id=membership.organization_id, lot__state__in=ASKING, answered_at=None
    ).select_related("lot__session")
    return [
        WorkItem(
            kind=gettext("Question about a lot"),
            title=question.lot.title,
            detail=question.text[:120],
            url=question.lot.get_absolute_url() + "#questions",
            due_at=question.lot.session.starts_at if question.lot.session else None,
            action=gettext("Answer"),
        )
        for question in rows[:SHOWN]
    ]


def _first_rights(membership) -> list[WorkItem]:
    rows = PriorityHolder.objects.filter(
        organization_id=membership.organization_id, answer=PriorityHolder.Answer.OPEN, notified_at__isnull=False
    ).select_related("lot")
    return [
        WorkItem(
            kind=gettext("First right to a lot"),
            title=holder.lot.title,
            detail=gettext("No answer is a waiver"),
            url=reverse("auctions:my_priority", args=[holder.pk]),
            due_at=end_of_local_day(holder.answer_by),
            action=gettext("Waive or bid"),
        )
        for holder in rows[:SHOWN]
    ]


def _sessions() -> list[WorkItem]:
    today = local_date(database_now())
    planned = Session.objects.filter(
        state=SessionState.PLANNED, season__state__in=[SeasonState.PROMOTING, SeasonState.BIDDING]
    ).select_related("season")
    found = []
    for session in planned.annotate(n=Count("lots"))[:SHOWN]:
        last = local_date(session.starts_at) - timedelta(days=session.season.notice_days)
        found.append(
            WorkItem(
                kind=gettext("Notice of a session"),
                title=f"{session.season.title} · {session.position}",
                detail=ngettext("%(n)d lot in it", "%(n)d lots in it", session.n) % {"n": session.n},
                url=reverse("auctions:session_desk", args=[session.season.code, session.position]),
                due_at=end_of_local_day(last) if last >= today else start_of_local_day(today),
                action=gettext("Publish the notice"),
            )
        )
    return found + _unassigned()


def _unassigned() -> list[WorkItem]:
    waiting = Q(lots__state=LotState.SELECTED, lots__session=None, lots__is_practice=False)
    seasons = Season.objects.annotate(n=Count("lots", filter=waiting)).filter(n__gt=0)
    return [
        WorkItem(
            kind=gettext("Selected lots"),
            title=season.title,
            detail=ngettext("%(n)d lot has no session yet", "%(n)d lots have no session yet", season.n)
            % {"n": season.n},
            url=reverse("auctions:season_desk", args=[season.code]),
            action=gettext("Put into a session"),
        )
        for season in seasons[:SHOWN]
    ]
