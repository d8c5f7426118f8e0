"""What the acts on contracts accept."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from challenges.forms.rows import Rows, initial_of
from challenges.models import Outcome
from challenges.services.contracting import TERM_LIMIT
from foundation.core.forms import FormToken, MoneyField, TextField
from foundation.core.money import Money

LONGEST_WORK = 120  # months
HINTS = {
    "work": (_("Plan of the work"), _("Steps, people, equipment and who does what.")),
    "acceptance": (_("Acceptance"), _("How and where it is tested, beyond the test methods of the indicators.")),
    "rights": (_("Terms about new rights"), _("Beyond the rule of the challenge: license fees, improvements, papers.")),
    "secrecy": (_("Secrecy"), _("What is secret, who may know it.")),
    "other": (_("Anything else"), ""),
}


class Terms(Rows, FormToken):
    """The texts and milestones of a contract; empty rows of milestones are left out."""

    row_title, needed = _("Milestone"), ("months", "deliverable", "amount")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["sha256"] = forms.CharField(max_length=64, required=False, widget=forms.HiddenInput)
        for name, (label, hint) in HINTS.items():
            self.fields[name] = TextField(
                label=label, help_text=hint, multiline=True, max_length=TERM_LIMIT, required=False
            )

    @staticmethod
    def columns() -> dict[str, forms.Field]:
        """The fields of one milestone."""
        return {
            "months": forms.IntegerField(
                label=_("Months after the signature"), required=False, min_value=1, max_value=LONGEST_WORK
            ),
            "deliverable": TextField(label=_("Deliverable"), max_length=300, required=False),
            "amount": MoneyField(
                label=_("Amount (yuan)"), required=False, minimum=1, widget=forms.TextInput(attrs={"data-prefix": "¥"})
            ),
        }

    def texts(self) -> list[forms.BoundField]:
        """The fields of the texts."""
        return [self[name] for name in HINTS]

    def values(self) -> dict[str, Any]:
        """What the service takes."""
        data = self.cleaned_data
        milestones = [
            {"months": row["months"], "deliverable": row["deliverable"], "amount_fen": row["amount"].fen}
            for row in self.filled
        ]
        return {"values": {name: data[name] for name in HINTS}, "milestones": milestones, "sha256": data["sha256"]}


def initial_of_terms(terms: dict[str, Any], sha256: str) -> dict[str, Any]:
    """What the form of the texts shows first."""
    columns = {
        "months": lambda row: row["months"],
        "deliverable": lambda row: row["deliverable"],
        "amount": lambda row: Money(row["amount_fen"]),
    }
    texts = {name: terms.get(name, "") for name in HINTS}
    return {"sha256": sha256, **texts, **initial_of(terms.get("milestones", []), columns)}


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


class Promote(GiveReason):
    """What the reserve gets, and why it follows."""

    amount = MoneyField(
        label=_("Amount (yuan)"), help_text=_("At first what the team asked for; at most the bounty."), minimum=1,
        widget=forms.TextInput(attrs={"data-prefix": "¥", "data-width": "medium"}),
    )  # fmt: skip
    field_order = ("amount", "reason")


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
