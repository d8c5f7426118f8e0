"""What waits: for a team its drafts, for an opener a share to hand in, for an officer proposals to check."""

from django.urls import reverse
from django.utils.translation import gettext as _

from challenges.lifecycle import ChallengeState
from challenges.lifecycle_parties import ProposalState
from challenges.models import Challenge, Reopening
from challenges.queries import proposals
from challenges.rules import is_officer, may_propose
from challenges.services import openers
from foundation.core.work import WorkItem

MOST = 50


def items_for(membership) -> list[WorkItem]:
    """By their deadlines."""
    found: list[WorkItem] = []
    if may_propose(membership):
        drafts = proposals.own(membership).filter(state=ProposalState.DRAFT, challenge__state=ChallengeState.OPEN)
        found += [_to_submit(one) for one in drafts[:MOST]]
    if openers.part_for(membership) is not None:
        found += [_to_open(one) for one in _waiting_for_share(membership)[:MOST]]
    if is_officer(membership):
        opened = proposals.visible_to(membership).filter(state=ProposalState.OPENED).order_by("number")
        found += [_to_check(one) for one in opened[:MOST]]
        found += [_to_decide(one) for one in _asked_by_others(membership)[:MOST]]
    return found


def _waiting_for_share(membership):
    """Challenges that wait for this opener: closed, of a season they hold a key of, their share not handed in."""
    held = Challenge.objects.filter(
        state=ChallengeState.CLOSED_FOR_PROPOSALS,
        season__opener_keys__holder=membership.user_id,
        season__opener_keys__retired_at=None,
    )
    done = held.filter(openings__given_up_at=None, openings__shares__handed_in_by=membership.user_id).values("pk")
    return held.exclude(pk__in=done).order_by("closes_at", "pk")


def _asked_by_others(membership):
    """What a colleague asked for and a second officer has to decide."""
    rows = Reopening.objects.filter(confirmed_at=None, challenge__state=ChallengeState.CLOSED_FOR_PROPOSALS)
    return rows.exclude(asked_by=membership.user_id).select_related("challenge").order_by("asked_at", "pk")


def _to_decide(asked) -> WorkItem:
    return WorkItem(
        kind=_("Opening of proposals"),
        title=asked.challenge.title,
        detail=_("{number}: a colleague wants proposals to be taken again; a second officer decides.").format(
            number=asked.challenge.number
        ),
        url=reverse("challenges:opening_reopen", args=[asked.challenge.number]),
        action=_("Decide"),
    )


def _to_submit(proposal) -> WorkItem:
    return WorkItem(
        kind=_("Proposal, draft"),
        title=proposal.challenge.title,
        detail=_("{number}: what is not submitted in time does not take part.").format(
            number=proposal.challenge.number
        ),
        url=proposal.get_absolute_url(),
        due_at=proposal.challenge.closes_at,
        action=_("Go on"),
    )


def _to_open(challenge) -> WorkItem:
    return WorkItem(
        kind=_("Opening of proposals"),
        title=challenge.title,
        detail=_("{number}: closed; two openers hand in their shares.").format(number=challenge.number),
        url=reverse("challenges:opening_share", args=[challenge.number]),
        due_at=challenge.opening_planned_at,
        action=_("Hand in"),
    )


def _to_check(proposal) -> WorkItem:
    return WorkItem(
        kind=_("Proposal, eligibility"),
        title=proposal.challenge.title,
        detail=_("{number} of {organization}: may it take part?").format(
            number=proposal.number, organization=proposal.organization.display_name
        ),
        url=reverse("challenges:proposal_eligibility", args=[proposal.number]),
        action=_("Check"),
    )
