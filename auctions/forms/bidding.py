"""What the room accepts."""

import uuid

from django import forms
from django.utils.translation import gettext_lazy as _

from foundation.core.forms import FormToken, MoneyField

LARGEST_SEQ = 2_000_000_000


class Amount(forms.Form):
    """Step 1: how much. The address carries it, so that the check page can be reloaded and shared between devices."""

    amount = MoneyField(
        minimum=1,
        label=_("Your bid in yuan"),
        widget=forms.TextInput(attrs={"data-prefix": "¥", "autocomplete": "off", "data-bid-amount": ""}),
    )


class Bid(Amount):
    """Step 2: the same amount, what the bidder saw, and a key that makes a second click harmless."""

    seen_seq = forms.IntegerField(min_value=0, max_value=LARGEST_SEQ, widget=forms.HiddenInput, required=False)
    key = forms.CharField(max_length=64, widget=forms.HiddenInput)


def new_bid(amount, seq: int) -> Bid:
    """The form of the check page."""
    return Bid(initial={"amount": amount, "seen_seq": seq, "key": uuid.uuid4().hex})


class Maximum(forms.Form):
    """The most that the platform may bid for the party."""

    maximum = MoneyField(
        minimum=1,
        label=_("Your maximum in yuan"),
        help_text=_("The platform bids for you only as much as it takes to lead, never more than this."),
        widget=forms.TextInput(attrs={"data-prefix": "¥", "autocomplete": "off"}),
    )
    binds = forms.BooleanField(
        label=_("Bids made from it bind my organization like bids of my own."),
        error_messages={"required": _("Tick that bids made from the maximum bind your organization.")},
    )
    key = forms.CharField(max_length=64, widget=forms.HiddenInput)


def new_maximum() -> Maximum:
    """The empty form."""
    return Maximum(initial={"key": uuid.uuid4().hex})


class CancelMaximum(FormToken):
    """Take the maximum back."""


class PlacedBid(forms.Form):
    """Which bid of one's own the page confirms."""

    bid = forms.IntegerField(min_value=1, max_value=LARGEST_SEQ)

    @property
    def seq(self) -> int:
        """Its number."""
        return self.cleaned_data["bid"]
