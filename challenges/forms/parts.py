"""The forms of the parts of a challenge in the making."""

import re
from decimal import Decimal

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts import queries as accounts
from challenges.forms.rows import Rows, initial_of
from challenges.models import Challenge, Mode, OwnershipRule
from foundation.core.forms import MoneyField, TextField

MEDIUM = {"data-width": "medium"}
SHORT = {"data-width": "short", "inputmode": "numeric"}
YUAN = {"data-prefix": "¥", "data-width": "medium"}
RATE = {"data-suffix": "%", "data-width": "short", "inputmode": "decimal"}
IPC = re.compile(r"[A-H]\d\d[A-Z](?:\d{1,4}/\d{2,6})?")
SEPARATORS = re.compile(r"[,;，；、\n]+")
MOST_CLASSES = 10
PERCENT = 100


class PartForm(forms.Form):
    """A part of a challenge; ``version`` is that of the autosaved draft."""

    version = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)

    def values(self) -> dict:
        """The values for `save_part`."""
        return {name: value for name, value in self.cleaned_data.items() if name != "version"}

    def rows(self) -> list[dict]:
        """The rows for `save_part`."""
        return []


class IpcField(TextField):
    """IPC classes with commas or on lines; gives a list of normalized symbols."""

    def to_python(self, value):
        if isinstance(value, list):
            return value
        text = super().to_python(value)
        found = [part.replace(" ", "").upper() for part in SEPARATORS.split(text) if part.strip()]
        if len(found) > MOST_CLASSES or not all(IPC.fullmatch(part) for part in found):
            raise forms.ValidationError(_("Write IPC classes such as H01M or H01M 10/0525, with commas."), code="ipc")
        return list(dict.fromkeys(found))

    def prepare_value(self, value):
        return ", ".join(value) if isinstance(value, list) else value


class ProblemForm(PartForm):
    """What is to be solved."""

    title_zh_hans = TextField(label=_("Title (Chinese)"), max_length=300)
    title_en = TextField(label=_("Title (English)"), required=False, max_length=300)
    problem_zh_hans = TextField(
        label=_("Problem to be solved (Chinese)"),
        help_text=_("Public. Put secrets into a confidential annex: it is read after signing the NDA."),
        multiline=True,
        max_length=6_000,
    )
    problem_en = TextField(label=_("Problem to be solved (English)"), multiline=True, required=False, max_length=6_000)
    background = TextField(
        label=_("Background"), help_text=_("What was tried, and why it was not enough."), multiline=True,
        required=False, max_length=6_000,
    )  # fmt: skip
    ipc = IpcField(
        label=_("IPC classes"), help_text=_("Such as H01M 10/0525; several with commas, the main one first."),
        max_length=300,
    )  # fmt: skip
    industry = forms.ModelChoiceField(label=_("Industry"), queryset=None, required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["industry"].queryset = accounts.industries()

    @classmethod
    def initial_of(cls, challenge: Challenge) -> dict:
        names = ("title_zh_hans", "title_en", "problem_zh_hans", "problem_en", "background", "ipc")
        return {name: getattr(challenge, name) for name in names} | {"industry": challenge.industry_id}


class IndicatorsForm(Rows, PartForm):
    """Technical indicators that can be measured."""

    row_title = _("Indicator")
    needed, silent = ("name", "target", "method"), ("must", "comparison")

    @staticmethod
    def columns() -> dict[str, forms.Field]:
        return {
            "name": TextField(label=_("Indicator"), required=False, max_length=200),
            "comparison": forms.ChoiceField(
                label=_("Comparison"), required=False, choices=[(one, one or "—") for one in ("≤", "≥", "=", "")]
            ),
            "target": TextField(label=_("Target"), required=False, max_length=100),
            "unit": TextField(label=_("Unit"), required=False, max_length=30),
            "present": TextField(label=_("Today"), required=False, max_length=100),
            "method": TextField(label=_("Test method"), required=False, max_length=300),
            "must": forms.BooleanField(label=_("Must be met"), required=False),
        }

    @classmethod
    def initial_of(cls, challenge: Challenge) -> dict:
        read = {name: lambda row, name=name: getattr(row, name) for name in cls.columns()}
        return initial_of(challenge.indicators.all(), read)

    def rows(self) -> list[dict]:
        return self.filled

    def values(self) -> dict:
        return {}


class PaymentForm(Rows, PartForm):
    """The bounty and when which share of it is paid."""

    row_title = _("Payment")
    needed = ("months", "deliverable", "share")
    bounty = MoneyField(
        label=_("Bounty (yuan)"), minimum=1, widget=forms.TextInput(attrs=YUAN),
        help_text=_("What is paid in all, with tax. The season's first share of it is paid into escrow before the "
                    "challenge is published."),
    )  # fmt: skip

    @staticmethod
    def columns() -> dict[str, forms.Field]:
        return {
            "months": forms.IntegerField(
                label=_("Months after the contract"), required=False, min_value=1, max_value=120,
                widget=forms.TextInput(attrs=SHORT),
            ),
            "share": forms.DecimalField(
                label=_("Share of the bounty"), required=False, min_value=Decimal("0.01"), max_value=100,
                max_digits=5, decimal_places=2, widget=forms.TextInput(attrs=RATE),
            ),
            "deliverable": TextField(label=_("Deliverable"), required=False, max_length=300),
        }  # fmt: skip

    @classmethod
    def initial_of(cls, challenge: Challenge) -> dict:
        read = {
            "months": lambda row: row.months,
            "share": lambda row: plain(row.share_bp),
            "deliverable": lambda row: row.deliverable,
        }
        return {"bounty": challenge.bounty, **initial_of(challenge.payments.all(), read)}

    def values(self) -> dict:
        bounty = self.cleaned_data["bounty"]
        return {"bounty_fen": bounty.fen if bounty else None}

    def rows(self) -> list[dict]:
        return [
            {"months": row["months"], "deliverable": row["deliverable"], "share_bp": int(row["share"] * PERCENT)}
            for row in self.filled
        ]


class TermsForm(PartForm):
    """Deadline, who may propose, rights, winners, contact."""

    deadline_date = forms.DateField(
        label=_("Last day for proposals"),
        help_text=_("Until the end of this day, China time. It moves out if the publication is late."),
        widget=forms.DateInput(attrs={"type": "date", **MEDIUM}),
    )
    eligibility = TextField(
        label=_("Who may propose"), multiline=True, max_length=2_000,
        help_text=_("Rank, age and degree are no grounds to exclude anybody."),
    )  # fmt: skip
    mode = forms.ChoiceField(label=_("Cooperation"), choices=Mode.choices, widget=forms.RadioSelect)
    ownership = forms.ChoiceField(
        label=_("New rights"), choices=OwnershipRule.choices, widget=forms.RadioSelect,
        help_text=_("Without agreement they belong to who did the research (Civil Code Arts. 859 and 860)."),
    )  # fmt: skip
    ownership_terms = TextField(label=_("Terms about new rights"), multiline=True, required=False, max_length=2_000)
    most_winners = forms.IntegerField(
        label=_("Winners at most"), min_value=1, max_value=5, widget=forms.TextInput(attrs=SHORT),
        help_text=_("More than one is a horse race: teams work side by side up to a milestone."),
    )  # fmt: skip
    gate_milestone = forms.IntegerField(
        label=_("Several winners run up to milestone"), min_value=1, max_value=20, required=False,
        widget=forms.TextInput(attrs=SHORT),
    )  # fmt: skip
    contact_name = TextField(label=_("Contact"), max_length=60)
    contact_phone = TextField(label=_("Contact phone"), max_length=30, widget=forms.TextInput(attrs=MEDIUM))

    @classmethod
    def initial_of(cls, challenge: Challenge) -> dict:
        return {name: getattr(challenge, name) for name in cls.base_fields if name != "version"}


class RubricForm(Rows, PartForm):
    """The criteria by which experts score, with their weights."""

    row_title = _("Criterion")
    needed = ("name_zh_hans", "name_en", "weight")

    @staticmethod
    def columns() -> dict[str, forms.Field]:
        return {
            "name_zh_hans": TextField(label=_("Criterion (Chinese)"), required=False, max_length=100),
            "name_en": TextField(label=_("Criterion (English)"), required=False, max_length=100),
            "weight": forms.DecimalField(
                label=_("Weight"), required=False, min_value=Decimal("0.01"), max_value=100, max_digits=5,
                decimal_places=2, widget=forms.TextInput(attrs=RATE),
            ),
            "guide": TextField(label=_("What the scores mean"), required=False, max_length=1_000),
        }  # fmt: skip

    @classmethod
    def initial_of(cls, challenge: Challenge) -> dict:
        read = {name: lambda row, name=name: getattr(row, name) for name in ("name_zh_hans", "name_en", "guide")}
        return initial_of(challenge.criteria.all(), {**read, "weight": lambda row: plain(row.weight_bp)})

    def values(self) -> dict:
        return {}

    def rows(self) -> list[dict]:
        names = ("name_zh_hans", "name_en", "guide")
        return [
            {**{name: row[name] for name in names}, "weight_bp": int(row["weight"] * PERCENT)} for row in self.filled
        ]


def plain(bp: int) -> str:
    """Basis points as percent in a field: 12.5."""
    return f"{Decimal(bp) / PERCENT:f}".rstrip("0").rstrip(".") if bp % PERCENT else str(bp // PERCENT)


PART_FORMS: dict[str, type] = {
    "problem": ProblemForm,
    "indicators": IndicatorsForm,
    "payment": PaymentForm,
    "terms": TermsForm,
    "rubric": RubricForm,
}
