"""The acts on a proposal: a file beside it, submit, replace, hand over, withdraw; an officer's finding."""

from django import forms
from django.utils.translation import gettext_lazy as _

from challenges import texts
from challenges.models import Challenge
from foundation.core.forms import FormToken, TextField


class FileForm(FormToken):
    """A file beside the draft."""

    upload = forms.FileField(label=_("File"), help_text=_("PDF, PNG or JPEG; 30 MB for all files together."))
    is_consent = forms.BooleanField(
        label=_("Consent to be named, signed by the members of other units"),
        help_text=_("Read by the firm and the administration after the opening; experts do not get it."),
        required=False,
    )


class SubmitForm(forms.Form):
    """The commitment letter was read. ``receipt`` is made with the page, so that a second click changes nothing.

    No `FormToken`: it would keep the answer, and the answer holds the receipt.
    """

    receipt = forms.CharField(max_length=44, widget=forms.HiddenInput)
    commitment_sha256 = forms.CharField(max_length=64, widget=forms.HiddenInput)
    accepts = forms.BooleanField(
        label=_("I have read the commitment letter and sign it for my organization."),
        error_messages={"required": _("Tick that you have read and sign the commitment letter.")},
    )

    @staticmethod
    def initial_for(challenge: Challenge, receipt: str) -> dict[str, str]:
        """The hash of the letter as it stands."""
        return {"receipt": receipt, "commitment_sha256": texts.sha256_of(challenge.season, texts.COMMITMENT)}


class ReceiptForm(forms.Form):
    """The receipt of the latest submission. No `FormToken`: nothing of it may be kept."""

    receipt = TextField(
        label=_("Receipt code"),
        identifier=True,
        max_length=60,
        help_text=_("The 44 characters shown when you submitted."),
    )


class ReplaceForm(ReceiptForm):
    """Begin a replacement, with the receipt or from nothing."""

    receipt = TextField(
        label=_("Receipt code"), identifier=True, required=False, max_length=60,
        help_text=_("With it the draft begins with what you submitted, without it empty."),
    )  # fmt: skip


class HandOverForm(FormToken):
    """Which colleague leads from now on."""

    to = forms.ModelChoiceField(label=_("Colleague"), queryset=None, empty_label=None, widget=forms.RadioSelect)

    def __init__(self, *args, colleagues, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["to"].queryset = colleagues
        self.fields["to"].label_from_instance = lambda member: f"{member.user.name} ({member.get_role_display()})"


class WithdrawForm(FormToken):
    """Why, for the own records only."""

    reason = TextField(label=_("Reason, for your own records"), required=False, max_length=500)


class EligibilityForm(FormToken):
    """An officer's finding."""

    eligible = forms.TypedChoiceField(
        label=_("Finding"), choices=[("yes", _("Eligible")), ("no", _("Not eligible"))], widget=forms.RadioSelect,
        coerce=lambda value: value == "yes",
    )  # fmt: skip
    reason = TextField(
        label=_("Reasons"), help_text=_("Needed where it is not eligible: the team reads them."), multiline=True,
        required=False, max_length=2_000,
    )  # fmt: skip
