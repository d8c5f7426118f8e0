"""What the review desk accepts."""

from django import forms
from django.utils.translation import gettext_lazy as _

from approvals import reasons
from approvals.models import Outcome
from approvals.services.correcting import COMMENT_LIMIT, FIELD_LIMIT
from approvals.services.deciding import CORRECTION_WORKDAYS, TEXT_LIMIT
from foundation.core.forms import FormToken, TextField


class DecisionForm(FormToken):
    """Approve, return or reject, with reasons and a text for the applicant."""

    outcome = forms.ChoiceField(label=_("Decision"), choices=Outcome.choices, widget=forms.RadioSelect)
    reasons = forms.MultipleChoiceField(
        label=_("Reasons"), required=False, widget=forms.CheckboxSelectMultiple, choices=()
    )
    text = TextField(label=_("Text for the applicant"), multiline=True, max_length=TEXT_LIMIT, required=False)
    correction_days = forms.TypedChoiceField(
        label=_("Time for the correction"),
        choices=[(days, _("%(n)d working days") % {"n": days}) for days in CORRECTION_WORKDAYS],
        coerce=int,
        initial=10,
        required=False,
        empty_value=10,
        widget=forms.Select(attrs={"data-width": "medium"}),
    )

    def __init__(self, *args, kind: str, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["reasons"].choices = [
            (reason.code, f"{reason.code} {_(reason.label)}") for reason in reasons.offered(kind)
        ]


class RemarkForm(forms.Form):
    """A remark on one field of a case."""

    field = forms.CharField(max_length=FIELD_LIMIT, widget=forms.HiddenInput)
    label = forms.CharField(max_length=200, required=False, widget=forms.HiddenInput)
    comment = TextField(label=_("Remark"), multiline=True, max_length=COMMENT_LIMIT)


class TokenForm(FormToken):
    """A button and nothing else."""


class ReasonForm(FormToken):
    """An act that needs a reason."""

    reason = TextField(label=_("Reason"), multiline=True, max_length=1_000)
