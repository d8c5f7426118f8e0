"""The section on fee and payment."""

from decimal import Decimal

from django import forms
from django.utils.translation import gettext_lazy as _

from foundation.core.forms import MoneyField, TextField
from foundation.core.money import Money
from licenses.forms import instalments
from licenses.forms.sections import Section
from licenses.models.terms import BASE_CHOICES, PERIOD_CHOICES
from licenses.pricing import METHOD_LABELS, OFFERED

METHODS = [(str(method), _(METHOD_LABELS[method])) for method in OFFERED]
BASES = [choice for choice in BASE_CHOICES if choice[0] != "units"]
BP_PER_PERCENT = 100
FIRST = ("method", "lump_sum")


class PercentField(forms.CharField):
    """A rate in percent with at most two decimals; gives basis points."""

    def to_python(self, value):
        if value in self.empty_values:
            return None
        if isinstance(value, int):
            return value
        try:
            percent = Money.parse(str(value).replace("%", "").replace("％", "")).yuan
        except ValueError as error:
            raise forms.ValidationError(_("Enter a rate in percent, for example 3 or 2.5."), code="invalid") from error
        if not 0 <= percent <= 100:  # noqa: PLR2004, percent
            raise forms.ValidationError(_("The rate must lie between 0 and 100 percent."), code="range")
        return int(percent * BP_PER_PERCENT)


class PriceSection(Section):
    """The one method, its amounts, and how they were found."""

    method = forms.ChoiceField(
        label=_("How the fee is paid"),
        help_text=_("One method, published and the same for everybody."),
        choices=METHODS,
        widget=forms.RadioSelect,
    )
    lump_sum = MoneyField(
        label=_("Lump sum (yuan)"),
        help_text=_("Only for a lump sum; tax included."),
        required=False,
        widget=forms.TextInput(attrs={"data-prefix": "¥", "data-width": "medium"}),
    )
    instalments_total = MoneyField(
        label=_("Whole fee (yuan)"),
        help_text=_("Only for instalments; tax included. The instalments add up to it."),
        required=False,
        widget=forms.TextInput(attrs={"data-prefix": "¥", "data-width": "medium"}),
    )
    instalments_from = forms.ChoiceField(
        label=_("Later instalments fall due"),
        help_text=_("The first instalment is due with the notice, like a lump sum."),
        choices=instalments.ANCHORS,
        widget=forms.RadioSelect,
        required=False,
    )
    entry_fee = MoneyField(
        label=_("Entry fee (yuan)"),
        help_text=_("Only for an entry fee plus royalty; tax included."),
        required=False,
        widget=forms.TextInput(attrs={"data-prefix": "¥", "data-width": "medium"}),
    )
    royalty_rate = PercentField(
        label=_("Royalty rate"),
        help_text=_("Usually not above 20% of net sales or 40% of profit."),
        required=False,
        widget=forms.TextInput(attrs={"data-suffix": "%", "data-width": "short", "inputmode": "decimal"}),
    )
    royalty_base = forms.ChoiceField(
        label=_("Royalty on"), choices=BASES, required=False, widget=forms.Select(attrs={"data-width": "medium"})
    )
    royalty_period = forms.ChoiceField(
        label=_("Licensees report"),
        choices=PERIOD_CHOICES,
        required=False,
        initial="quarter",
        widget=forms.Select(attrs={"data-width": "medium"}),
    )
    royalty_minimum = MoneyField(
        label=_("Least royalty in each period (yuan)"),
        help_text=_("Owed even if less or nothing was sold. Leave it empty for none."),
        required=False,
        widget=forms.TextInput(attrs={"data-prefix": "¥", "data-width": "medium"}),
    )
    royalty_cap = MoneyField(
        label=_("Most that all royalties of a license come to (yuan)"),
        help_text=_("Leave it empty for no limit."),
        required=False,
        widget=forms.TextInput(attrs={"data-prefix": "¥", "data-width": "medium"}),
    )
    explanation = TextField(
        label=_("Basis and method of the calculation"),
        help_text=_("Published. No advertising language, no phone numbers or web addresses."),
        multiline=True,
        max_length=2_000,
        required=False,
    )
    explanation_en = TextField(label=_("The same in English"), multiline=True, max_length=4_000, required=False)
    ceiling_reason = TextField(
        label=_("Reasons for a fee above the usual ceiling"),
        help_text=_("Only if the fee lies above it. The officer decides."),
        multiline=True,
        max_length=1_000,
        required=False,
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["explanation"].required = self.data.get("method") != "free"
        instalments.add_rows(self, self.data if self.is_bound else self.initial)

    def fee_fields(self) -> list:
        """The bound fields before the instalments, for the page."""
        return [self[name] for name in FIRST]

    def other_fields(self) -> list:
        """The bound fields after them."""
        rest = [field for field in self.visible_fields() if field.name not in FIRST]
        return [field for field in rest if not field.name.startswith("instalment")]

    def instalment_rows(self) -> list[dict]:
        """The rows of the instalments with their bound fields, for the page."""
        return instalments.rows_of(self)

    def values(self) -> dict:
        clean = self.cleaned_data
        method = clean.get("method") or ""
        royal = method == "entry_plus_royalty"
        return {
            "method": method,
            "lump_sum_fen": clean["lump_sum"].fen if clean.get("lump_sum") and method == "lump_sum" else 0,
            **instalments.values_of(clean, chosen=method == "instalments"),
            "entry_fee_fen": clean["entry_fee"].fen if clean.get("entry_fee") and royal else 0,
            "royalty_bp": (clean.get("royalty_rate") or 0) if royal else 0,
            "royalty_base": (clean.get("royalty_base") or "net_sales") if royal else "",
            "royalty_period": (clean.get("royalty_period") or "quarter") if royal else "",
            "royalty_minimum_fen": clean["royalty_minimum"].fen if clean.get("royalty_minimum") and royal else 0,
            "royalty_cap_fen": clean["royalty_cap"].fen if clean.get("royalty_cap") and royal else 0,
            "explanation": clean.get("explanation") or "",
            "explanation_en": clean.get("explanation_en") or "",
            "ceiling_reason": clean.get("ceiling_reason") or "",
        }

    @classmethod
    def initial_of(cls, kept: dict) -> dict:
        shown = dict(kept)
        for name in ("lump_sum", "instalments_total", "entry_fee", "royalty_minimum", "royalty_cap"):
            fen = shown.pop(f"{name}_fen", 0)
            shown[name] = f"{Money(fen).yuan}" if fen else ""
        rate = shown.pop("royalty_bp", 0)
        shown |= instalments.initial_of(shown)
        shown["royalty_rate"] = f"{(Decimal(rate) / BP_PER_PERCENT).normalize():f}" if rate else ""
        return shown
