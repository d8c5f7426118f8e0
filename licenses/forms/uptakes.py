"""What the uptake accepts."""

from django import forms
from django.utils.translation import gettext_lazy as _

from foundation.core.forms import FormToken, TextField


class StartNotice(FormToken):
    """Begin a notice: nothing to fill in."""


class NoticeDetails(FormToken):
    """The contents of the written notice beside the terms."""

    intended_use = TextField(
        label=_("What will you use the patent for?"),
        help_text=_("Products or processes, in one or two sentences. It serves recordation and limits nothing."),
        multiline=True,
        max_length=1000,
    )
    place_of_use = TextField(
        label=_("Where will you use it?"),
        help_text=_("Plant or place within China"),
        max_length=200,
        required=False,
    )
    contact_email = forms.EmailField(label=_("E-mail for messages about this license"), max_length=200)

    def answers(self) -> dict:
        """The cleaned answers without the token."""
        return {key: value for key, value in self.cleaned_data.items() if key != "form_token"}


def kept_answers(license) -> dict:
    """What the notice holds so far."""
    return {
        "intended_use": license.intended_use,
        "place_of_use": license.place_of_use,
        "contact_email": license.contact_email,
    }


class SignNotice(FormToken):
    """The statements that make the notice, each ticked by the signer."""

    terms_hash = forms.CharField(widget=forms.HiddenInput, max_length=64)
    accepts_terms = forms.BooleanField()
    may_sign = forms.BooleanField()

    @classmethod
    def for_license(cls, license, data=None):
        """The form with its statements worded for this notice."""
        terms = license.declaration.current_terms
        form = cls(data, initial={"terms_hash": terms.content_hash})
        form.fields["accepts_terms"].label = _(
            "I have read terms version %(version)s, and this notice accepts them without change."
        ) % {"version": terms.version}
        form.fields["accepts_terms"].error_messages["required"] = _(
            "Tick that you have read the terms and accept them."
        )
        form.fields["may_sign"].label = _("I may sign for %(organization)s, and what I have stated is true.") % {
            "organization": license.licensee.name
        }
        form.fields["may_sign"].error_messages["required"] = _("Tick that you may sign for your organization.")
        return form


class EndLicense(FormToken):
    """The licensee ends its license before the term."""

    reason = TextField(label=_("Why do you end this license?"), multiline=True, max_length=500)
