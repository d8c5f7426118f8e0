"""Invitations by e-mail."""

from datetime import timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts import rules
from accounts.models import Invitation, Membership
from accounts.queries import InvitationInvalid, invitation_of
from accounts.services.members import city_for, note, require_another, require_grant
from foundation.core.actors import Actor
from foundation.core.clock import database_now
from foundation.core.errors import DomainError, NotAllowed
from foundation.core.locking import lock_rows

INVITATION_DAYS = 14


class AlreadyMember(DomainError):
    code = "already_member"
    field = "email"
    message = _("This person is already a member.")


class InvitationExpired(DomainError):
    code = "invitation_expired"
    status = 410
    message = _("This invitation has expired. Please ask for a new one.")


class InvitationForAnother(DomainError):
    code = "invitation_for_another"
    status = 403
    message = _("This invitation was sent to {email}. Please sign in with that address.")


@transaction.atomic
def invite(*, organization, email, role, actor, city=None, language="zh-hans"):
    """Offer a role by e-mail for 14 days; a repeat renews the open invitation and its link.

    Raises RoleNotGrantable, CityMissing, AlreadyMember.
    """
    require_grant(actor, role, organization, city)
    organization = lock_rows(organization)
    email = email.strip().lower()
    if organization.memberships.filter(user__email=email, is_active=True).exists():
        raise AlreadyMember()
    now = database_now()
    organization.invitations.filter(email=email, accepted_at__isnull=True, revoked_at__isnull=True).update(
        revoked_at=now
    )
    invitation = Invitation.objects.create(
        organization=organization,
        email=email,
        role=role,
        city=city_for(role, city),
        language=language,
        invited_by_id=actor.user_id,
        expires_at=now + timedelta(days=INVITATION_DAYS),
    )
    note("accounts.invitation.sent", invitation, organization, actor, role=role)
    return invitation


@transaction.atomic
def revoke_invitation(*, invitation, actor):
    """Take an open invitation back; a repeat changes nothing. Raises NotAllowed, InvitationInvalid."""
    if not rules.may_manage_members(actor, invitation.organization):
        raise NotAllowed()
    invitation = lock_rows(invitation)
    if invitation.accepted_at:
        raise InvitationInvalid()
    if invitation.revoked_at is None:
        invitation.revoked_at = database_now()
        invitation.save(update_fields=["revoked_at"])
        note("accounts.invitation.revoked", invitation, invitation.organization, actor)
    return invitation


@transaction.atomic
def accept_invitation(*, token, user):
    """Become a member; a repeat by the same user returns the same membership.

    Raises InvitationInvalid, InvitationExpired, InvitationForAnother, LastOwner, LastOfficer.
    """
    invitation = invitation_of(token)
    if invitation.email != user.email:
        raise InvitationForAnother(email=invitation.email)
    invitation = lock_rows(invitation)
    if invitation.accepted_by_id == user.pk:
        return Membership.objects.get(user=user, organization=invitation.organization_id)
    if invitation.revoked_at or invitation.accepted_at:
        raise InvitationInvalid()
    now = database_now()
    if invitation.expires_at <= now:
        raise InvitationExpired()
    lock_rows(invitation.organization)
    present = Membership.objects.filter(user=user, organization=invitation.organization_id, is_active=True).first()
    if present is not None and present.role != invitation.role:
        require_another(present, invitation.role)
    membership, _created = Membership.objects.update_or_create(
        user=user,
        organization_id=invitation.organization_id,
        defaults={"role": invitation.role, "city_id": invitation.city_id, "is_active": True},
    )
    invitation.accepted_at, invitation.accepted_by = now, user
    invitation.save(update_fields=["accepted_at", "accepted_by"])
    actor = Actor(user_id=user.pk, organization_id=invitation.organization_id, role=membership.role)
    note("accounts.membership.accepted", membership, invitation.organization, actor)
    return membership
