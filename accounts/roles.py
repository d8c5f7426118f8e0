"""The one table of roles. Permission matrix, pages, docs and demo logins use these names."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

BUSINESS = frozenset({"university", "institute", "enterprise", "foreign_company"})
PERSON = frozenset({"person"})
ADMINISTRATION = frozenset({"administration"})

CAPABILITIES = {
    "manage_portfolio": _("Keep the patent portfolio"),
    "declare": _("Declare open licenses"),
    "take_license": _("Take up licenses"),
    "bid": _("Bid in auctions"),
    "pay": _("Pay"),
    "see_money": _("See payments and balances"),
    "manage_members": _("Invite members and give roles"),
    "manage_organization": _("Change the organization's details"),
    "review": _("Review cases of the own city"),
    "review_any_city": _("Review cases of the whole province"),
    "settle": _("Settle payments"),
    "audit_read": _("Read the whole history"),
    "admin": _("Administer the platform"),
}


@dataclass(frozen=True)
class Role:
    """One row: who it is for, what it may do, which roles it may give to others."""

    key: str
    label: str
    kinds: frozenset
    may: frozenset = frozenset()
    grants: frozenset = frozenset()
    needs_mfa: bool = False
    city_scoped: bool = False


def _role(key, label, kinds, may="", grants="", **flags):
    return Role(key, label, kinds, frozenset(may.split()), frozenset(grants.split()), **flags)


MEMBER_ROLES = "owner ip_manager licensing_user bidder inventor"
OFFICE_ROLES = "expert city_officer provincial_officer finance auditor superuser"

ROLES = {
    role.key: role
    for role in (
        _role(
            "owner",
            _("Owner"),
            BUSINESS,
            "manage_portfolio declare take_license bid pay see_money manage_members manage_organization",
            MEMBER_ROLES,
        ),
        _role("ip_manager", _("IP manager"), BUSINESS, "manage_portfolio declare see_money"),
        _role("licensing_user", _("Licensing user"), BUSINESS, "take_license pay see_money"),
        _role("bidder", _("Bidder"), BUSINESS, "bid pay see_money"),
        _role("inventor", _("Inventor"), BUSINESS),
        _role(
            "person",
            _("Person"),
            PERSON,
            "manage_portfolio declare take_license bid pay see_money manage_organization",
        ),
        _role("expert", _("Expert"), ADMINISTRATION),
        _role(
            "city_officer",
            _("City officer"),
            ADMINISTRATION,
            "review",
            needs_mfa=True,
            city_scoped=True,
        ),
        _role(
            "provincial_officer",
            _("Provincial officer"),
            ADMINISTRATION,
            "review review_any_city manage_members",
            "city_officer expert",
            needs_mfa=True,
        ),
        _role("finance", _("Finance officer"), ADMINISTRATION, "settle see_money", needs_mfa=True),
        _role("auditor", _("Auditor"), ADMINISTRATION, "audit_read see_money", needs_mfa=True),
        _role(
            "superuser",
            _("Superuser"),
            ADMINISTRATION,
            "admin audit_read manage_members manage_organization",
            OFFICE_ROLES,
            needs_mfa=True,
        ),
    )
}

CHOICES = [(role.key, role.label) for role in ROLES.values()]
OFFICERS = frozenset({"city_officer", "provincial_officer", "superuser"})


def for_kind(kind):
    """The roles that members of an organization of this kind may have, in table order."""
    return [role for role in ROLES.values() if kind in role.kinds]


def first_role(kind):
    """The role of whoever registers an organization of this kind."""
    return {"person": "person", "administration": "superuser"}.get(kind, "owner")


def with_capability(capability):
    """Keys of the roles that have the capability."""
    return [role.key for role in ROLES.values() if capability in role.may]


def may(role_key, capability):
    """Whether the table gives the capability to the role; unknown roles may nothing."""
    role = ROLES.get(role_key)
    return role is not None and capability in role.may


def needs_mfa(role_key):
    """Whether people with this role must have a second factor."""
    role = ROLES.get(role_key)
    return role is not None and role.needs_mfa


def with_second_factor():
    """Keys of the roles that need a second factor."""
    return [role.key for role in ROLES.values() if role.needs_mfa]
