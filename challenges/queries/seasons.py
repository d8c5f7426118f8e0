"""Seasons with what lies in them, and the funnel from the list to the last payment."""

from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet, Sum

from challenges.lifecycle import PUBLIC, ChallengeState
from challenges.lifecycle_parties import OPENED_STATES, AwardState, MilestoneState
from challenges.models import Award, Challenge, ListSeason, Milestone, Payout, Proposal
from challenges.queries.challenges import RELATED, seasons_visible_to
from challenges.rules import is_officer
from foundation.core.money import Money

CHECKED = (ChallengeState.FORMAL_CHECK, ChallengeState.EXPERT_CHECK)
SHORTLISTED = ("shortlisted", "winner", "reserve", "contracted", "fell_through", "stood_down")
SIGNED = (AwardState.RUNNING, AwardState.COMPLETED, AwardState.FAILED, AwardState.TERMINATED)
ACCEPTED = (MilestoneState.ACCEPTED,)


def season(membership, code: str) -> QuerySet[ListSeason]:
    """The season of a code, if one may see it."""
    return seasons_visible_to(membership).filter(code=code.upper()[:10])


def with_counts(rows: QuerySet[ListSeason]) -> QuerySet[ListSeason]:
    """With the numbers of published, open and completed challenges."""
    public = Q(challenges__state__in=PUBLIC, challenges__published_at__isnull=False)
    return rows.order_by("-code").annotate(
        published=Count("challenges", filter=public),
        open_now=Count("challenges", filter=public & Q(challenges__state=ChallengeState.OPEN)),
        completed=Count("challenges", filter=public & Q(challenges__state=ChallengeState.COMPLETED)),
        in_check=Count("challenges", filter=Q(challenges__state__in=CHECKED)),
        unfunded=Count("challenges", filter=Q(challenges__state=ChallengeState.APPROVED)),
    )


def waiting(season: ListSeason) -> QuerySet[Challenge]:
    """Challenges of a season that are with the administration or wait for their first share."""
    rows = Challenge.objects.filter(
        season=season, state__in=[*CHECKED, ChallengeState.RETURNED, ChallengeState.APPROVED]
    )
    return rows.select_related(*RELATED).order_by("state_since", "pk")


def visible_reports(membership) -> QuerySet[ListSeason]:
    """The seasons whose funnel one may read: the called ones for everybody, drafts for officers."""
    return seasons_visible_to(membership) if is_officer(membership) else seasons_visible_to(None)


@dataclass(frozen=True)
class Funnel:
    """How many came through each stage. Proposals of challenges that are not opened yet are in no count."""

    published: int
    bounty: Money
    sealed: int  # published challenges whose proposals nobody may count yet
    proposals: int
    shortlisted: int
    contracted: int
    contract_sum: Money
    accepted: int
    paid: Money
    completed: int


def funnel(season: ListSeason) -> Funnel:
    """The funnel of one season, counted now; five queries."""
    listed = Q(state__in=PUBLIC, published_at__isnull=False)
    sealed = Q(state__in=(ChallengeState.OPEN, ChallengeState.CLOSED_FOR_PROPOSALS))
    challenges = Challenge.objects.filter(listed, season=season).aggregate(
        n=Count("pk"),
        bounty=Sum("bounty_fen"),
        sealed=Count("pk", filter=sealed),
        completed=Count("pk", filter=Q(state=ChallengeState.COMPLETED)),
    )
    proposals = Proposal.objects.filter(challenge__season=season, state__in=OPENED_STATES).aggregate(
        n=Count("pk"), shortlisted=Count("pk", filter=Q(state__in=SHORTLISTED))
    )
    awards = Award.objects.filter(challenge__season=season, state__in=SIGNED).aggregate(
        n=Count("pk"), total=Sum("amount_fen")
    )
    milestones = Milestone.objects.filter(award__challenge__season=season, state__in=ACCEPTED)
    paid = Payout.objects.filter(milestone__award__challenge__season=season).aggregate(total=Sum("amount_fen"))
    return Funnel(
        published=challenges["n"],
        bounty=Money(challenges["bounty"] or 0),
        sealed=challenges["sealed"],
        proposals=proposals["n"],
        shortlisted=proposals["shortlisted"],
        contracted=awards["n"],
        contract_sum=Money(awards["total"] or 0),
        accepted=milestones.count(),
        paid=Money(paid["total"] or 0),
        completed=challenges["completed"],
    )
