"""What the acts on milestones accept."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext as now_translated
from django.utils.translation import gettext_lazy as _

from challenges.models import Acceptance, Indicator
from challenges.services.milestones import MOST_FILES
from foundation.core.forms import FormToken, TextField

MET = (("yes", _("Met")), ("no", _("Not met")), ("", _("Not measured")))


class SeveralFiles(forms.ClearableFileInput):
    """One control for several files."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Several files; gives a list."""

    widget = SeveralFiles

    def clean(self, data, initial=None):
        one = super().clean
        given = data if isinstance(data, list | tuple) else [data] if data else []
        if not given:
            one(None, initial)
        return [one(file, initial) for file in given]


class HandIn(FormToken):
    """What the team delivers."""

    text = TextField(
        label=_("Report"), help_text=_("What was done, what was reached, where it can be seen."), multiline=True,
        max_length=6000,
    )  # fmt: skip
    file = FilesField(
        label=_("Files"), required=False,
        help_text=_("PDF, PNG or JPEG, several at once. Only the two parties and the officers read them."),
    )  # fmt: skip

    def clean_file(self) -> list[Any]:
        files = self.cleaned_data["file"]
        if len(files) > MOST_FILES:
            raise forms.ValidationError(_("At most %(most)s documents."), params={"most": MOST_FILES})
        return files

    def values(self) -> dict[str, Any]:
        """What the service takes."""
        return {"text": self.cleaned_data["text"], "uploads": self.cleaned_data["file"]}


class Decide(FormToken):
    """The decision about what was handed in, with what was measured."""

    outcome = forms.ChoiceField(label=_("Decision"), widget=forms.RadioSelect)
    reason = TextField(label=_("Reasons"), help_text=_("The team reads them."), multiline=True, max_length=4000)

    def __init__(self, *args, indicators: Iterable[Indicator], may_rework: bool, **kwargs):
        super().__init__(*args, **kwargs)
        choices = [one for one in Acceptance.Outcome.choices if may_rework or one[0] != Acceptance.Outcome.REWORK]
        self.fields["outcome"].choices = choices
        self.indicators = list(indicators)
        for row in self.indicators:
            unit = f" ({row.unit})" if row.unit else ""
            self.fields[f"value_{row.pk}"] = TextField(
                label=now_translated("Measured: %(name)s") % {"name": f"{row.name}{unit}"}, max_length=100,
                required=False, widget=forms.TextInput(attrs={"data-width": "medium"}),
            )  # fmt: skip
            self.fields[f"met_{row.pk}"] = forms.ChoiceField(
                label=now_translated("%(name)s: met?") % {"name": row.name}, choices=MET, required=False,
                widget=forms.RadioSelect,
            )  # fmt: skip

    def measured_rows(self) -> list[dict[str, Any]]:
        """Each indicator with its two fields."""
        return [
            {"indicator": row, "value": self[f"value_{row.pk}"], "met": self[f"met_{row.pk}"]}
            for row in self.indicators
        ]

    def decision_fields(self) -> list[forms.BoundField]:
        """The fields of the decision itself."""
        return [self["outcome"], self["reason"]]

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        for row in self.indicators:
            value, met = data.get(f"value_{row.pk}"), data.get(f"met_{row.pk}")
            if met and not value:
                self.add_error(f"value_{row.pk}", _("Enter what was measured."))
            if value and not met:
                self.add_error(f"met_{row.pk}", _("Say whether the indicator is met."))
        return data

    def values(self) -> dict[str, Any]:
        """What the service takes."""
        data = self.cleaned_data
        measured = {
            row.pk: (data[f"value_{row.pk}"], data[f"met_{row.pk}"] == "yes")
            for row in self.indicators
            if data.get(f"met_{row.pk}")
        }
        return {"outcome": data["outcome"], "reason": data["reason"], "measured": measured}
