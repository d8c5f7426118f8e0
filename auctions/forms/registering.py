"""What the registration pages accept."""

from django import forms
from django.utils.translation import gettext_lazy as _

from foundation.core.forms import FormToken, TextField


class Agreement(forms.Form):
    """Step 1: the agreement was read. Nothing is written yet."""

    agreement_sha256 = forms.CharField(widget=forms.HiddenInput, max_length=64)
    accepts_agreement = forms.BooleanField(
        label=_("I have read the bidder agreement, and I know when the deposit is forfeited."),
        error_messages={"required": _("Tick that you have read the agreement and accept it.")},
    )


class Register(FormToken):
    """Step 2: everything was checked; the party registers."""

    agreement_sha256 = forms.CharField(widget=forms.HiddenInput, max_length=64)
    may_sign = forms.BooleanField(
        label=_("I may register for my organization, and it is not bidding for somebody else."),
        error_messages={"required": _("Tick that you may register for your organization.")},
    )


class Withdraw(FormToken):
    """A bidder goes before the start."""

    reason = TextField(label=_("Why do you withdraw?"), max_length=300, required=False)
