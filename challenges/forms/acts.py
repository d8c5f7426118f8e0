"""Forms of single acts on seasons and challenges."""

from django import forms
from django.utils.translation import gettext_lazy as _

from foundation.core.forms import FormToken, TextField


class Token(FormToken):
    """A button and nothing else; one effect for each time it was shown."""


class ReasonForm(FormToken):
    """An act that needs a reason."""

    reason = TextField(label=_("Reason"), multiline=True, max_length=500)


class PublishedReasonForm(FormToken):
    """An act whose reason everybody reads."""

    reason = TextField(
        label=_("Reason"), help_text=_("It stands on the public page."), multiline=True, max_length=2_000
    )


class ExtendForm(FormToken):
    """A later last day."""

    last_day = forms.DateField(
        label=_("New last day for proposals"),
        help_text=_("Until the end of this day, China time."),
        widget=forms.DateInput(attrs={"type": "date", "data-width": "medium"}),
    )
    reason = TextField(label=_("Reason"), help_text=_("It stands on the public page."), multiline=True, max_length=500)


class QuestionForm(FormToken):
    """A question about a challenge."""

    text = TextField(
        label=_("Your question"),
        help_text=_("Everybody reads the question and the answer; nobody reads who asked."),
        multiline=True,
        max_length=1_000,
    )


class ReplyForm(FormToken):
    """An answer, open to all."""

    text = TextField(label=_("Answer"), multiline=True, max_length=2_000)


class SignForm(FormToken):
    """The signature under the non-disclosure agreement that was read."""

    sha256 = forms.CharField(max_length=64, widget=forms.HiddenInput)
    may_sign = forms.BooleanField(
        label=_("I have read the agreement and may sign it for my organization."),
        error_messages={"required": _("Tick that you have read it and may sign.")},
    )


class AskOpinionForm(FormToken):
    """Which expert is asked whether a challenge is real, testable and funded."""

    expert = forms.ModelChoiceField(label=_("Expert"), queryset=None, empty_label=None)

    def __init__(self, *args, experts, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["expert"].queryset = experts
        self.fields["expert"].label_from_instance = lambda one: f"{one.user.name} · {one.unit_name}"


class PromiseForm(FormToken):
    """An expert knows of no conflict and promises secrecy."""

    sha256 = forms.CharField(max_length=64, widget=forms.HiddenInput)
    may_sign = forms.BooleanField(
        label=_("I know of no conflict of interest, and I sign this promise."),
        error_messages={"required": _("Tick that you know of no conflict and sign the promise.")},
    )


YES_NO = [("yes", _("yes")), ("no", _("no"))]


class OpinionForm(FormToken):
    """An expert's answer before the publication."""

    is_real = forms.ChoiceField(
        label=_("Is the problem real and worth solving?"), choices=YES_NO, widget=forms.RadioSelect
    )
    is_testable = forms.ChoiceField(
        label=_("Can every indicator be tested as described?"), choices=YES_NO, widget=forms.RadioSelect
    )
    is_funded = forms.ChoiceField(label=_("Do bounty and time fit the work?"), choices=YES_NO, widget=forms.RadioSelect)
    text = TextField(label=_("Reasons"), multiline=True, max_length=4_000)

    def values(self) -> dict:
        """The arguments of the service."""
        said = {name: self.cleaned_data[name] == "yes" for name in ("is_real", "is_testable", "is_funded")}
        return {**said, "text": self.cleaned_data["text"]}
