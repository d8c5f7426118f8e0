"""The parts of a proposal."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from challenges.forms.rows import Rows, initial_of
from challenges.models import Challenge
from challenges.services.proposal_checks import MOST_PATENTS, TEXT_LIMIT
from foundation.core.forms import MoneyField, TextField
from foundation.core.money import Money

SHORT, MEDIUM = {"data-width": "short", "inputmode": "numeric"}, {"data-width": "medium"}
YUAN = {"data-prefix": "¥", "data-width": "medium"}
LONGEST_MONTHS = 120


def text_of(patents: Any) -> str:
    """Numbers as they stand in the field: one in each line."""
    return "\n".join(patents or [])


class PartForm(forms.Form):
    """A part; ``version`` is that of the draft the page was made from. Parts that are lists are `Rows` too."""

    row_title: Any = ""
    version = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)

    def __init__(self, *args, challenge: Challenge, **kwargs):
        self.challenge = challenge
        super().__init__(*args, **kwargs)

    def plain_fields(self) -> list[forms.BoundField]:
        """The fields that stand in no row."""
        return self.visible_fields()

    def row_fields(self) -> list[dict[str, Any]]:
        """The rows, where the part is a list."""
        return []

    @classmethod
    def initial_of(cls, content: dict[str, Any]) -> dict[str, Any]:
        """What the fields show of the draft's content."""
        raise NotImplementedError

    def values(self) -> dict[str, Any]:
        """The keys of the content this part sets."""
        raise NotImplementedError


def _same(name: str) -> Callable[[dict[str, Any]], Any]:
    return lambda row: row.get(name)


class TeamForm(Rows, PartForm):
    """Who does the work."""

    row_title, needed, silent = _("Member"), ("name", "unit"), ("consent",)

    @staticmethod
    def columns():
        return {
            "name": TextField(label=_("Name"), required=False, max_length=100),
            "unit": TextField(label=_("Unit"), required=False, max_length=200),
            "consent": forms.BooleanField(label=_("agrees to be named"), required=False),
        }

    @classmethod
    def initial_of(cls, content):
        return initial_of(content.get("members", []), {name: _same(name) for name in cls.columns()})

    def values(self):
        return {"members": self.filled}


class SolutionForm(PartForm):
    """What is proposed, and the rights it stands on."""

    solution = TextField(
        label=_("Your solution"),
        help_text=_("Principle, what was shown so far, what is new, risks. Experts read it without your name where "
                    "the season is blind: do not write who you are."),
        multiline=True,
        max_length=TEXT_LIMIT,
        widget=forms.Textarea(attrs={"rows": 16}),
    )  # fmt: skip
    patents = TextField(
        label=_("Background patents"),
        help_text=_("Patents you bring along, one number in each line, in any notation; empty if there are none."),
        multiline=True,
        required=False,
        max_length=2_000,
    )

    @classmethod
    def initial_of(cls, content):
        return {"solution": content.get("solution", ""), "patents": text_of(content.get("patents"))}

    def clean_patents(self) -> list[str]:
        lines = [line.strip() for line in self.cleaned_data["patents"].splitlines()]
        return [line for line in lines if line][: MOST_PATENTS + 1]

    def values(self):
        return {"solution": self.cleaned_data["solution"], "patents": self.cleaned_data["patents"]}


class PromisesForm(PartForm):
    """What is promised for each indicator of the challenge."""

    def __init__(self, *args, challenge, **kwargs):
        super().__init__(*args, challenge=challenge, **kwargs)
        for row in challenge.indicators.all():
            asked = " ".join(part for part in (row.comparison, row.target, row.unit) if part)
            self.fields[f"promise_{row.position}"] = TextField(
                label=f"{row.name} {asked}", help_text=row.method, required=row.must, max_length=200
            )

    @classmethod
    def initial_of(cls, content):
        return {f"promise_{position}": text for position, text in content.get("promises", {}).items()}

    def values(self):
        data = self.cleaned_data
        named = {name.removeprefix("promise_"): data[name] for name in data if name.startswith("promise_")}
        return {"promises": {position: text for position, text in named.items() if text}}


class PlanForm(Rows, PartForm):
    """How, by when, for how much."""

    row_title, needed = _("Milestone"), ("months", "deliverable", "amount")
    plan = TextField(
        label=_("How you will work"), multiline=True, max_length=TEXT_LIMIT, widget=forms.Textarea(attrs={"rows": 8})
    )
    price = MoneyField(label=_("Price you ask (yuan)"), minimum=1, widget=forms.TextInput(attrs=YUAN))

    @staticmethod
    def columns():
        amount = forms.TextInput(attrs={"data-prefix": "¥"})
        return {
            "months": forms.IntegerField(
                label=_("Months after the contract"), required=False, min_value=1, max_value=LONGEST_MONTHS,
                widget=forms.TextInput(attrs=SHORT),
            ),
            "deliverable": TextField(label=_("Deliverable"), required=False, max_length=300),
            "amount": MoneyField(label=_("Amount (yuan)"), required=False, minimum=1, widget=amount),
        }  # fmt: skip

    @classmethod
    def initial_of(cls, content):
        price, columns = content.get("price_fen"), {name: _same(name) for name in ("months", "deliverable")}
        rows = initial_of(content.get("milestones", []), columns | {"amount": lambda row: Money(row["amount_fen"])})
        return {"plan": content.get("plan", ""), "price": None if price is None else Money(price), **rows}

    def values(self):
        rows = [
            {"months": row["months"], "deliverable": row["deliverable"], "amount_fen": row["amount"].fen}
            for row in self.filled
        ]
        return {"plan": self.cleaned_data["plan"], "price_fen": self.cleaned_data["price"].fen, "milestones": rows}


class ConflictsForm(PartForm):
    """Relations to the firm and to experts."""

    conflicts = TextField(
        label=_("Relations to the firm and to possible experts"),
        help_text=_("Shareholdings, employment, joint work, kinship in the last three years. "
                    "Write “none” where there is none: what is concealed costs the award."),
        multiline=True,
        max_length=4_000,
    )  # fmt: skip

    @classmethod
    def initial_of(cls, content):
        return {"conflicts": content.get("conflicts", "")}

    def values(self):
        return {"conflicts": self.cleaned_data["conflicts"]}


PART_FORMS: dict[str, type[PartForm]] = {
    "team": TeamForm, "solution": SolutionForm, "indicators": PromisesForm, "plan": PlanForm,
    "conflicts": ConflictsForm,
}  # fmt: skip
