"""What accounts stores."""

from accounts.models.memberships import Invitation, Membership
from accounts.models.organizations import Kind, Organization, Person, Size
from accounts.models.places import City, Industry
from accounts.models.users import User
from accounts.models.verifications import Verification

__all__ = [
    "City",
    "Industry",
    "Invitation",
    "Kind",
    "Membership",
    "Organization",
    "Person",
    "Size",
    "User",
    "Verification",
]
