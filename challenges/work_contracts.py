"""What waits for somebody about contracts and milestones."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts import rules as account_rules
from challenges.models import Award, Milestone
from challenges.queries import contracts
from challenges.rules import is_officer, may_propose, may_publish
from challenges.services import ending, escrow_plan
from foundation.core.clock import database_now
from foundation.core.work import WorkItem

MOST = 50


def items_for(membership: Any) -> list[WorkItem]:
    """Contracts to sign, milestones to hand in or to decide, money to pay in; for officers what is late."""
    if membership is None:
        return []
    if is_officer(membership):
        return _as_officer(membership)
    found: list[WorkItem] = []
    if may_publish(membership) or may_propose(membership):
        found += [_to_sign(award) for award in contracts.to_sign(membership)[:MOST]]
    if may_propose(membership):
        found += [_milestone(one, _("Milestone to hand in"), _("Hand in")) for one in contracts.to_hand_in(membership)]
    if may_publish(membership):
        found += [_milestone(one, _("Milestone to decide"), _("Decide")) for one in contracts.to_decide(membership)]
    return [*found, *_as_owner(membership)]


def _to_sign(award: Award) -> WorkItem:
    return WorkItem(
        kind=_("Contract to sign"),
        title=award.challenge.title,
        detail=award.number,
        url=award.get_absolute_url(),
        due_at=award.sign_by_at,
        action=_("Read and sign the contract"),
    )


def _milestone(milestone: Milestone, kind: str, action: str) -> WorkItem:
    return WorkItem(
        kind=kind,
        title=milestone.deliverable,
        detail=milestone.number,
        url=milestone.get_absolute_url(),
        due_at=milestone.due_at,
        action=action,
    )


def _as_owner(membership: Any) -> list[WorkItem]:
    """Escrow to fill, races to decide, wishes to end a contract."""
    own = contracts.visible_to(membership).filter(challenge__owner=membership.organization_id)
    items = []
    if account_rules.can(membership, "pay"):
        running = list(own.filter(state="running")[:MOST])
        waiting = escrow_plan.waiting_payments(running)
        for award in running:
            asked = waiting.get(award.pk)
            if asked is not None:
                url = reverse("settlement:obligation_detail", args=[asked.number])
                detail = f"{award.number}: {asked.left}"
                items.append(WorkItem(kind=_("Bounty to pay in"), title=award.challenge.title, detail=detail, url=url,
                                      due_at=asked.due_at, action=_("Pay")))  # fmt: skip
    if may_publish(membership):
        racing = own.filter(state="running", challenge__gate_milestone__isnull=False)
        decidable = ending.races_at_gate({award.challenge_id for award in racing[:MOST]})
        at_gate = [award for award in racing[:MOST] if award.challenge_id in decidable]
        items += [_plain(award, _("Horse race to decide"), _("Choose the team")) for award in at_gate[:1]]
        asked_to_end = own.filter(state__in=["contracting", "running"], end_asked_at__isnull=False)
        items += [_plain(award, _("The team asks to end the contract"), _("Answer")) for award in asked_to_end[:MOST]]
    return items


def _plain(award: Award, kind: str, action: str) -> WorkItem:
    return WorkItem(kind=kind, title=award.challenge.title, detail=award.number, url=award.get_absolute_url(),
                    action=action)  # fmt: skip


def _as_officer(membership: Any) -> list[WorkItem]:
    """Milestones that are late and contracts whose end the team asks for."""
    late = contracts.late(membership, database_now())[:MOST]
    items = [_milestone(one, _("Milestone overdue"), _("Look at it")) for one in late]
    asked = contracts.visible_to(membership).filter(
        state__in=["contracting", "running"], end_asked_at__isnull=False
    )  # fmt: skip
    return [*items, *[_plain(award, _("The team asks to end the contract"), _("Decide")) for award in asked[:MOST]]]
