"""What can be done with people and organizations."""

from accounts.services.invitations import accept_invitation, invite, revoke_invitation
from accounts.services.members import (
    change_member,
    change_role,
    deactivate_member,
    leave,
    reactivate_member,
)
from accounts.services.organizations import amend_identity, update_organization
from accounts.services.people import appoint, found_administration, open_account
from accounts.services.registration import register_organization, register_person
from accounts.services.tokens import issue_token, revoke_token
from accounts.services.verifications import (
    decide_verification,
    expire_verifications,
    submit_verification,
)

__all__ = [
    "accept_invitation",
    "amend_identity",
    "appoint",
    "change_member",
    "change_role",
    "deactivate_member",
    "decide_verification",
    "expire_verifications",
    "found_administration",
    "invite",
    "issue_token",
    "leave",
    "open_account",
    "reactivate_member",
    "register_organization",
    "register_person",
    "revoke_invitation",
    "revoke_token",
    "submit_verification",
    "update_organization",
]
