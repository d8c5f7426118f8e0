"""What the pages of patents accept."""

from django import forms
from django.utils.translation import gettext_lazy as _

from foundation.core.forms import FormToken, TextField
from patents.register_facts import FACTS


class UploadForm(FormToken):
    """A portfolio file. What is in it is judged by the service."""

    file = forms.FileField(
        label=_("File"),
        help_text=_("CSV (UTF-8, GB18030 or UTF-16; comma, semicolon or TAB) or XLSX, up to 20 MB and 50,000 rows."),
        allow_empty_file=True,
        max_length=500,
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,.tsv,.txt,.xlsx"}),
    )


class ConfirmForm(FormToken):
    """The confirmation of a preview, bound to the file that was shown."""

    sha256 = forms.CharField(max_length=64, widget=forms.HiddenInput)
    include_foreign = forms.BooleanField(required=False)

    def __init__(self, *args, foreign: int = 0, **kwargs):
        super().__init__(*args, **kwargs)
        if not foreign:
            del self.fields["include_foreign"]
            return
        self.fields["include_foreign"].label = _(
            "Also import the %(n)s rows that name another patentee: these patents are ours"
        ) % {"n": foreign}
        self.fields["include_foreign"].help_text = _(
            "For former names and transfers the file does not know yet. The first patentee of each such row is taken "
            "to be your organization; the printed name is kept."
        )


class CheckForm(forms.Form):
    """A list of numbers to check, one a line."""

    numbers = forms.CharField(
        label=_("Patent numbers, one a line"),
        help_text=_("Any notation: ZL 2021 1 0123456.7, CN202110123456.7, 2021101234567. At most 2,000 lines."),
        max_length=200_000,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 8, "spellcheck": "false"}),
    )

    def clean_numbers(self) -> str:
        """Spaces and invisible characters alone are nothing."""
        field, typed = self.fields["numbers"], self.cleaned_data["numbers"]
        if not any(sign.isprintable() and not sign.isspace() for sign in typed):
            raise forms.ValidationError(field.error_messages["required"], code="required")
        return typed


def _answers():
    return [
        (str(label), [(f"{name}:{value}", text) for value, text in values.items()])
        for name, (label, values) in FACTS.items()
        if values
    ]


class ExtractForm(FormToken):
    """A register extract: what it says, its date, the paper."""

    statement = forms.ChoiceField(label=_("What the extract says"), choices=_answers)
    extract_date = forms.DateField(
        label=_("Date of the extract"), widget=forms.DateInput(attrs={"type": "date", "data-width": "medium"})
    )
    file = forms.FileField(label=_("Extract"), help_text=_("PDF, PNG or JPEG"), allow_empty_file=True, max_length=500)

    field_order = ["statement", "extract_date", "file"]


class RefuseForm(FormToken):
    """Why an extract is not accepted."""

    reason = TextField(label=_("Reason"), multiline=True, max_length=500)
