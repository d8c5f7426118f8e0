"""What the pages about income and its distribution accept."""

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts import queries as accounts
from foundation.core.clock import database_now, local_date
from foundation.core.forms import FormToken, MoneyField, TextField
from foundation.core.money import Money
from settlement.models import Deduction
from settlement.models.policies import COSTS
from settlement.services.income_policies import Named

BP_PER_PERCENT = 100
SPARE_ROWS, MOST_ROWS = 3, 20


def date_input() -> forms.DateInput:
    return forms.DateInput(format="%Y-%m-%d", attrs={"type": "date", "data-width": "medium"})


class PercentField(forms.CharField):
    """A share in percent with at most two decimals; gives basis points, None where it is empty."""

    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        self.widget.attrs.update({"inputmode": "decimal", "data-width": "short", "data-suffix": "%"})

    def to_python(self, value):
        if value in self.empty_values:
            return None
        try:
            percent = Money.parse(str(value).replace("%", "").replace("％", "")).yuan
        except ValueError as error:
            raise forms.ValidationError(
                _("Enter a share in percent, for example 70 or 33.33."), code="invalid"
            ) from error
        if not 0 <= percent <= 100:  # noqa: PLR2004, percent
            raise forms.ValidationError(_("A share lies between 0 and 100 percent."), code="range")
        return int(percent * BP_PER_PERCENT)


class Policy(FormToken, forms.Form):
    """A version of the institution's income policy."""

    valid_from = forms.DateField(label=_("Valid from"), widget=date_input())
    inventors_bp = PercentField(
        label=_("Inventors"),
        help_text=_("In universities and institutes at least 50 % of the net income (STA Art. 45)."),
    )
    department_bp = PercentField(label=_("Department"), required=False)
    institution_bp = PercentField(label=_("Institution"), required=False)
    manager_bp = PercentField(
        label=_("Technology manager"), required=False, help_text=_("The four shares make exactly 100 %.")
    )
    deducts = forms.MultipleChoiceField(
        label=_("Taken from the income first"), choices=Deduction.choices, widget=forms.CheckboxSelectMultiple,
        required=False,
    )  # fmt: skip
    double_return = forms.BooleanField(label=_("What an inventor paid for the patent comes back twice"), required=False)
    delegates_payout = forms.BooleanField(
        label=_("The platform pays the inventors"), required=False,
        help_text=_("Their part is set aside when an income arrives, and paid after the notice."),
    )  # fmt: skip
    notice_workdays = forms.IntegerField(
        label=_("Public notice in working days"), min_value=1, max_value=250,
        widget=forms.NumberInput(attrs={"data-width": "short"}),
    )  # fmt: skip
    source = TextField(label=_("Name or number of the document"), max_length=200, required=False)

    def arguments(self) -> dict:
        """What the service takes."""
        data = {name: value for name, value in self.cleaned_data.items() if name != "form_token"}
        parts = ("inventors_bp", "department_bp", "institution_bp", "manager_bp")
        plan = tuple(data.pop(name) or 0 for name in parts)
        return {**data, "plan": plan}


class Cost(FormToken, forms.Form):
    """Money spent on a patent."""

    kind = forms.ChoiceField(label=_("What was paid"), choices=[(str(one), one.label) for one in COSTS])
    amount = MoneyField(label=_("Amount"), minimum=1)
    paid_on = forms.DateField(label=_("Paid on"), widget=date_input())
    borne_by = TextField(
        label=_("Inventor who paid"), max_length=100, required=False,
        help_text=_("Empty: the organization paid. An inventor gets twice the amount back if the policy says so."),
    )  # fmt: skip
    note = TextField(label=_("Note"), max_length=200, required=False)

    def __init__(self, *args, inventors=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.inventors = {one.name: one.user for one in inventors}

    def arguments(self) -> dict:
        """What the service takes; a name of the agreement brings its account along."""
        data = {name: value for name, value in self.cleaned_data.items() if name != "form_token"}
        return {**data, "borne_by_user": self.inventors.get(data["borne_by"])}


class Shares(FormToken, forms.Form):
    """Who invented a patent, and who gets how much: one row a person."""

    agreed_on = forms.DateField(label=_("Agreed on"), widget=date_input())

    def __init__(self, *args, institution, known=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.institution = institution
        self.fields["agreed_on"].initial = local_date(database_now())
        rows = min(len(known) + SPARE_ROWS, MOST_ROWS)
        for place in range(rows):
            one = known[place] if place < len(known) else None
            self._row(place + 1, one)
        self.rows = range(1, rows + 1)

    def _row(self, number: int, one: Named | None) -> None:
        label = _("Inventor %(number)s") % {"number": number}
        self.fields[f"name_{number}"] = TextField(
            label=label, max_length=100, required=False, initial=one.name if one else ""
        )
        self.fields[f"email_{number}"] = forms.EmailField(
            label=_("E-mail address of the account, if there is one"), required=False,
            initial=one.user.email if one and one.user else "",
        )  # fmt: skip
        self.fields[f"share_{number}"] = PercentField(label=_("Share"), required=False)

    def clean(self):
        data = super().clean()
        members = accounts.members_of(self.institution).select_related("user")
        by_email = {member.user.email: member.user for member in members}
        data["inventors"] = []
        for number in self.rows:
            name, email = data.get(f"name_{number}"), (data.get(f"email_{number}") or "").lower()
            if not name:
                if email or data.get(f"share_{number}") is not None:
                    self.add_error(f"name_{number}", _("Enter the inventor's name."))
                continue
            if email and email not in by_email:
                self.add_error(f"email_{number}", _("Nobody in your organization has this address."))
            data["inventors"].append(Named(name, by_email.get(email), data.get(f"share_{number}")))
        return data

    def arguments(self) -> dict:
        """What the service takes."""
        return {"agreed_on": self.cleaned_data["agreed_on"], "inventors": self.cleaned_data["inventors"]}


class Reason(FormToken, forms.Form):
    """Why."""

    reason = TextField(label=_("Reason"), multiline=True, max_length=500)


class Objection(FormToken, forms.Form):
    """What is wrong with the distribution."""

    reason = TextField(label=_("What is wrong with this distribution?"), multiline=True, max_length=1000)


class Answer(FormToken, forms.Form):
    """The institution's answer to an objection."""

    upheld = forms.TypedChoiceField(
        label=_("Is the objection right?"), coerce=lambda value: value == "yes", widget=forms.RadioSelect,
        choices=[("yes", _("Yes: compute the distribution anew")), ("no", _("No: the notice goes on"))],
    )  # fmt: skip
    answer = TextField(label=_("Answer"), multiline=True, max_length=1000)


class Payout(FormToken, forms.Form):
    """How the institution paid."""

    note = TextField(label=_("How and when it was paid"), max_length=200)
