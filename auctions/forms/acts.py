"""Forms of single acts on seasons, sessions and lots."""

from django import forms
from django.utils.translation import gettext_lazy as _

from auctions.models import PriorityHolder
from foundation.core.forms import FormToken, TextField

ANSWERS = [
    (PriorityHolder.Answer.WAIVED, _("I waive my first right to this lot")),
    (PriorityHolder.Answer.BIDS, _("I will bid and use my first right on equal terms")),
]


class Token(FormToken):
    """A button and nothing else; one effect for each time it was shown."""


class ReasonForm(FormToken):
    """An act that needs a reason."""

    reason = TextField(label=_("Reason"), multiline=True, max_length=500)


class AnswerForm(FormToken):
    """The answer of a holder of a first right."""

    answer = forms.ChoiceField(label=_("Your answer"), choices=ANSWERS, widget=forms.RadioSelect)


class QuestionForm(FormToken):
    """A question about a lot."""

    text = TextField(
        label=_("Your question"),
        help_text=_("Everybody reads the question and the answer; nobody reads who asked."),
        multiline=True,
        max_length=1_000,
    )


class ReplyForm(FormToken):
    """The seller's answer."""

    text = TextField(label=_("Answer"), multiline=True, max_length=2_000)
