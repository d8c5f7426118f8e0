"""What the pages about invoices accept."""

from django import forms
from django.utils.translation import gettext_lazy as _

from foundation.core.clock import database_now, local_date
from foundation.core.forms import FormToken, TextField
from settlement.forms_income import date_input
from settlement.models import Invoice


class RequestInvoice(FormToken, forms.Form):
    """Which payments stand on the invoice, of which kind, and to whom it is addressed."""

    obligations = forms.MultipleChoiceField(
        label=_("Payments"), widget=forms.CheckboxSelectMultiple,
        help_text=_("Payments to the same payee can stand on one invoice."),
    )  # fmt: skip
    kind = forms.ChoiceField(label=_("Kind of invoice"), choices=Invoice.Kind.choices, widget=forms.RadioSelect)
    title = TextField(label=_("Invoice title"), max_length=200, required=False)
    uscc = TextField(label=_("Taxpayer number"), identifier=True, max_length=30, required=False)
    registration_number = TextField(
        label=_("Registration number of the technology contract"), identifier=True, max_length=60, required=False,
        help_text=_("With a registered contract no VAT is due, and the invoice is an ordinary one."),
    )  # fmt: skip

    def __init__(self, *args, payments, **kwargs):
        super().__init__(*args, **kwargs)
        self.payments = {one.number: one for one in payments}
        self.fields["obligations"].choices = [
            (one.number, f"{one.number} · {one.amount} · {one.label} · {one.creditor.display_name}") for one in payments
        ]

    def clean_obligations(self):
        return [self.payments[number] for number in self.cleaned_data["obligations"]]


class IssueInvoice(FormToken, forms.Form):
    """What the tax authority's platform gave."""

    code = TextField(label=_("Invoice code (20 digits)"), identifier=True, max_length=30)
    issued_on = forms.DateField(label=_("Issued on"), widget=date_input())

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["issued_on"].initial = local_date(database_now())
