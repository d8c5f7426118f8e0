"""What the pages of account statements accept in their address."""

from datetime import date

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from foundation.core.forms import TextField
from settlement import chart

FIRST_DAY, LAST_DAY = date(2000, 1, 1), date(2100, 12, 31)
DAY = {"type": "date", "data-width": "medium"}


class Period(forms.Form):
    """From which day to which, both included, and perhaps one account."""

    since = forms.DateField(label=_("From"), required=False, widget=forms.DateInput(format="%Y-%m-%d", attrs=DAY))
    until = forms.DateField(label=_("To"), required=False, widget=forms.DateInput(format="%Y-%m-%d", attrs=DAY))
    account = forms.ChoiceField(label=_("Account"), required=False)

    def __init__(self, *args, today: date, accounts: tuple[str, ...] = chart.CLIENT_MONEY, **kwargs):
        super().__init__(*args, **kwargs)
        self.today = today
        self.initial = {"since": today.replace(month=1, day=1), "until": today}
        if self.is_bound:  # a day that was not asked for is shown as it is taken
            shown = self.initial if not self.data.get("until") else {}
            self.data = {name: self.data.get(name) or shown.get(name, "") for name in self.base_fields}
        names = [(code, f"{code} {gettext(chart.ACCOUNTS[code].name)}") for code in accounts]
        self.fields["account"].choices = [("", gettext("All client money")), *names]
        if not accounts:
            del self.fields["account"]

    def clean(self):
        data = super().clean()
        first, last = self.period
        if not self.errors and not FIRST_DAY <= first <= last <= LAST_DAY:
            self.add_error("until", _("The last day is not before the first one, and both are in this century."))
        return data

    @property
    def period(self) -> tuple[date, date]:
        """The days that were asked for; by default this year so far."""
        data = self.cleaned_data
        last = data.get("until") or self.today
        return data.get("since") or min(last, self.today).replace(month=1, day=1), last


class Search(forms.Form):
    """A part of a name or of a number."""

    q = TextField(label=_("Organization, license or payment number"), max_length=100, required=False)
