"""What the acts after the hammer accept."""

from django import forms
from django.utils.translation import gettext_lazy as _

from auctions.models import Ruling
from foundation.core.clock import LOCAL
from foundation.core.forms import FormToken, MoneyField, TextField

YUAN = {"data-prefix": "¥", "data-width": "medium"}


def _day(label, help_text=""):
    widget = forms.DateInput(attrs={"type": "date", "data-width": "medium"}, format="%Y-%m-%d")
    return forms.DateField(label=label, help_text=help_text, widget=widget)


class Confirm(FormToken):
    """An act without anything to fill in."""


class GiveReason(FormToken):
    """An act that needs a reason."""

    reason = TextField(label=_("Reason"), multiline=True, max_length=1000)


class MayReason(FormToken):
    """An act that may have one."""

    reason = TextField(label=_("Reason"), multiline=True, max_length=1000, required=False)


class SignConfirmation(FormToken):
    """The buyer signs what stands on the page."""

    sha256 = forms.CharField(max_length=64, widget=forms.HiddenInput)
    may_sign = forms.BooleanField(
        label=_(
            "I may sign for my organization. We confirm the purchase at this price and will pay the balance in time."
        ),
        error_messages={"required": _("Tick that you may sign and that the purchase is confirmed.")},
    )


class SignContract(FormToken):
    """A side signs the contract as it stands on the page."""

    sha256 = forms.CharField(max_length=64, widget=forms.HiddenInput)
    may_sign = forms.BooleanField(
        label=_("I have read the contract and may sign it for my organization."),
        error_messages={"required": _("Tick that you have read the contract and may sign it.")},
    )


class File(FormToken):
    """The filing at CNIPA."""

    filed_on = _day(_("Filed on"))
    filing_number = TextField(
        label=_("Number of the filing"), help_text=_("From the receipt of CNIPA."), max_length=60, identifier=True
    )


class Register(FormToken):
    """What CNIPA registered."""

    registered_on = _day(_("Registered on"), _("The day from which the right is the buyer's."))
    registration_number = TextField(
        label=_("Number of the notice"),
        help_text=_("Notice of the change, or certificate of the recordation."),
        max_length=60,
        identifier=True,
    )
    all_shares = forms.BooleanField(
        label=_("The shares of all owners went to the buyer"),
        help_text=_("Leave it empty where only the seller's own share was registered."),
        required=False,
        initial=True,
    )


class RaiseObjection(FormToken):
    """What is wrong with a sale."""

    reason = TextField(
        label=_("What is wrong with the sale?"),
        help_text=_("Buyer, seller and the administration read it."),
        multiline=True,
        max_length=2000,
    )


class Answer(FormToken):
    """An officer's answer to an objection."""

    answer = TextField(label=_("Answer to the objection"), multiline=True, max_length=2000)


class Forfeit(FormToken):
    """The officer's proposal about a buyer in default."""

    then = forms.ChoiceField(label=_("What becomes of the lot"), choices=Ruling.Then.choices, widget=forms.RadioSelect)
    reason = TextField(label=_("Reason"), multiline=True, max_length=1000)


class RaiseClaim(FormToken):
    """Damages after a failed sale."""

    amount = MoneyField(label=_("Amount claimed (yuan)"), minimum=1, widget=forms.TextInput(attrs=dict(YUAN)))
    reason = TextField(label=_("What is the damage?"), multiline=True, max_length=2000)


class AnswerClaim(FormToken):
    """The other side's answer."""

    agreed = MoneyField(
        label=_("Amount agreed (yuan)"), minimum=0, widget=forms.TextInput(attrs=dict(YUAN)),
        help_text=_("The whole claim, a part, or 0 to refuse it."),
    )  # fmt: skip
    answer = TextField(label=_("Answer"), multiline=True, max_length=2000, required=False)


class OpenTalks(FormToken):
    """Until when offers are welcome."""

    until = _day(_("Offers are welcome until"), _("The last day, at most 90 days ahead."))


class MakeOffer(FormToken):
    """A price for a lot that was not sold."""

    amount = MoneyField(
        label=_("Your offer (yuan)"), minimum=1, widget=forms.TextInput(attrs=dict(YUAN)),
        help_text=_("The price alone; the buyer's commission comes on top. Only the seller sees it."),
    )  # fmt: skip
    message = TextField(label=_("Message to the seller"), multiline=True, max_length=1000, required=False)


class Relist(FormToken):
    """The next round."""

    session = forms.ModelChoiceField(label=_("Session"), queryset=None, empty_label=None)
    start = MoneyField(label=_("Start price (yuan)"), minimum=1, widget=forms.TextInput(attrs=dict(YUAN)))
    keep_reserve = forms.BooleanField(label=_("Keep the secret reserve"), required=False)

    def __init__(self, *args, sessions, lot, lowest=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["session"].queryset = sessions
        self.fields["session"].label_from_instance = session_label
        if lowest is not None:
            self.fields["start"].help_text = _("Between %(lowest)s and %(highest)s.") % {
                "lowest": lowest,
                "highest": lot.start,
            }
        if not lot.has_reserve:
            del self.fields["keep_reserve"]


def session_label(session) -> str:
    """A session by season, position and start (Shanghai)."""
    return f"{session.number} · {session.starts_at.astimezone(LOCAL):%Y-%m-%d %H:%M}"
