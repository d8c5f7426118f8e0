"""What the pages about payouts, refund requests, disputes and the own books accept."""

from django import forms
from django.utils.translation import gettext_lazy as _

from foundation.core.forms import FormToken, MoneyField, TextField
from settlement import gateways, queries
from settlement.models import OwnEntry, RefundRequest

LONGEST_ID = 18  # digits of a key
YUAN = {"data-width": "medium", "data-prefix": "¥"}
RAILS = {"file": _("As a file for the bank (pain.001)"), "sandbox": _("Through the sandbox bank (play money)")}


def _yuan(label: object, **more: object) -> MoneyField:
    return MoneyField(label=label, widget=forms.TextInput(attrs=YUAN), **more)


def _day(label: object, **more: object) -> forms.DateField:
    return forms.DateField(label=label, widget=forms.DateInput(attrs={"type": "date"}), **more)


class Press(FormToken, forms.Form):
    """A button without questions."""


class Why(FormToken, forms.Form):
    """A button with a reason."""

    reason = TextField(label=_("Reason"), max_length=200)


class NewRun(FormToken, forms.Form):
    """Collect what is due."""

    rail = forms.ChoiceField(label=_("How the money is sent"), widget=forms.RadioSelect)
    note = TextField(label=_("Note"), max_length=500, required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["form_token"].required = True
        self.fields["rail"].choices = [(one, RAILS.get(one, one)) for one in gateways.payout_rails()]


class NewAccount(FormToken, forms.Form):
    """Where an organization wants its money."""

    holder = TextField(label=_("Account holder"), help_text=_("The organization's own name."), max_length=200)
    number = TextField(label=_("Account number"), identifier=True, max_length=40)
    repeated = TextField(label=_("Account number again"), identifier=True, max_length=40)
    bank_name = TextField(label=_("Bank and branch"), max_length=200)
    bank_code = TextField(
        label=_("Bank code (CNAPS)"), help_text=_("12 digits; your bank knows it."), identifier=True, max_length=20
    )

    def clean(self):
        data = super().clean()
        if data.get("number") and data.get("repeated") and data["number"] != data["repeated"]:
            self.add_error("repeated", _("The two account numbers differ."))
        data.pop("repeated", None)
        return data


class AskBack(FormToken, forms.Form):
    """Why money should come back."""

    kind = forms.ChoiceField(label=_("Reason"), choices=RefundRequest.Kind.choices)
    amount = _yuan(_("Amount to be sent back"))
    text = TextField(label=_("What happened"), multiline=True, max_length=2000)


class GrantRefund(FormToken, forms.Form):
    """How much finance would send back."""

    granted = _yuan(_("Amount to be sent back"))
    opinion = TextField(label=_("Reasons"), multiline=True, max_length=2000)


class RefuseRefund(FormToken, forms.Form):
    """Why nothing goes back."""

    opinion = TextField(label=_("Reasons"), multiline=True, max_length=2000)


class OpenDispute(FormToken, forms.Form):
    """What is disputed."""

    amount = _yuan(_("Disputed amount"), help_text=_("Only this part stays frozen."))
    claim = TextField(label=_("The claim"), multiline=True, max_length=2000)


class Answer(FormToken, forms.Form):
    """The other side's answer."""

    answer = TextField(label=_("Answer"), multiline=True, max_length=2000)


class Reasons(FormToken, forms.Form):
    """Why."""

    reason = TextField(label=_("Reasons"), multiline=True, max_length=2000)


class Offer(FormToken, forms.Form):
    """How the disputed amount could be shared."""

    back = _yuan(_("Back to the payer"), help_text=_("The rest of the disputed amount stays with the payee."))
    text = TextField(label=_("Reasons"), multiline=True, max_length=2000, required=False)


class Appoint(FormToken, forms.Form):
    """Who mediates."""

    mediator = TextField(label=_("Mediator"), max_length=200)


class Refer(FormToken, forms.Form):
    """Where the case is now."""

    forum = TextField(label=_("Arbitration commission or court"), max_length=200)
    forum_reference = TextField(label=_("Case number"), max_length=100)


class Ruling(FormToken, forms.Form):
    """What was decided there."""

    back = _yuan(_("Back to the payer"), help_text=_("The rest of the disputed amount stays with the payee."))
    outcome = TextField(label=_("The ruling in its words"), multiline=True, max_length=2000)


class NewOwnEntry(FormToken, forms.Form):
    """An entry in the own books."""

    kind = forms.ChoiceField(label=_("Kind of entry"), choices=OwnEntry.Kind.choices)
    amount = _yuan(_("Amount"), required=False, help_text=_("Not needed for a reversal."))
    target = TextField(
        label=_("Entry to reverse"),
        help_text=_("Its number, for example L-000123; only for a reversal."),
        identifier=True,
        max_length=20,
        required=False,
    )
    value_date = _day(_("Booked by the bank on"), required=False)
    text = TextField(label=_("Reason"), max_length=200)

    def __init__(self, *args, membership, **kwargs):
        super().__init__(*args, **kwargs)
        self.membership = membership
        self.fields["form_token"].required = True

    def clean_target(self):
        typed = self.cleaned_data["target"].upper().removeprefix("L-").lstrip("0")
        if not typed:
            return None
        known = queries.entries.visible_to(self.membership)
        found = known.filter(pk=int(typed)).first() if typed.isdecimal() and len(typed) < LONGEST_ID else None
        if found is None:
            raise forms.ValidationError(_("There is no entry with this number."))
        return found


class NewSweep(FormToken, forms.Form):
    """The bank's day of the transfer of own fees."""

    value_date = _day(_("Booked by the bank on"), required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["form_token"].required = True
