"""What the pages of accounts accept."""

from accounts.forms.members import InvitationForm, RoleForm
from accounts.forms.organizations import (
    DetailsForm,
    IdentityForm,
    OrganizationForm,
    PersonForm,
    VerificationForm,
)
from accounts.forms.people import PreferencesForm

__all__ = [
    "DetailsForm",
    "IdentityForm",
    "InvitationForm",
    "OrganizationForm",
    "PersonForm",
    "PreferencesForm",
    "RoleForm",
    "VerificationForm",
]
