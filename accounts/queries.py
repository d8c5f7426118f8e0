"""What can be asked about people and organizations; views reach rows only through `visible_to`."""

from django.core import signing
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts import roles, rules
from accounts.models import (
    City,
    Industry,
    Invitation,
    Membership,
    Organization,
    User,
    Verification,
)
from accounts.models.memberships import SALT
from foundation.core.errors import DomainError

LONGEST_TOKEN = 300
PUBLIC = Q(kind="administration") | (Q(state="verified") & ~Q(kind="person"))


class InvitationInvalid(DomainError):
    """The link names no invitation that could be accepted."""

    code = "invitation_invalid"
    status = 404
    message = _("This invitation does not exist, was withdrawn, or was used already.")


class Organizations:
    """Organizations a membership may look at; agrees with the rule `accounts.view`."""

    def visible_to(self, membership):
        """Public ones for everybody, the own one, and those the administration is in charge of."""
        found = Organization.objects.select_related("city", "industry")
        if rules.sees_province(membership):
            return found
        condition = PUBLIC
        if membership is not None and membership.is_active and membership.user.is_active:
            condition |= Q(pk=membership.organization_id)
            if membership.scope_city_id is not None:
                condition |= Q(city_id=membership.scope_city_id)
        return found.filter(condition)

    def public(self):
        """Organizations that everybody may see."""
        return Organization.objects.select_related("city", "industry").filter(PUBLIC)

    def of(self, ids):
        """Organizations by their ids, for whoever belongs to them."""
        return Organization.objects.select_related("city", "industry").filter(pk__in=ids)

    def ids_in_city(self, city_id):
        """The ids of a city's organizations, for those below who know organizations by their ids only."""
        return Organization.objects.filter(city_id=city_id).values("pk")

    def named(self, text):
        """Public organizations whose Chinese or English name or code holds the text."""
        found = self.public()
        for word in text.split()[:5]:
            found = found.filter(Q(name__contains=word) | Q(name_en__icontains=word) | Q(uscc=word.upper()))
        return found


class Memberships:
    """Memberships of organizations whose members one may see."""

    def visible_to(self, membership):
        """The own organization's; all of them for whoever reads the whole history."""
        found = Membership.objects.select_related("user", "organization", "city")
        if rules.can(membership, "audit_read"):
            return found
        if membership is None or not membership.is_active or not membership.user.is_active:
            return found.none()
        return found.filter(organization_id=membership.organization_id)


class Invitations:
    """Open and past invitations, for those who manage members."""

    def visible_to(self, membership):
        found = Invitation.objects.select_related("organization", "city", "invited_by")
        if not rules.can(membership, "manage_members"):
            return found.none()
        return found.filter(organization_id=membership.organization_id)

    def waiting_for(self, user, now):
        """Open invitations to the user's own address."""
        return Invitation.objects.select_related("organization").filter(
            email=user.email,
            accepted_at__isnull=True,
            revoked_at__isnull=True,
            expires_at__gt=now,
        )

    def open_for(self, organization, now):
        """Invitations that can still be accepted at `now`."""
        return Invitation.objects.filter(
            organization=organization,
            accepted_at__isnull=True,
            revoked_at__isnull=True,
            expires_at__gt=now,
        )


class Verifications:
    """Requests for verification: the own ones, and those of the organizations in charge."""

    def visible_to(self, membership):
        found = Verification.objects.select_related("organization", "submitted_by")
        if rules.sees_province(membership):
            return found
        if membership is None or not membership.is_active or not membership.user.is_active:
            return found.none()
        condition = Q(organization_id=membership.organization_id)
        if membership.scope_city_id is not None:
            condition |= Q(organization__city_id=membership.scope_city_id)
        return found.filter(condition)


organizations = Organizations()
memberships = Memberships()
invitations = Invitations()
verifications = Verifications()


def memberships_of(user):
    """The user's active memberships, oldest first, with their organizations in one query."""
    return Membership.objects.filter(user=user, is_active=True).select_related("organization__city", "city")


def members_of(organization, capability=None):
    """Active memberships of active users; only those with the capability where one is named."""
    found = Membership.objects.select_related("user", "organization").filter(
        organization=organization, is_active=True, user__is_active=True
    )
    if capability is not None:
        found = found.filter(role__in=roles.with_capability(capability))
    return found


def officers_for(city):
    """Active reviewing officers: the city's own and those of the whole province.

    `city` is a City, its id or None (then provincial officers only).
    """
    city_id = getattr(city, "pk", city)
    scope = Q(role="provincial_officer")
    if city_id is not None:
        scope |= Q(role="city_officer", city_id=city_id)
    return Membership.objects.select_related("user", "organization").filter(scope, is_active=True, user__is_active=True)


def with_role(*role_keys):
    """Active memberships with one of the roles, in every organization."""
    return Membership.objects.select_related("user", "organization").filter(
        role__in=role_keys, is_active=True, user__is_active=True
    )


def organizations_of(user_id):
    """The ids of every organization a person belongs or belonged to."""
    return set(Membership.objects.filter(user=user_id).values_list("organization_id", flat=True))


def groups_of(user_ids):
    """{user: roots of the groups of every organization they belong or belonged to}, in one query."""
    found = {}
    rows = Membership.objects.filter(user__in=user_ids)
    for user, organization, group in rows.values_list("user_id", "organization_id", "organization__group_id"):
        found.setdefault(user, set()).add(group or organization)
    return found


def user_needs_mfa(user):
    """Whether the user must have a second factor: superusers and the roles that say so."""
    if user.is_superuser:
        return True
    demanding = [role.key for role in roles.ROLES.values() if role.needs_mfa]
    return Membership.objects.filter(user=user, is_active=True, role__in=demanding).exists()


def cities():
    return City.objects.all()


def industries():
    return Industry.objects.all()


def user_by_email(email):
    """The user with this address, or None."""
    return User.objects.filter(email=email.strip().lower()).first()


def organization_of_uscc(uscc):
    """The organization with this code, or None."""
    return Organization.objects.filter(uscc=uscc).first()


def organization_named(name):
    """The verified organization that is registered under exactly this Chinese or English name, or None."""
    return Organization.objects.filter(Q(name=name) | Q(name_en=name), state="verified").order_by("pk").first()


def invitation_of(token):
    """The invitation a link names. Raises InvitationInvalid."""
    try:
        if len(token) > LONGEST_TOKEN:
            raise InvitationInvalid()
        named = signing.loads(token, salt=SALT)
        return Invitation.objects.select_related("organization", "city").get(
            pk=named["invitation"], nonce=named["nonce"]
        )
    except (signing.BadSignature, Invitation.DoesNotExist, KeyError, TypeError) as error:
        raise InvitationInvalid() from error


def names_of(user_ids, viewer):
    """Names of users the viewer may know: those of the own organization, all for who reads history."""
    known = User.objects.filter(pk__in=[pk for pk in user_ids if pk])
    if viewer is None:
        return {}
    if not rules.can(viewer, "audit_read"):
        known = known.filter(memberships__organization_id=viewer.organization_id)
    return {user.pk: str(user) for user in known.distinct()}
