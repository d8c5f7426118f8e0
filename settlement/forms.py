"""What the pages about money accept."""

from django import forms
from django.utils.translation import gettext_lazy as _

from foundation.core.forms import FormToken, TextField
from settlement import queries
from settlement.models import Case
from settlement.services.cases import fitting

KEY = r"^[A-Za-z0-9_-]{8,64}$"


class StartPayment(forms.Form):
    """The button "pay": its token makes a double click one attempt; ``rail`` is the way of paying."""

    form_token = forms.RegexField(KEY, widget=forms.HiddenInput, error_messages={
        "required": _("Open the page again and press the button once more."),
        "invalid": _("Open the page again and press the button once more."),
    })  # fmt: skip
    rail = forms.CharField(required=False, max_length=20)


class Objection(FormToken, forms.Form):
    """Why the money should stay in escrow."""

    reason = TextField(label=_("Why the money must not be released yet"), multiline=True, max_length=1000)


class SettleObjection(FormToken, forms.Form):
    """How the objection ended."""

    outcome = TextField(label=_("How the objection was settled"), multiline=True, max_length=1000)


class ResolveCase(FormToken, forms.Form):
    """What is to be done with money to clarify."""

    resolution = forms.ChoiceField(label=_("What is to be done"), widget=forms.RadioSelect)
    obligation = TextField(
        label=_("Number of the obligation"),
        help_text=_("Only to assign the money: an open obligation of exactly the same amount."),
        identifier=True,
        max_length=40,
        required=False,
    )
    note = TextField(label=_("Note"), multiline=True, max_length=500, required=False)

    def __init__(self, *args, case: Case, membership, **kwargs):
        super().__init__(*args, **kwargs)
        labels = dict(Case.Resolution.choices)
        self.fields["resolution"].choices = [(value, labels[value]) for value in fitting(case)]
        self.membership = membership
        if Case.Resolution.ASSIGN not in fitting(case):
            del self.fields["obligation"]

    def clean(self):
        data = super().clean()
        number = data.get("obligation")
        if data.get("resolution") != Case.Resolution.ASSIGN:
            data["obligation"] = None
        else:
            data["obligation"] = queries.obligations.visible_to(self.membership).filter(number=number or "").first()
            if data["obligation"] is None:
                self.add_error("obligation", _("There is no obligation with this number."))
        return data
