"""Beginning a challenge, and putting documents beside it."""

from django import forms
from django.utils.translation import gettext_lazy as _

from foundation.core.forms import FormToken, TextField


class NewChallengeForm(FormToken):
    """What is needed to begin: a season and a title."""

    season = forms.ModelChoiceField(label=_("List season"), queryset=None, to_field_name="code", empty_label=None)
    title_zh_hans = TextField(
        label=_("Title (Chinese)"), help_text=_("One sentence that says what is to be reached."), max_length=300
    )

    def __init__(self, *args, seasons, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["season"].queryset = seasons
        self.fields["season"].label_from_instance = lambda season: f"{season.title} ({season.code})"


class AttachmentForm(FormToken):
    """A document of a challenge."""

    upload = forms.FileField(label=_("File"), help_text=_("PDF, PNG or JPEG"))
    title = TextField(label=_("Title"), max_length=200)
    is_confidential = forms.BooleanField(
        label=_("Confidential: only organizations that signed the non-disclosure agreement may read it"),
        required=False,
    )
