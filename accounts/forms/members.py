"""Invitations and roles."""

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts import queries, roles
from accounts.models import User
from foundation.core.forms import FormToken


class RoleForm(forms.Form):
    """Only the roles that the acting member may give; a city where the role needs one."""

    role = forms.ChoiceField(label=_("Role"), widget=forms.RadioSelect)
    city = forms.ModelChoiceField(
        label=_("City"),
        queryset=None,
        required=False,
        help_text=_("For city officers only."),
    )

    def __init__(self, *args, actor, **kwargs):
        super().__init__(*args, **kwargs)
        kind = actor.organization.kind
        may_grant = roles.ROLES[actor.role].grants
        offered = [role for role in roles.for_kind(kind) if role.key in may_grant]
        self.fields["role"].choices = [(role.key, role.label) for role in offered]
        if any(role.city_scoped for role in offered):
            self.fields["city"].queryset = queries.cities()
        else:
            self.fields.pop("city")


class InvitationForm(FormToken, RoleForm):
    """Invite somebody by e-mail."""

    email = forms.EmailField(label=_("E-mail address"), max_length=254)
    language = forms.ChoiceField(label=_("Language of the mail"), choices=User.Language.choices)
    field_order = ["email", "role", "city", "language"]
