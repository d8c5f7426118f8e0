"""Experts, panels, rankings, notices and objections as somebody may see them."""

from django.db.models import Exists, OuterRef, Q, QuerySet

from accounts import rules as account_rules
from challenges.lifecycle import ChallengeState
from challenges.models import Challenge, Draw, Expert, Proposal, Seat, SelectionObjection, TalkNote
from challenges.queries import challenges as listed
from challenges.queries import proposals
from challenges.rules import is_officer, may_publish

C = ChallengeState
AFTER_SHORTLIST = (
    C.SHORTLISTED, C.SELECTED, C.PUBLIC_NOTICE, C.CONTRACTING, C.IN_PROGRESS, C.FINAL_ACCEPTANCE, C.COMPLETED,
    C.NO_AWARD, C.FAILED, C.TERMINATED,
)  # fmt: skip
AFTER_NOTICE = tuple(state for state in AFTER_SHORTLIST if state not in (C.SHORTLISTED, C.SELECTED))
OPENED = (C.REVIEWING, *AFTER_SHORTLIST)


def is_insider(membership) -> bool:
    """Officers of the province, and the auditor, who only reads."""
    return is_officer(membership) or account_rules.can(membership, "audit_read")


def experts_visible_to(membership) -> QuerySet[Expert]:
    """The whole pool for the administration of the province; an expert sees the own profile."""
    found = Expert.objects.select_related("user", "unit")
    if is_insider(membership):
        return found
    return found.filter(user=membership.user_id) if membership is not None else found.none()


def panels_visible_to(membership) -> QuerySet[Challenge]:
    """Challenges whose proposals are open, with their panels by name: for the administration of the province only."""
    if not is_insider(membership):
        return Challenge.objects.none()
    return listed.visible_to(membership).filter(state__in=OPENED)


def draws_visible_to(membership) -> QuerySet[Draw]:
    """Draws name experts: for the administration of the province."""
    if not is_insider(membership):
        return Draw.objects.none()
    return Draw.objects.select_related("challenge__season", "drawn_by")


def seats_visible_to(membership) -> QuerySet[Seat]:
    """All for the administration of the province, an expert's own for the expert, nobody else's for anybody."""
    if is_insider(membership):
        return Seat.objects.select_related("challenge__season", "challenge__owner", "expert__user")
    return proposals.seats_of(membership).select_related("challenge__owner")


def selecting(membership) -> QuerySet[Challenge]:
    """Challenges of one's own firm whose proposals are open."""
    if not may_publish(membership):
        return Challenge.objects.none()
    return listed.of_owner(membership).filter(state__in=OPENED)


def rankings_visible_to(membership) -> QuerySet[Challenge]:
    """Challenges whose ranking one may read.

    For everybody from the public notice on; for the teams from the shortlist on; for the firm and the administration
    of the province as soon as the scoring is closed.
    """
    scored = Q(state=C.REVIEWING) & Exists(Proposal.objects.filter(challenge=OuterRef("pk"), state="scored"))
    seen = Q(state__in=AFTER_NOTICE)
    if is_insider(membership):
        seen |= scored | Q(state__in=AFTER_SHORTLIST)
    elif membership is not None:
        own = Q(owner=membership.organization_id)
        teams = Proposal.objects.filter(challenge=OuterRef("pk"), organization=membership.organization_id)
        seen |= own & (scored | Q(state__in=AFTER_SHORTLIST))
        seen |= Q(state__in=AFTER_SHORTLIST) & Exists(teams.exclude(number=None))
    scores = Proposal.objects.filter(challenge=OuterRef("pk"), scores__handed_in_at__isnull=False)
    return Challenge.objects.filter(seen, Exists(scores)).select_related(*listed.RELATED)


def noticed() -> QuerySet[Challenge]:
    """Challenges whose selection was given public notice of: for everybody."""
    found = Challenge.objects.filter(state__in=[state for state in AFTER_NOTICE if state != C.NO_AWARD])
    return found.exclude(notice_until_at=None).select_related(*listed.RELATED)


def to_notice(membership) -> QuerySet[Challenge]:
    """Selections an officer has to publish."""
    if not is_officer(membership):
        return Challenge.objects.none()
    return Challenge.objects.filter(state=C.SELECTED).select_related(*listed.RELATED)


def objections_visible_to(membership) -> QuerySet[SelectionObjection]:
    """One's own; those to challenges of one's firm; all for the administration of the province."""
    found = SelectionObjection.objects.select_related("organization", "challenge__season", "challenge__owner")
    if membership is None:
        return found.none()
    if is_insider(membership):
        return found
    seen = Q(organization=membership.organization_id)
    if not membership.is_administration:
        seen |= Q(challenge__owner=membership.organization_id)
    return found.filter(seen)


def talks_visible_to(membership) -> QuerySet[TalkNote]:
    """What was noted about talks and visits: for the firm and the administration of the province."""
    found = TalkNote.objects.select_related("proposal__challenge", "written_by")
    if is_insider(membership):
        return found
    if not may_publish(membership):
        return found.none()
    return found.filter(proposal__challenge__owner=membership.organization_id)


def judged_by(membership) -> QuerySet[Proposal]:
    """Opened proposals of one's own firm's challenges, to give feedback on and to talk about."""
    if not may_publish(membership):
        return Proposal.objects.none()
    return proposals.visible_to(membership).filter(challenge__owner=membership.organization_id)
