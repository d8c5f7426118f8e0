"""Roles, leaving and coming back. The organization's row is the lock of its list of members."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts import roles, rules
from accounts.models import Membership
from foundation import audit
from foundation.core.errors import DomainError, NotAllowed
from foundation.core.locking import lock_rows


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


class LastOwner(DomainError):
    code = "last_owner"
    field = "role"
    message = _("An organization needs an owner. Make somebody else an owner first.")


class PersonStays(LastOwner):
    """A natural person acts for nobody else."""

    message = _("You take part here as a natural person: nobody else could act for you.")


class LastOfficer(LastOwner):
    """The administration would be without somebody it cannot do without."""

    code = "last_officer"
    message = _("The administration needs somebody with the role “{role}”. Give it to somebody else first.")


# What somebody in an organization must always be able to do; the roles say who can.
INDISPENSABLE = ("manage_organization", "admin", "review_any_city", "settle")


def require_grant(actor, role, organization, city):
    if role not in roles.ROLES or not rules.may_grant(actor, role, organization):
        raise RoleNotGrantable()
    if roles.ROLES[role].city_scoped and city is None:
        raise CityMissing()


def city_for(role, city):
    return city if roles.ROLES[role].city_scoped else None


@transaction.atomic
def change_role(*, membership, role, actor, city=None):
    """Give a member another role; the same role again changes nothing.

    Raises NotAllowed, RoleNotGrantable, CityMissing, LastOwner, LastOfficer.
    """
    _require_manageable(actor, membership)
    require_grant(actor, role, membership.organization, city)
    lock_rows(membership.organization)
    membership.refresh_from_db(fields=["role", "city", "is_active"])
    before = membership.role
    city = city_for(role, city)
    if (before, membership.city_id) == (role, getattr(city, "pk", None)):
        return membership
    if before != role:
        require_another(membership, role)
    membership.role, membership.city = role, city
    membership.save(update_fields=["role", "city", "updated_at"])
    note(
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

    Raises NotAllowed, LastOwner, LastOfficer.
    """
    _require_manageable(actor, membership)
    return _deactivate(membership, actor, "accounts.membership.deactivated")


@transaction.atomic
def leave(*, membership):
    """Leave an organization oneself. Raises LastOwner, LastOfficer, PersonStays."""
    return _deactivate(membership, membership, "accounts.membership.left")


@transaction.atomic
def reactivate_member(*, membership, actor):
    """Give a former member the old role back. Raises NotAllowed, RoleNotGrantable."""
    _require_manageable(actor, membership)
    require_grant(actor, membership.role, membership.organization, membership.city)
    lock_rows(membership.organization)
    membership.refresh_from_db(fields=["is_active"])
    if not membership.is_active:
        membership.is_active = True
        membership.save(update_fields=["is_active", "updated_at"])
        note("accounts.membership.reactivated", membership, membership.organization, actor)
    return membership


@transaction.atomic
def change_member(*, membership, actor, role=None, city=None, is_active=None):
    """Another role, and whether the member has rights at all; what is None stays. Errors as above."""
    if is_active:
        membership = reactivate_member(membership=membership, actor=actor)
    if role is not None:
        membership = change_role(membership=membership, role=role, actor=actor, city=city)
    if is_active is False:
        membership = deactivate_member(membership=membership, actor=actor)
    return membership


def _deactivate(membership, actor, name):
    lock_rows(membership.organization)
    membership.refresh_from_db(fields=["role", "is_active"])
    if not membership.is_active:
        return membership
    require_another(membership)
    membership.is_active = False
    membership.save(update_fields=["is_active", "updated_at"])
    note(name, membership, membership.organization, actor)
    return membership


def _require_manageable(actor, membership):
    """One may only touch members whose role one could give."""
    if not rules.may_grant(actor, membership.role, membership.organization):
        raise NotAllowed()


def require_another(membership, new_role=None):
    """Somebody else must be able to do what the member gives up and no organization can be without.

    The caller holds the organization's lock. Raises LastOwner, PersonStays, LastOfficer.
    """
    kept = roles.ROLES[new_role].may if new_role else frozenset()
    given_up = roles.ROLES[membership.role].may - kept
    for capability in INDISPENSABLE:
        if capability in given_up and not _others_with(capability, membership).exists():
            raise _refusal(membership)


def _others_with(capability, membership):
    return Membership.objects.filter(
        organization=membership.organization_id,
        role__in=roles.with_capability(capability),
        is_active=True,
        user__is_active=True,
    ).exclude(pk=membership.pk)


def _refusal(membership):
    if membership.organization.is_person:
        return PersonStays()
    if membership.organization.kind == "administration":
        return LastOfficer(role=roles.ROLES[membership.role].label)
    return LastOwner()


def note(name, subject, organization, actor, **data):
    """The history of members stands with their organization."""
    about = {subject._meta.model_name: subject.pk}
    if isinstance(subject, Membership):
        about["user_id"] = subject.user_id
    audit.record(name, subject=organization, actor=actor, data=about | data, parties=[organization.pk])
