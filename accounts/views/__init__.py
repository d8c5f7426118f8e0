"""The pages of people and organizations."""

from accounts.views.invitations import AcceptInvitation
from accounts.views.members import (
    ChangeRole,
    DeactivateMember,
    Invite,
    Leave,
    Members,
    ReactivateMember,
    RevokeInvitation,
)
from accounts.views.organizations import (
    OrganizationDetail,
    OrganizationIdentity,
    OrganizationList,
    OrganizationSettings,
    SwitchOrganization,
    Verify,
)
from accounts.views.people import Settings
from accounts.views.registration import Register, RegisterOrganization, RegisterPerson

__all__ = [
    "AcceptInvitation",
    "ChangeRole",
    "DeactivateMember",
    "Invite",
    "Leave",
    "Members",
    "OrganizationDetail",
    "OrganizationIdentity",
    "OrganizationList",
    "OrganizationSettings",
    "ReactivateMember",
    "Register",
    "RegisterOrganization",
    "RegisterPerson",
    "RevokeInvitation",
    "Settings",
    "SwitchOrganization",
    "Verify",
]
