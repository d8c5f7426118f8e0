"""Invitations, roles and leaving. The organization's row is the lock of its list of members."""

from datetime import timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts import roles, rules
from accounts.models import Invitation, Membership
from accounts.queries import InvitationInvalid, invitation_of
from foundation import audit
from foundation.core.actors import Actor
from foundation.core.clock import database_now
from foundation.core.errors import DomainError, NotAllowed
from foundation.core.locking import lock_rows

INVITATION_DAYS = 14


class AlreadyMember(DomainError):
    code = "already_member"
    field = "email"
    message = _("This person is already a member.")


class RoleNotGrantable(DomainError):
    code = "role_not_grantable"
    status = 403
    field = "role"
    message = _("You may not give this role.")


class CityMissing(DomainError):
    code = "city_missing"
    status = 400
    field = "city"
    message = _("A city officer needs a city.")


class InvitationExpired(DomainError):
    code = "invitation_expired"
    status = 410
    message = _("This invitation has expired. Please ask for a new one.")


class InvitationForAnother(DomainError):
    code = "invitation_for_another"
    status = 403
    message = _("This invitation was sent to {email}. Please sign in with that address.")


class LastOwner(DomainError):
    code = "last_owner"
    field = "role"
    message = _("An organization needs an owner. Make somebody else an owner first.")


def _require_grant(actor, role, organization, city):
    if role not in roles.ROLES or not rules.may_grant(actor, role, organization):
        raise RoleNotGrantable()
    if roles.ROLES[role].city_scoped and city is None:
        raise CityMissing()


def _city_for(role, city):
    return city if roles.ROLES[role].city_scoped else None


@transaction.atomic
def invite(*, organization, email, role, actor, city=None, language="zh-hans"):
    """Offer a role by e-mail for 14 days; a repeat renews the open invitation and its link.

    Raises RoleNotGrantable, CityMissing, AlreadyMember.
    """
    _require_grant(actor, role, organization, city)
    organization = lock_rows(organization)
    email = email.strip().lower()
    if organization.memberships.filter(user__email=email, is_active=True).exists():
        raise AlreadyMember()
    now = database_now()
    organization.invitations.filter(
        email=email, accepted_at__isnull=True, revoked_at__isnull=True
    ).update(revoked_at=now)
    invitation = Invitation.objects.create(
        organization=organization,
        email=email,
        role=role,
        city=_city_for(role, city),
        language=language,
        invited_by_id=actor.user_id,
        expires_at=now + timedelta(days=INVITATION_DAYS),
    )
    _note("accounts.invitation.sent", invitation, organization, actor, role=role)
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
        _note("accounts.invitation.revoked", invitation, invitation.organization, actor)
    return invitation


@transaction.atomic
def accept_invitation(*, token, user):
    """Become a member; a repeat by the same user returns the same membership.

    Raises InvitationInvalid, InvitationExpired, InvitationForAnother.
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
    membership, _created = Membership.objects.update_or_create(
        user=user,
        organization_id=invitation.organization_id,
        defaults={"role": invitation.role, "city_id": invitation.city_id, "is_active": True},
    )
    invitation.accepted_at, invitation.accepted_by = now, user
    invitation.save(update_fields=["accepted_at", "accepted_by"])
    actor = Actor(user_id=user.pk, organization_id=invitation.organization_id, role=membership.role)
    _note("accounts.membership.accepted", membership, invitation.organization, actor)
    return membership


@transaction.atomic
def change_role(*, membership, role, actor, city=None):
    """Give a member another role; the same role again changes nothing.

    Raises NotAllowed, RoleNotGrantable, CityMissing, LastOwner.
    """
    _require_manageable(actor, membership)
    _require_grant(actor, role, membership.organization, city)
    lock_rows(membership.organization)
    membership.refresh_from_db(fields=["role", "city", "is_active"])
    before = membership.role
    city = _city_for(role, city)
    if (before, membership.city_id) == (role, getattr(city, "pk", None)):
        return membership
    if before != role:
        _require_another_owner(membership)
    membership.role, membership.city = role, city
    membership.save(update_fields=["role", "city", "updated_at"])
    _note(
        "accounts.membership.role_changed",
        membership,
        membership.organization,
        actor,
        before=before,
        after=role,
    )
    return membership


@transaction.atomic
def deactivate_member(*, membership, actor):
    """Take all rights of a member away, at once; a repeat changes nothing.

    Raises NotAllowed, LastOwner.
    """
    _require_manageable(actor, membership)
    return _deactivate(membership, actor, "accounts.membership.deactivated")


@transaction.atomic
def leave(*, membership):
    """Leave an organization oneself. Raises LastOwner."""
    return _deactivate(membership, membership, "accounts.membership.left")


@transaction.atomic
def reactivate_member(*, membership, actor):
    """Give a former member the old role back. Raises NotAllowed, RoleNotGrantable."""
    _require_manageable(actor, membership)
    _require_grant(actor, membership.role, membership.organization, membership.city)
    lock_rows(membership.organization)
    membership.refresh_from_db(fields=["is_active"])
    if not membership.is_active:
        membership.is_active = True
        membership.save(update_fields=["is_active", "updated_at"])
        _note(
            "accounts.membership.reactivated", membership, membership.organization, actor
        )
    return membership


def _deactivate(membership, actor, name):
    lock_rows(membership.organization)
    membership.refresh_from_db(fields=["role", "is_active"])
    if not membership.is_active:
        return membership
    _require_another_owner(membership)
    membership.is_active = False
    membership.save(update_fields=["is_active", "updated_at"])
    _note(name, membership, membership.organization, actor)
    return membership


def _require_manageable(actor, membership):
    """One may only touch members whose role one could give."""
    if not rules.may_grant(actor, membership.role, membership.organization):
        raise NotAllowed()


def _require_another_owner(membership):
    """The first role of the kind (owner, person, superuser) must stay filled."""
    key = roles.first_role(membership.organization.kind)
    others = Membership.objects.filter(
        organization=membership.organization_id, role=key, is_active=True, user__is_active=True
    ).exclude(pk=membership.pk)
    if membership.role == key and not others.exists():
        raise LastOwner()


def _note(name, subject, organization, actor, **data):
    """The history of members stands with their organization."""
    about = {subject._meta.model_name: subject.pk}
    if isinstance(subject, Membership):
        about["user_id"] = subject.user_id
    audit.record(
        name, subject=organization, actor=actor, data=about | data, parties=[organization.pk]
    )
