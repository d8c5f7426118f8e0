"""Verification of an organization by the province."""

from datetime import timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts import queries, rules
from accounts.lifecycle import State
from accounts.models import Organization, Verification
from accounts.models.organizations import REPRESENTED
from foundation import audit
from foundation.core import handlers
from foundation.core.actors import CLOCK
from foundation.core.clock import database_now, local_date
from foundation.core.errors import DomainError, NotAllowed
from foundation.core.locking import lock_rows
from foundation.core.refs import Ref
from foundation.documents import services as documents

REVIEW_KIND = "accounts.verification"
REVIEW_WORKDAYS = 5
VALID_DAYS = 3 * 365
OUTCOMES = {"approve": "verify", "return": "return", "reject": "refuse"}


class DetailsMissing(DomainError):
    """The province cannot verify what it is not told."""

    code = "details_missing"
    status = 400
    field = "city"
    message = _("Please name the city first: it decides which office verifies.")


class LegalRepresentativeMissing(DetailsMissing):
    """A legal person acts through somebody (Civil Code Art. 61)."""

    code = "legal_representative_missing"
    field = "legal_representative"
    message = _("Please name the legal representative, as the license or registration certificate does.")


class AlreadySubmitted(DomainError):
    """The request waits for its decision."""

    code = "already_submitted"
    message = _("The request was sent already and waits for the decision.")


class GroupHeadUnknown(DomainError):
    """The group's head has to be verified here itself."""

    code = "group_head_unknown"
    status = 400
    field = "group_head"
    message = _("No verified organization here has this credit code. The head of the group has to register first.")


class GroupHeadIsSelf(GroupHeadUnknown):
    """An organization is not its own affiliate."""

    code = "group_head_is_self"
    message = _("This is the code of your own organization. Leave the field empty if it is the head of its group.")


def head_of_group(organization, code):
    """The organization that a request names as head of its group by its credit code; None for no group.

    Raises GroupHeadUnknown, GroupHeadIsSelf.
    """
    code = "".join(code.split()).replace("-", "").upper()
    if not code:
        return None
    head = queries.organization_of_uscc(code)
    if head == organization:
        raise GroupHeadIsSelf()
    if head is None or not head.is_verified:
        raise GroupHeadUnknown()
    return head


def join_group(organization, head):
    """Put an organization, and whoever it was the head of, under one head: groups are one level deep."""
    root_id = (head.group_id or head.pk) if head else None
    if root_id == organization.pk:  # the named head belongs to this organization's group already
        return None
    if root_id:
        organization.group_members.update(group_id=root_id)
    return root_id


def snapshot(organization):
    """What the province decides on, as it stands now; identity numbers of persons masked."""
    person = getattr(organization, "person", None)
    return {
        "name": organization.name,
        "name_en": organization.name_en,
        "kind": organization.kind,
        "uscc": organization.uscc or "",
        "foreign_registration": organization.foreign_registration,
        "country": organization.country,
        "legal_representative": organization.legal_representative,
        "city": organization.city.code if organization.city else "",
        "document_kind": person.document_kind if person else "",
        "document": person.document_masked if person else "",
    }


def name_representative(organization, name):
    """Keep who represents a legal person; an empty name leaves who it is. Raises LegalRepresentativeMissing."""
    if organization.kind not in REPRESENTED:
        return
    if name and name != organization.legal_representative:
        organization.legal_representative = name
        organization.save(update_fields=["legal_representative", "updated_at"])
    if not organization.legal_representative:
        raise LegalRepresentativeMissing()


@transaction.atomic
def submit_verification(*, organization, actor, statement="", upload=None, group_head="", legal_representative=""):
    """Ask the province to verify the organization, with a scan as evidence; returns the Verification with its review.

    ``group_head`` is the credit code of the organization at the head of its group of affiliates, if there is one;
    ``legal_representative`` the name of who represents a legal person, empty where it is known already.
    Raises NotAllowed, DetailsMissing, LegalRepresentativeMissing, AlreadySubmitted, GroupHeadUnknown, UnlawfulMove,
    FileRefused and its kin.
    """
    if not rules.may_manage_organization(actor, organization):
        raise NotAllowed()
    organization = lock_rows(organization)
    if organization.state == State.SUBMITTED:
        raise AlreadySubmitted()
    if organization.city_id is None and organization.kind != "foreign_company":
        raise DetailsMissing()
    name_representative(organization, legal_representative)
    head = head_of_group(organization, group_head)
    previous = None
    if organization.state == State.RETURNED:
        previous = organization.verifications.first()
    organization = audit.advance(organization, "submit", actor=actor, parties=[organization.pk])
    verification = Verification.objects.create(
        organization=organization,
        submitted_by_id=actor.user_id,
        submitted_at=database_now(),
        statement=statement,
        group_head=head,
        evidence=documents.accept_upload(upload=upload, actor=actor) if upload else None,
        facts=snapshot(organization),
    )
    review = _before_the_office(organization, verification, previous, actor)
    verification.review_number = review.number
    verification.save(update_fields=["review_number"])
    return verification


def _before_the_office(organization, verification, previous, actor):
    """A new case, or the returned one with the corrected request."""
    subject = Ref.of(verification)
    if previous is not None:
        review = handlers.call(
            "review.resubmit",
            kind=REVIEW_KIND,
            subject=Ref.of(previous),
            new_subject=subject,
            actor=actor,
        )
        if review is not None:
            return review
    return handlers.call(
        "review.open",
        kind=REVIEW_KIND,
        subject=subject,
        title=organization.name,
        actor=actor,
        organization=organization,
        city=organization.city,
        workdays=REVIEW_WORKDAYS,
    )


@transaction.atomic
def decide_verification(*, verification, outcome, reason, actor):
    """Carry the decision of a review out; a repeat changes nothing. Raises NotAllowed."""
    organization, verification = lock_rows(verification.organization, verification)
    if verification.decided_at is not None:
        return verification
    now = database_now()
    until = local_date(now) + timedelta(days=VALID_DAYS) if outcome == "approve" else None
    decided = {"verified_until": until}
    if outcome == "approve":
        decided["group_id"] = join_group(organization, verification.group_head)
    audit.advance(
        organization,
        OUTCOMES[outcome],
        actor=actor,
        reason=reason,
        parties=[organization.pk],
        set=decided,
    )
    verification.outcome, verification.reason, verification.decided_at = outcome, reason, now
    verification.save(update_fields=["outcome", "reason", "decided_at"])
    return verification


def expire_verifications(*, limit=200):
    """Let verifications end after their last day; returns how many. Safe to run at any time."""
    count = 0
    today = local_date(database_now())
    due = Organization.objects.filter(state=State.VERIFIED, verified_until__lt=today)
    for found in due.order_by("pk")[:limit]:
        with transaction.atomic():
            organization = lock_rows(found)
            if organization.state == State.VERIFIED and organization.verified_until < today:
                audit.advance(organization, "expire", actor=CLOCK, parties=[organization.pk])
                count += 1
    return count
