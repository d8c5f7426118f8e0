"""Forms of single acts on a declaration."""

from django import forms
from django.utils.translation import gettext_lazy as _

from foundation.core.forms import FormToken, TextField
from licenses.models import Attachment
from licenses.services.cnipa import MOVES

MOVE_LABELS = {
    "file": _("Filed with CNIPA"),
    "announce": _("Announced by CNIPA"),
    "refuse": _("Refused by CNIPA"),
    "withdraw": _("Withdrawn at CNIPA"),
}


class NumberForm(forms.Form):
    """A patent number in any notation."""

    number = forms.CharField(
        label=_("Patent number"),
        help_text=_("As on the certificate, in any notation: ZL 2021 1 0123456.7, 202110123456.7, full width too."),
        max_length=60,
        widget=forms.TextInput(attrs={"data-width": "medium", "autocomplete": "off"}),
    )


class Token(FormToken):
    """A button and nothing else; one effect for each time it was shown."""


class ReasonForm(FormToken):
    """An act that needs a reason."""

    reason = TextField(label=_("Reason"), multiline=True, max_length=1_000)


class UploadForm(FormToken):
    """A signed paper."""

    file = forms.FileField(
        label=_("Signed consent"), help_text=_("PDF, PNG or JPEG"), allow_empty_file=True, max_length=500
    )


class AttachmentForm(FormToken):
    """Paper that belongs to the declaration."""

    kind = forms.ChoiceField(
        label=_("What it is"),
        choices=[
            choice
            for choice in Attachment.Kind.choices
            if choice[0] not in (Attachment.Kind.OWNER_CONSENT, Attachment.Kind.REGISTER_EXTRACT)
        ],
    )
    note = TextField(label=_("Note"), max_length=200, required=False)
    file = forms.FileField(label=_("File"), help_text=_("PDF, PNG or JPEG"), allow_empty_file=True, max_length=500)


class CnipaForm(FormToken):
    """A step of the national procedure, noted by the officer."""

    move = forms.ChoiceField(label=_("Step"), choices=[(move, MOVE_LABELS[move]) for move in MOVES])
    on = forms.DateField(
        label=_("Date"), widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date", "data-width": "medium"})
    )
    reference = TextField(label=_("Number of the gazette or receipt"), max_length=60, identifier=True, required=False)
    reason = TextField(label=_("Reason given by CNIPA"), max_length=500, required=False)
