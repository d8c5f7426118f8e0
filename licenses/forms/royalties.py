"""What reports, answers, demands and inspections accept."""

from decimal import Decimal, InvalidOperation

from django import forms
from django.utils.translation import gettext_lazy as _

from foundation.core.forms import FormToken, MoneyField, TextField
from foundation.core.money import Money
from licenses.pricing import Base

LONGEST_QUANTITY = 20
YUAN = {"data-prefix": "¥", "data-width": "medium"}


class QuantityField(forms.CharField):
    """How many or how much was sold: above zero, at most three decimals, full-width digits welcome."""

    def to_python(self, value):
        if value in self.empty_values:
            return None
        if isinstance(value, Decimal):
            return value
        plain = str(value).translate(FULL_WIDTH).replace(",", "").strip()
        wrong = forms.ValidationError(_("Enter a quantity above zero with at most three decimals."), code="invalid")
        if len(plain) > LONGEST_QUANTITY or not plain.replace(".", "", 1).isdigit() or not plain.isascii():
            raise wrong
        try:
            quantity = Decimal(plain)
        except InvalidOperation as error:
            raise wrong from error
        if quantity <= 0 or quantity != quantity.quantize(Decimal("0.001")) or quantity >= Decimal(10**12):
            raise wrong
        return quantity


FULL_WIDTH = {ord("０") + digit: str(digit) for digit in range(10)} | {ord("．"): ".", ord("，"): ","}


def _yuan(label, help_text="", **more):
    return MoneyField(label=label, help_text=help_text, widget=forms.TextInput(attrs=dict(YUAN)), **more)


class LineForm(FormToken):
    """One product of a report."""

    product = TextField(label=_("Product"), max_length=200)
    model = TextField(label=_("Model or specification"), max_length=100, required=False)
    quantity = QuantityField(
        label=_("Quantity sold"), widget=forms.TextInput(attrs={"data-width": "short", "inputmode": "decimal"})
    )
    unit_price = _yuan(_("Average unit price"), _("As invoiced, in yuan."))
    returns = _yuan(_("Returned goods"), _("Credited to customers in this period."), required=False)
    discounts = _yuan(_("Discounts"), required=False)
    apart = _yuan(_("Freight, insurance and taxes"), _("Only where shown separately on the invoice."), required=False)
    costs = _yuan(_("Costs"), _("Costs of these sales as the terms define them."), required=False)

    def __init__(self, *args, base=Base.NET_SALES, **kwargs):
        super().__init__(*args, **kwargs)
        if base is not Base.PROFIT:
            del self.fields["costs"]

    def values(self) -> dict:
        """The clean line; amounts that were left empty are zero."""
        clean = {name: value for name, value in self.cleaned_data.items() if name != "form_token"}
        return {name: Money(0) if value is None else value for name, value in clean.items()}

    @classmethod
    def initial_of(cls, line) -> dict:
        """What a stored line shows."""
        amounts = {"returns": line.returns_fen, "discounts": line.discounts_fen, "apart": line.apart_fen}
        amounts |= {"costs": line.costs_fen}
        return {
            "product": line.product,
            "model": line.model,
            "quantity": f"{line.quantity.normalize():f}",
            "unit_price": f"{Money(line.unit_price_fen).yuan}",
            **{name: f"{Money(fen).yuan}" if fen else "" for name, fen in amounts.items()},
        }


class PaperForm(FormToken):
    """A file that goes with a report."""

    file = forms.FileField(label=_("File"), help_text=_("PDF, PNG or JPEG. Both sides can read it."))
    note = TextField(label=_("What it is"), max_length=200, required=False)


class SendReport(FormToken):
    """The statement of truth."""

    remark = TextField(label=_("Remark for the licensor"), multiline=True, max_length=1000, required=False)
    signatory = TextField(
        label=_("Legal representative"),
        help_text=_("Name of the person in whose name the report is given."),
        max_length=100,
    )
    is_true = forms.BooleanField(
        label=_("The legal representative states: this report is complete and true, and agrees with our books."),
        error_messages={"required": _("Tick that the report is complete and true.")},
    )


class QuestionReport(FormToken):
    """What is unclear, about the whole and about single lines."""

    reason = TextField(label=_("What is unclear?"), multiline=True, max_length=1000)

    def __init__(self, *args, lines=(), **kwargs):
        super().__init__(*args, **kwargs)
        for line in lines:
            name = " ".join(part for part in (line.product, line.model) if part)
            self.fields[f"line_{line.pk}"] = TextField(
                label=_("About line %(place)s: %(name)s") % {"place": line.position, "name": name},
                max_length=1000,
                required=False,
            )

    def remarks(self) -> dict[int, str]:
        """{line id: text} of the lines that something was written about."""
        return {
            int(name.removeprefix("line_")): text
            for name, text in self.cleaned_data.items()
            if name.startswith("line_") and text
        }


class GiveReason(FormToken):
    """An act that needs a reason."""

    reason = TextField(label=_("Reason"), multiline=True, max_length=1000)


class AnnounceInspection(FormToken):
    """Who inspects when and why."""

    inspector = TextField(label=_("Who inspects"), help_text=_("A firm or a person bound to secrecy."), max_length=200)
    inspects_on = forms.DateField(
        label=_("Day"),
        help_text=_("At least five days ahead."),
        widget=forms.DateInput(attrs={"type": "date", "data-width": "short"}, format="%Y-%m-%d"),
    )
    reason = TextField(label=_("Reason"), multiline=True, max_length=1000)


class FindingsForm(FormToken):
    """What the books show for each period; empty = as reported."""

    def __init__(self, *args, periods=(), **kwargs):
        super().__init__(*args, **kwargs)
        for period in periods:
            days = f"{period.starts_on.isoformat()} – {period.ends_on.isoformat()}"
            reported = _("Reported: %(amount)s. Leave it empty if the books agree.") % {"amount": period.base}
            self.fields[f"period_{period.pk}"] = _yuan(days, reported, required=False)
        self.fields["summary"] = TextField(label=_("Summary of the findings"), multiline=True, max_length=2000)
        self.fields["cost"] = _yuan(_("Cost of the inspection"))
        self.fields["file"] = forms.FileField(label=_("Inspector's report"), help_text=_("PDF, PNG or JPEG."))

    def found(self) -> dict[int, Money]:
        """{period id: amount} of the periods for which something was entered."""
        return {
            int(name.removeprefix("period_")): amount
            for name, amount in self.cleaned_data.items()
            if name.startswith("period_") and amount is not None
        }
