"""What the firm, officers and objectors fill in from the ranking to the public notice."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from challenges.models import TalkNote
from foundation.core.forms import FormToken, MoneyField, TextField
from foundation.core.money import Money

WINS, RESERVE, NOT = "win", "reserve", "not"
CHOICES = [(WINS, _("Winner")), (RESERVE, _("In reserve")), (NOT, _("Not chosen"))]


class Shortlist(FormToken):
    """Who is on the shortlist."""

    proposals = forms.MultipleChoiceField(
        label=_("On the shortlist"), widget=forms.CheckboxSelectMultiple,
        help_text=_("The others are rejected and read your feedback."),
        error_messages={"required": _("Choose from the scored proposals.")},
    )  # fmt: skip
    reason = TextField(
        label=_("Reason"), help_text=_("Needed where a better place is passed over. It is published."),
        multiline=True, max_length=2000, required=False,
    )  # fmt: skip

    def __init__(self, *args, rows, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["proposals"].choices = [(row["number"], row["label"]) for row in rows]


class Selection(FormToken):
    """What becomes of each proposal on the shortlist, and what a winner gets."""

    reason = TextField(
        label=_("Reason"), help_text=_("Needed where a better place is passed over. It is published."),
        multiline=True, max_length=2000, required=False,
    )  # fmt: skip

    def __init__(self, *args, rows, **kwargs):
        super().__init__(*args, **kwargs)
        self.rows = list(rows)
        for row in self.rows:
            self.fields[f"what_{row['pk']}"] = forms.ChoiceField(
                label=row["label"], choices=CHOICES, widget=forms.RadioSelect, initial=NOT
            )
            self.fields[f"amount_{row['pk']}"] = MoneyField(
                label=_("Amount for %(number)s (yuan)") % {"number": row["number"]},
                help_text=_("Only for a winner; the team asks for %(price)s.") % {"price": row["price"]},
                minimum=1, required=False, initial=row["asked"],
                widget=forms.TextInput(attrs={"data-prefix": "¥", "data-width": "medium"}),
            )  # fmt: skip
        self.order_fields([name for name in self.fields if name != "reason"])

    def clean(self):
        data = super().clean()
        for row in self.rows:
            field = f"amount_{row['pk']}"
            if data.get(f"what_{row['pk']}") == WINS and not data.get(field) and field not in self.errors:
                self.add_error(field, _("Enter what the winner gets."))
        return data

    def chosen(self) -> dict[str, Any]:
        """For the service."""
        data = self.cleaned_data
        winners: dict[str, Money] = {
            row["number"]: data[f"amount_{row['pk']}"] for row in self.rows if data[f"what_{row['pk']}"] == WINS
        }
        reserves = [row["number"] for row in self.rows if data[f"what_{row['pk']}"] == RESERVE]
        return {"winners": winners, "reserves": reserves, "reason": data["reason"]}


class GiveFeedback(FormToken):
    """What a team reads when it is not chosen."""

    text = TextField(
        label=_("Feedback"),
        help_text=_("What was good, what decided against it. The team reads it with the decision."),
        multiline=True, max_length=4000,
    )  # fmt: skip


class Talk(FormToken):
    """A talk or a visit."""

    kind = forms.ChoiceField(label=_("What it was"), choices=TalkNote.Kind.choices, widget=forms.RadioSelect)
    held_on = forms.DateField(
        label=_("Held on"), widget=forms.DateInput(attrs={"type": "date", "data-width": "medium"}, format="%Y-%m-%d")
    )
    participants = TextField(label=_("Who took part"), max_length=500)
    text = TextField(
        label=_("What was found"), help_text=_("You and the administration read it; it cannot be changed."),
        multiline=True, max_length=4000,
    )  # fmt: skip


class GiveNotice(FormToken):
    """An officer publishes the selection."""


class Object(FormToken):
    """What is wrong with a selection."""

    reason = TextField(
        label=_("What is wrong with the selection?"), help_text=_("The firm and the administration read it."),
        multiline=True, max_length=2000,
    )  # fmt: skip


class DecideObjection(FormToken):
    """An officer's ruling."""

    upheld = forms.TypedChoiceField(
        label=_("Decision"), widget=forms.RadioSelect, coerce=lambda value: value == "yes",
        choices=[("no", _("Dismiss it: the selection stands")), ("yes", _("Uphold it: the firm selects again"))],
    )  # fmt: skip
    answer = TextField(label=_("Reasons"), help_text=_("Both sides read them."), multiline=True, max_length=2000)
