"""What experts and officers fill in while proposals are judged."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from challenges.forms.experts import LinesField
from foundation.core.forms import FormToken, TextField

HIGHEST = 100
POINTS = {"inputmode": "numeric", "data-width": "short", "data-suffix": "/ 100", "autocomplete": "off"}


class Draw(FormToken):
    """The draw of a panel."""

    by_field = forms.BooleanField(
        label=_("Only experts who work in one of the challenge's IPC classes"), required=False, initial=True
    )


class Token(FormToken):
    """An act without anything to fill in."""


class Accept(FormToken):
    """An expert takes the seat."""

    coauthors = LinesField(
        label=_("Whom must you not judge?"),
        help_text=_(
            "Co-authors, project partners and relatives who may stand behind a proposal, one a line. The names are "
            "compared with the teams; if one meets, another expert is invited and you learn no more about it."
        ),
    )
    may_sign = forms.BooleanField(
        label=_("I know of no other conflict of interest, and I keep everything I read here secret."),
        error_messages={"required": _("Tick that you know of no other conflict and keep what you read secret.")},
    )


class Decline(FormToken):
    """The seat is given up."""

    reason = TextField(label=_("Reason"), multiline=True, max_length=500, required=False)


class TakeBack(FormToken):
    """An officer takes a seat back."""

    reason = TextField(label=_("Reason"), multiline=True, max_length=500)


class Recuse(FormToken):
    """A conflict came to light."""

    proposal = forms.ChoiceField(label=_("With which proposal?"), required=False)
    reason = TextField(label=_("What is the conflict?"), multiline=True, max_length=500)

    def __init__(self, *args, proposals=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.found = {one.number: one for one in proposals}
        numbers = [(number, number) for number in self.found]
        self.fields["proposal"].choices = [("", _("With all of them, or with the firm")), *numbers]

    def clean_proposal(self):
        return self.found.get(self.cleaned_data["proposal"])


class PointsField(forms.IntegerField):
    """Points that may still be missing while one types; whoever hands in is told by the service."""

    def validate(self, value):
        """Nothing is asked for here."""


class Scores(FormToken):
    """Points and a comment for each criterion; ``version`` is what the page was made from."""

    version = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)

    def __init__(self, *args, criteria, **kwargs):
        super().__init__(*args, **kwargs)
        self.criteria, self.saved = list(criteria), {}
        for one in self.criteria:
            self.fields[f"points_{one.pk}"] = PointsField(
                label=_("Points"), min_value=0, max_value=HIGHEST,
                widget=forms.TextInput(attrs=dict(POINTS)),
                error_messages={name: _("Enter a whole number from 0 to 100.")
                                for name in ("invalid", "min_value", "max_value")},
            )  # fmt: skip
            if one == self.criteria[0]:
                self.fields[f"points_{one.pk}"].widget.attrs["data-key"] = "s"
            comment = TextField(label=_("Comment"), multiline=True, required=False, max_length=2000)
            comment.widget.attrs["rows"] = 2
            self.fields[f"comment_{one.pk}"] = comment

    @property
    def given(self) -> dict[int, tuple[int | None, str]]:
        """For the service."""
        data = self.cleaned_data
        return {one.pk: (data.get(f"points_{one.pk}"), data.get(f"comment_{one.pk}") or "") for one in self.criteria}

    @property
    def rubric(self) -> list[dict[str, Any]]:
        """Each criterion with its two fields."""
        return [
            {
                "criterion": one,
                "points": self[f"points_{one.pk}"],
                "comment": self[f"comment_{one.pk}"],
                "saved": self.saved.get(one.pk),
            }
            for one in self.criteria
        ]

    def go_on_from(self, version: int, rows: dict[int, Any]) -> None:
        """Another tab saved other points: the page is made from them now and shows them beside what was typed."""
        self.data = self.data.copy()
        self.data["version"] = str(version)
        self.saved = rows

    @staticmethod
    def initial_of(rows: dict[int, Any]) -> dict[str, Any]:
        """What was given so far."""
        found: dict[str, Any] = {}
        for pk, row in rows.items():
            found |= {f"points_{pk}": row.points, f"comment_{pk}": row.comment}
        return found
