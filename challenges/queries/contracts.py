"""Contracts, milestones and what came of results, as somebody may see them, and what is due."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Count, Prefetch, Q, QuerySet, Sum

from accounts import rules as account_rules
from challenges.lifecycle_parties import MILESTONE, AwardState, MilestoneState
from challenges.models import Award, Challenge, Deliverable, Milestone, Outcome
from patents.models import Patent
from settlement.models import Hold

RELATED = ("challenge", "challenge__season", "challenge__owner", "solver", "proposal__opened")
WITH_CONTRACT = tuple(state for state in AwardState if state not in (AwardState.NOTICED, AwardState.SET_ASIDE))
PUBLIC_FROM = ("public_notice", "contracting", "in_progress", "final_acceptance", "completed", "failed", "terminated")


def visible_to(membership) -> QuerySet[Award]:
    """Confirmed awards with their contracts: the firm and the team of each, and who sees the province."""
    found = Award.objects.filter(state__in=WITH_CONTRACT).select_related(*RELATED)
    if membership is None:
        return found.none()
    if account_rules.sees_province(membership):
        return found
    return found.filter(Q(challenge__owner=membership.organization_id) | Q(solver=membership.organization_id))


def listed(membership) -> QuerySet[Award]:
    """The list, newest first, with the number of milestones and of accepted ones."""
    accepted = Count("milestones", filter=Q(milestones__state=MilestoneState.ACCEPTED))
    return visible_to(membership).annotate(planned=Count("milestones"), accepted=accepted).order_by("-pk")


def milestones_visible_to(membership) -> QuerySet[Milestone]:
    """The milestones of the contracts one sees."""
    found = Milestone.objects.filter(award__in=visible_to(membership).values("pk"))
    return found.select_related(*[f"award__{name}" for name in RELATED])


def rounds_of(milestone: Milestone) -> QuerySet[Deliverable]:
    """What was handed in for a milestone with its decisions and measurements, in a constant number of queries."""
    return (
        milestone.deliverables.select_related("acceptance", "handed_in_by")
        .prefetch_related("files", "acceptance__measurements__indicator")
        .order_by("-round")
    )


def announced(challenge: Challenge) -> list[Award]:
    """The awards everybody may see, from the public notice on, with their milestones and outcomes."""
    if challenge.state not in PUBLIC_FROM:
        return []
    found = challenge.awards.exclude(state=AwardState.SET_ASIDE).select_related("solver", "proposal")
    outcomes = Prefetch("outcomes", Outcome.objects.select_related("patent"))
    return list(found.prefetch_related("milestones", outcomes))


def escrow(challenge: Challenge) -> dict[str, int]:
    """What was paid in, paid out and given back for a challenge, fen."""
    held = Hold.objects.filter(purpose="challenge.bounty", ref_kind="challenges.challenge", ref_id=challenge.pk)
    sums = held.aggregate(paid_in=Sum("amount_fen"), paid_out=Sum("used_fen"), given_back=Sum("returned_fen"))
    return {name: value or 0 for name, value in sums.items()}


def patents_of(membership) -> QuerySet[Patent]:
    """The patents of one's own organization, for what came of a result."""
    if membership is None:
        return Patent.objects.none()
    own = {"ownerships__organization": membership.organization_id, "ownerships__until_date": None}
    return Patent.objects.filter(**own).distinct().order_by("-filing_date")


def to_hand_in(membership) -> QuerySet[Milestone]:
    """Milestones the own team works on, the next one first."""
    found = milestones_visible_to(membership).filter(award__solver=membership.organization_id)
    return found.filter(state__in=MILESTONE.permitting("deliver")).order_by("hand_in_by_at")


def to_decide(membership) -> QuerySet[Milestone]:
    """Milestones the own firm decides about, the next one first."""
    found = milestones_visible_to(membership).filter(award__challenge__owner=membership.organization_id)
    return found.filter(state__in=MILESTONE.permitting("decide")).order_by("decide_by_at")


def late(membership, now: datetime) -> QuerySet[Milestone]:
    """Milestones whose deadline passed, whoever should act."""
    behind = Q(state__in=MILESTONE.permitting("deliver"), hand_in_by_at__lte=now)
    behind |= Q(state__in=MILESTONE.permitting("decide"), decide_by_at__lte=now)
    return milestones_visible_to(membership).filter(behind).order_by("pk")


def to_sign(membership) -> QuerySet[Award]:
    """Contracts the own side has not signed yet."""
    own = Q(challenge__owner=membership.organization_id, owner_signed_at=None)
    own |= Q(solver=membership.organization_id, solver_signed_at=None)
    return visible_to(membership).filter(own, state=AwardState.CONTRACTING).order_by("sign_by_at")


def milestones_due(now: datetime) -> QuerySet[Milestone]:
    """Milestones the clock has to look at."""
    found = Milestone.objects.filter(next_check_at__lte=now, state__in=_timed()).select_related("award__challenge")
    return found.order_by("next_check_at", "pk")


def _timed() -> Iterable[str]:
    return [*MILESTONE.permitting("deliver"), *MILESTONE.permitting("decide")]


def awards_due(now: datetime) -> QuerySet[Award]:
    """Contracts that were not signed in time."""
    found = Award.objects.filter(next_check_at__lte=now, state=AwardState.CONTRACTING).select_related("challenge")
    return found.order_by("next_check_at", "pk")
