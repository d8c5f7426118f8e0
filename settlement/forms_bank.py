"""What the pages about bank accounts, statements and months accept."""

from django import forms
from django.utils.translation import gettext_lazy as _

from foundation.core.forms import FormToken, MoneyField, TextField
from foundation.core.money import Money
from settlement import queries
from settlement.models import BankLine, JournalEntry, OwnAccount
from settlement.services.queue import Share

ROWS = 5  # obligations a receipt can be divided over at once


class NewOwnAccount(FormToken, forms.Form):
    """A bank account of the platform."""

    kind = forms.ChoiceField(label=_("Kind of account"), choices=OwnAccount.Kind.choices, widget=forms.RadioSelect)
    holder = TextField(label=_("Account holder"), max_length=200)
    bank = TextField(label=_("Bank and branch"), max_length=200)
    account_number = TextField(label=_("Account number"), identifier=True, max_length=64)
    currency = forms.ChoiceField(label=_("Currency"), choices=[(one, one) for one in ("CNY", "EUR", "USD", "HKD")])
    opening = MoneyField(
        label=_("Balance before the first statement"), required=False,
        help_text=_("The balance at the start of the first day kept here."), widget=forms.TextInput(
            attrs={"data-width": "medium", "data-prefix": "¥"}),
    )  # fmt: skip
    opening_date = forms.DateField(label=_("Kept here from"), widget=forms.DateInput(attrs={"type": "date"}))


class NewStatement(forms.Form):
    """A statement of one of our accounts."""

    account = forms.ModelChoiceField(label=_("Bank account"), queryset=OwnAccount.objects.none())
    file = forms.FileField(
        label=_("Bank statement"),
        help_text=_("camt.053, camt.054, or the export of Alipay, WeChat Pay or a bank (CSV, XLS, XLSX); up to 20 MB."),
        allow_empty_file=True,
    )

    def __init__(self, *args, membership, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["account"].queryset = queries.own_accounts.visible_to(membership).filter(state="active")


class ConfirmStatement(forms.Form):
    """What was shown is what is taken over."""

    sha256 = forms.CharField(widget=forms.HiddenInput, max_length=64)


class Assign(FormToken, forms.Form):
    """Up to five obligations and the part of the money for each."""

    note = TextField(label=_("Note"), multiline=True, max_length=500, required=False)

    def __init__(self, *args, membership, line: BankLine, shares=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.membership, self.line = membership, line
        for place in range(max(ROWS, len(shares))):
            share = shares[place] if place < len(shares) else None
            self.fields[f"obligation_{place}"] = TextField(
                label=_("Number of the obligation"), identifier=True, max_length=40, required=False,
                initial=share.obligation.number if share else "",
            )  # fmt: skip
            self.fields[f"amount_{place}"] = MoneyField(
                label=_("Amount"), minimum=1, required=False, initial=share.amount if share else None,
                widget=forms.TextInput(attrs={"data-width": "short", "data-prefix": "¥"}),
            )  # fmt: skip
        self.fields["note"] = self.fields.pop("note")

    @property
    def rows(self) -> list[tuple]:
        """(field of the obligation, field of its amount)"""
        places = [name.removeprefix("obligation_") for name in self.fields if name.startswith("obligation_")]
        return [(self[f"obligation_{place}"], self[f"amount_{place}"]) for place in places]

    def clean(self):
        data = super().clean()
        shares = []
        for number_field, amount_field in self.rows:
            number, amount = data.get(number_field.name), data.get(amount_field.name)
            if not number:
                if amount:
                    self.add_error(number_field.name, _("Which obligation is this amount for?"))
                continue
            obligation = queries.obligations.visible_to(self.membership).filter(number=number).first()
            if obligation is None:
                self.add_error(number_field.name, _("There is no obligation with this number."))
            else:
                shares.append(Share(obligation, amount or min(obligation.left, self._left())))
        if not shares and not self.errors:
            self.add_error("obligation_0", _("Name at least one obligation."))
        data["shares"] = shares
        return data

    def _left(self) -> Money:
        payment = self.line.payment
        return payment.unallocated if payment else Money(0, self.line.currency)


class Return(FormToken, forms.Form):
    """Why the money goes back."""

    note = TextField(label=_("Why the money goes back"), multiline=True, max_length=500)


class Park(FormToken, forms.Form):
    """Why a line is set aside."""

    note = TextField(label=_("Why the line is parked"), multiline=True, max_length=500)


class Tick(FormToken, forms.Form):
    """The entry of the ledger that a line confirms."""

    entry = TextField(
        label=_("Number of the entry"), identifier=True, max_length=20, help_text=_("For example L-000123.")
    )

    def clean_entry(self):
        number = self.cleaned_data["entry"].upper().removeprefix("L-").lstrip("0")
        found = JournalEntry.objects.filter(pk=number).first() if number.isdigit() and len(number) < 19 else None  # noqa: PLR2004
        if found is None:
            raise forms.ValidationError(_("There is no entry with this number."))
        return found


class TakeBack(FormToken, forms.Form):
    """The receipt a reversal belongs to."""

    original = forms.ModelChoiceField(
        label=_("Receipt"), queryset=BankLine.objects.none(), widget=forms.RadioSelect, empty_label=None
    )

    def __init__(self, *args, line: BankLine, **kwargs):
        super().__init__(*args, **kwargs)
        rows = BankLine.objects.filter(account_id=line.account_id, amount_fen=-line.amount_fen, reversed_by=None)
        rows = rows.filter(state__in=["queued", "matched", "assigned"], payment__isnull=False)
        self.fields["original"].queryset = rows.order_by("-booked_on", "-pk")


class SignDays(FormToken, forms.Form):
    """Days that were compared."""

    until = forms.DateField(label=_("Sign all days up to"), widget=forms.DateInput(attrs={"type": "date"}))
    note = TextField(
        label=_("Note"), multiline=True, max_length=500, required=False,
        help_text=_("Needed where bank and ledger differ: say why."),
    )  # fmt: skip


class CloseMonth(FormToken, forms.Form):
    """The month to close."""

    month = forms.DateField(
        label=_("Month"), input_formats=["%Y-%m", "%Y-%m-%d"], widget=forms.DateInput(attrs={"type": "month"})
    )


class ReopenMonth(FormToken, forms.Form):
    """Why a closed month is to be reopened."""

    reason = TextField(label=_("Why the month is to be reopened"), multiline=True, max_length=500)
