"""The profile of an expert: what is compared with the teams at a draw."""

from django import forms
from django.utils.translation import gettext_lazy as _

from challenges.models import Expert
from foundation.core.forms import FormToken, TextField

MOST_NAMES = 200


class LinesField(TextField):
    """One entry a line; commas separate as well."""

    def __init__(self, **kwargs):
        super().__init__(multiline=True, required=False, max_length=10_000, **kwargs)

    def clean(self, value):
        text = super().clean(value) or ""
        for mark in "，,；;、":
            text = text.replace(mark, "\n")
        return [line.strip() for line in text.splitlines() if line.strip()][:MOST_NAMES]


class Profile(FormToken):
    """What an expert, or an officer for them, writes."""

    unit_name = TextField(
        label=_("Unit"), help_text=_("The full registered name: teams of this unit are not given to this expert.")
    )
    title = TextField(label=_("Professional title"), required=False, max_length=100)
    ipc = TextField(
        label=_("Fields (IPC)"), help_text=_("For example H01M; several with commas."), required=False, max_length=400
    )
    names = LinesField(label=_("Names as an inventor"), help_text=_("As they stand in patents, one in each line."))
    coauthors = LinesField(
        label=_("People this expert must not judge"),
        help_text=_("Co-authors, co-inventors and project partners of the last three years, relatives. One a line."),
    )

    @classmethod
    def initial_of(cls, expert: Expert) -> dict[str, str]:
        """What stands in the profile."""
        return {
            "unit_name": expert.unit_name,
            "title": expert.title,
            "ipc": ", ".join(expert.ipc),
            "names": "\n".join(expert.names),
            "coauthors": "\n".join(expert.coauthors),
        }


class NewExpert(Profile):
    """Somebody with the role of an expert enters the pool."""

    email = forms.EmailField(
        label=_("E-mail address"), help_text=_("Of the account that has the role of an expert."), max_length=254
    )
    field_order = ("email",)


class Reason(FormToken):
    """An act that may have a reason."""

    reason = TextField(label=_("Reason"), multiline=True, max_length=500, required=False)
