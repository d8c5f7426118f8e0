"""Accounts opened by the system: the administration's people, and those of a rehearsal."""

from allauth.account.models import EmailAddress
from django.db import transaction

from accounts import roles
from accounts.models import Membership, Organization, User
from accounts.services.registration import pinyin_of
from foundation import audit
from foundation.core.actors import SYSTEM


@transaction.atomic
def open_account(*, email, name, password, language="zh-hans"):
    """A user whose address counts as confirmed; an address that is known returns its user."""
    user = User.objects.filter(email=email.strip().lower()).first()
    if user is None:
        user = User.objects.create_user(email, password, name=name, language=language)
    EmailAddress.objects.get_or_create(user=user, email=user.email, defaults={"verified": True, "primary": True})
    return user


@transaction.atomic
def found_administration(*, name, name_en="", city=None):
    """The provincial administration, verified by itself; it is founded once."""
    office = Organization.objects.filter(kind="administration").first()
    if office is None:
        office = Organization.objects.create(
            kind="administration",
            name=name,
            name_en=name_en,
            name_pinyin=pinyin_of(name),
            city=city,
        )
        office = audit.advance(office, "enroll", actor=SYSTEM, parties=[office.pk])
    return office


@transaction.atomic
def appoint(*, user, role, organization, city=None, actor=SYSTEM):
    """Give a user a role by order of the system: the first superuser, the demo's people.

    Raises ValueError for a role that the kind of organization does not know.
    """
    if organization.kind not in roles.ROLES[role].kinds:
        raise ValueError(f"{role} is no role of {organization.kind}")
    scope = city if roles.ROLES[role].city_scoped else None
    membership, _created = Membership.objects.update_or_create(
        user=user,
        organization=organization,
        defaults={"role": role, "city": scope, "is_active": True},
    )
    audit.record(
        "accounts.membership.appointed",
        subject=organization,
        actor=actor,
        data={"membership": membership.pk, "user_id": user.pk, "after": role},
        parties=[organization.pk],
    )
    return membership
