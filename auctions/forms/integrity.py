"""What the officer's pages about the fairness of a lot accept."""

from django import forms
from django.utils.translation import gettext_lazy as _

from foundation.core.forms import FormToken, TextField


class NoteSignal(FormToken):
    """What came of looking at a signal."""

    note = TextField(label=_("What came of it"), multiline=True, max_length=2000)


class LookBehind(forms.Form):
    """Why somebody has to know who bid. Without a token: every look is one."""

    reason = TextField(
        label=_("Why do you have to know?"),
        help_text=_("Your name, this moment and the reason stand in the history of the lot."),
        multiline=True,
        max_length=500,
    )


class StopBidding(FormToken):
    """An act whose reason is published."""

    reason = TextField(
        label=_("Reason"), help_text=_("Published on the page of the lot."), multiline=True, max_length=500
    )


class Disqualify(FormToken):
    """Which paddle, and why."""

    paddle = TextField(label=_("Paddle"), max_length=10)
    reason = TextField(
        label=_("Reason"), help_text=_("Told to the bidder, to nobody else."), multiline=True, max_length=500
    )
