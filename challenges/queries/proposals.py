"""Proposals as somebody may see them: before the opening their own organization alone, whoever else asks."""

from django.db.models import Exists, OuterRef, Q, QuerySet

from accounts import rules as account_rules
from challenges.lifecycle_parties import JUDGED, OPENED_STATES, READING, STANDING
from challenges.models import Award, Challenge, Conflict, Proposal, Score, Seat
from challenges.rules import is_officer

RELATED = ("challenge", "challenge__season", "challenge__owner", "organization", "lead")


def visible_to(membership) -> QuerySet[Proposal]:
    """Own ones; opened ones for officers, the auditor and the firm; for experts those they may score.

    A sealed proposal is seen by its own organization only: not counted, not listed, not found for anybody else (I18).
    An expert with a conflict does not learn that the proposal exists (I19).
    """
    if membership is None:
        return Proposal.objects.none()
    seen = Q(organization=membership.organization_id) & ~Q(organization__kind="administration")
    opened = Q(state__in=OPENED_STATES)
    if is_officer(membership) or account_rules.can(membership, "audit_read"):
        seen |= opened
    elif membership.role == "expert":
        seen = Q(state__in=JUDGED) & Q(Exists(_seats(membership))) & ~Q(Exists(_conflicts(membership)))
    else:
        seen |= opened & Q(challenge__owner=membership.organization_id)
    return Proposal.objects.filter(seen).select_related(*RELATED)


def _seats(membership) -> QuerySet[Seat]:
    return Seat.objects.filter(challenge=OuterRef("challenge"), expert__user=membership.user_id, state__in=READING)


def _conflicts(membership) -> QuerySet[Conflict]:
    own = Conflict.objects.filter(expert__user=membership.user_id, challenge=OuterRef("challenge"))
    return own.filter(Q(proposal=OuterRef("pk")) | Q(proposal=None))


def own(membership) -> QuerySet[Proposal]:
    """The proposals of one's own organization."""
    if membership is None:
        return Proposal.objects.none()
    return Proposal.objects.filter(organization=membership.organization_id).select_related(*RELATED)


def standing(challenge: Challenge, membership) -> Proposal | None:
    """The proposal of one's own organization for a challenge, drafts included."""
    return own(membership).filter(challenge=challenge, state__in=STANDING).first()


def read_by(membership) -> QuerySet[Proposal]:
    """Whose pages somebody reads under the team's name: nobody's for experts, who have pages of their own."""
    if membership is None or membership.role == "expert":
        return Proposal.objects.none()
    return visible_to(membership)


def opened_of(challenge: Challenge, membership) -> QuerySet[Proposal]:
    """The opened proposals of a challenge that somebody reads."""
    rows = read_by(membership).filter(challenge=challenge, state__in=OPENED_STATES)
    return rows.select_related("opened", "organization", "challenge")


def count_of(challenge: Challenge) -> int | None:
    """How many proposals were opened; None while nobody may know."""
    if challenge.is_sealed:
        return None
    return Proposal.objects.filter(challenge=challenge, state__in=OPENED_STATES).count()


def scores_visible_to(membership, proposal: Proposal) -> QuerySet[Score]:
    """Scores that were handed in: for officers and the firm when the scoring is closed, for an expert one's own, and
    those of the others once the own ones for this proposal are in."""
    handed_in = Score.objects.filter(proposal=proposal, handed_in_at__isnull=False)
    if membership is None:
        return Score.objects.none()
    if membership.role == "expert":
        mine = Score.objects.filter(proposal=proposal, seat__expert__user=membership.user_id)
        if not visible_to(membership).filter(pk=proposal.pk).exists():
            return Score.objects.none()
        return (handed_in | mine).distinct() if mine.filter(handed_in_at__isnull=False).exists() else mine
    closed = proposal.state not in ("opened", "eligible")
    insider = is_officer(membership) or account_rules.can(membership, "audit_read")
    if closed and (insider or membership.organization_id == proposal.challenge.owner_id):
        return handed_in
    return Score.objects.none()


def seats_of(membership) -> QuerySet[Seat]:
    """The seats of an expert."""
    if membership is None or membership.role != "expert":
        return Seat.objects.none()
    return Seat.objects.filter(expert__user=membership.user_id).select_related("challenge__season", "expert")


def awards_visible_to(membership) -> QuerySet[Award]:
    """Awards from their public notice on for everybody; before that the firm and officers."""
    rows = Award.objects.select_related("challenge__season", "challenge__owner", "solver", "proposal")
    public = ~Q(challenge__state="selected")
    if membership is None:
        return rows.filter(public)
    if account_rules.sees_province(membership):
        return rows
    return rows.filter(public | Q(challenge__owner=membership.organization_id))
