"""What the page of taxes and fees accepts."""

from django import forms
from django.utils.translation import gettext_lazy as _

from foundation.core.forms import FormToken, MoneyField, TextField
from settlement import chart
from settlement.forms_income import PercentField
from settlement.models import TaxKind

YUAN = {"data-width": "medium", "data-prefix": "¥"}


def _day(label: object, **more: object) -> forms.DateField:
    return forms.DateField(label=label, widget=forms.DateInput(attrs={"type": "date", "data-width": "short"}), **more)


class NewRule(FormToken, forms.Form):
    """What both families of rules ask for."""

    about = forms.ChoiceField(label=_("Rule for"))
    rate_bp = PercentField(label=_("Rate"))
    valid_from = _day(_("Valid from"), help_text=_("A day ahead: what was booked stays as it was."))
    source = TextField(label=_("Source"), help_text=_("The law, the price list or the decision."), max_length=200)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["form_token"].required = True

    def answers(self) -> dict:
        """What the service takes."""
        return {name: value for name, value in self.cleaned_data.items() if name != "form_token"}


class NewFeeRule(NewRule):
    """A fee of the platform for a purpose."""

    minimum = MoneyField(label=_("At least"), required=False, widget=forms.TextInput(attrs=dict(YUAN)))
    cap = MoneyField(label=_("At most"), required=False, widget=forms.TextInput(attrs=dict(YUAN)))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["about"].choices = [(key, _(purpose.label)) for key, purpose in chart.PURPOSES.items()]


class NewTaxRule(NewRule):
    """A rate of a kind of tax."""

    valid_until = _day(_("Last day, where it is known"), required=False)
    exempt_reason = TextField(label=_("Why nothing is due"), max_length=200, required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["about"].choices = TaxKind.choices


FORMS = {"fee": NewFeeRule, "tax": NewTaxRule}
