"""What the acts on contracts accept."""

from typing import Any

from django import forms
from django.utils.translation import gettext as now_translated
from django.utils.translation import gettext_lazy as _

from challenges.models import Outcome
from challenges.services.contracting import TERM_LIMIT
from foundation.core.forms import FormToken, MoneyField, TextField
from foundation.core.money import Money

PARTS = ("months", "deliverable", "amount")
LEAST_ROWS, MOST_ROWS, SPARE_ROWS = 3, 12, 1
LONGEST_WORK = 120  # months
HINTS = {
    "work": (_("Plan of the work"), _("Steps, people, equipment and who does what.")),
    "acceptance": (_("Acceptance"), _("How and where it is tested, beyond the test methods of the indicators.")),
    "rights": (_("Terms about new rights"), _("Beyond the rule of the challenge: license fees, improvements, papers.")),
    "secrecy": (_("Secrecy"), _("What is secret, who may know it.")),
    "other": (_("Anything else"), ""),
}


class Terms(FormToken):
    """The texts and milestones of a contract; empty rows of milestones are left out."""

    sha256 = forms.CharField(max_length=64, required=False, widget=forms.HiddenInput)

    def __init__(self, *args, terms: dict[str, Any], **kwargs):
        super().__init__(*args, **kwargs)
        for name, (label, hint) in HINTS.items():
            self.fields[name] = TextField(
                label=label, help_text=hint, multiline=True, max_length=TERM_LIMIT, required=False,
                initial=terms.get(name, ""),
            )  # fmt: skip
        rows = terms.get("milestones", [])
        self.count = min(max(len(rows) + SPARE_ROWS, LEAST_ROWS), MOST_ROWS)
        for n in range(1, self.count + 1):
            self._row(n, rows[n - 1] if n <= len(rows) else {})

    def _row(self, n: int, row: dict[str, Any]) -> None:
        amount = Money(row["amount_fen"]) if row.get("amount_fen") else None
        number = {"n": n}
        self.fields[f"months_{n}"] = forms.IntegerField(
            label=now_translated("Milestone %(n)d: months after the signature") % number, required=False,
            min_value=1, max_value=LONGEST_WORK, initial=row.get("months"),
            widget=forms.NumberInput(attrs={"data-width": "short"}),
        )  # fmt: skip
        self.fields[f"deliverable_{n}"] = TextField(
            label=now_translated("Milestone %(n)d: deliverable") % number, max_length=300, required=False,
            initial=row.get("deliverable", ""),
        )  # fmt: skip
        self.fields[f"amount_{n}"] = MoneyField(
            label=now_translated("Milestone %(n)d: amount (yuan)") % number, required=False,
            initial=amount,
            widget=forms.TextInput(attrs={"data-prefix": "¥", "data-width": "medium"}),
        )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        for n in range(1, self.count + 1):
            row = [data.get(f"{name}_{n}") for name in ("months", "deliverable", "amount")]
            if any(row) and not all(row) and not any(f"{name}_{n}" in self.errors for name in PARTS):
                self.add_error(f"months_{n}", _("Fill in all three parts of this milestone, or none."))
        return data

    def texts(self) -> list[forms.BoundField]:
        """The fields of the texts."""
        return [self[name] for name in HINTS]

    def rows(self) -> list[list[forms.BoundField]]:
        """The fields of each milestone."""
        return [[self[f"{name}_{n}"] for name in PARTS] for n in range(1, self.count + 1)]

    def values(self) -> dict[str, Any]:
        """What the service takes."""
        data = self.cleaned_data
        milestones = [
            {"months": data[f"months_{n}"], "deliverable": data[f"deliverable_{n}"], "amount_fen": amount.fen}
            for n in range(1, self.count + 1)
            if (amount := data.get(f"amount_{n}")) is not None
        ]
        return {"values": {name: data[name] for name in HINTS}, "milestones": milestones, "sha256": data["sha256"]}


class Sign(FormToken):
    """A side signs the contract as it stands on the page."""

    sha256 = forms.CharField(max_length=64, widget=forms.HiddenInput)
    may_sign = forms.BooleanField(
        label=_("I have read the contract and may sign it for my organization."),
        error_messages={"required": _("Tick that you have read the contract and may sign it.")},
    )


class Confirm(FormToken):
    """An act without anything to fill in."""


class GiveReason(FormToken):
    """An act that needs a reason."""

    reason = TextField(label=_("Reason"), multiline=True, max_length=2000)


class Tell(FormToken):
    """What came of a result."""

    kind = forms.ChoiceField(label=_("What came of it?"), widget=forms.RadioSelect)
    on = forms.DateField(
        label=_("Since"), widget=forms.DateInput(attrs={"type": "date", "data-width": "medium"}, format="%Y-%m-%d")
    )
    text = TextField(
        label=_("Description"), help_text=_("Everybody reads it on the page of the challenge."), multiline=True,
        max_length=1000,
    )  # fmt: skip
    patent = forms.ModelChoiceField(
        label=_("Patent"), queryset=None, required=False, empty_label=_("None"),
        help_text=_("One of your organization's, where one came of it."),
    )  # fmt: skip

    def __init__(self, *args, patents, **kwargs):
        super().__init__(*args, **kwargs)
        by_hand = [choice for choice in Outcome.Kind.choices if choice[0] != Outcome.Kind.OPEN_LICENSE]
        self.fields["kind"].choices = by_hand
        self.fields["patent"].queryset = patents
        self.fields["patent"].label_from_instance = named


class OfferOpenly(FormToken):
    """The patent to offer as an open license."""

    patent = forms.ModelChoiceField(
        label=_("Patent"), queryset=None, empty_label=None, widget=forms.RadioSelect,
        error_messages={"required": _("Choose a patent."), "invalid_choice": _("Choose a patent.")},
    )  # fmt: skip

    def __init__(self, *args, patents, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["patent"].queryset = patents
        self.fields["patent"].label_from_instance = named


def named(patent: Any) -> str:
    """A patent by number and title."""
    return f"{patent.display_number} {patent.title}"
