"""What the certificate check accepts."""

from django import forms
from django.utils.translation import gettext_lazy as _

from foundation.core import numbering
from foundation.core.forms import TextField


class FindCertificate(forms.Form):
    """The number and check code printed on a certificate."""

    number = TextField(
        label=_("Certificate number"),
        help_text=_("Printed at the top, such as JZ-2026-000871-0"),
        max_length=40,
        identifier=True,
    )
    code = TextField(
        label=_("Check code"),
        help_text=_("Eight characters printed beside the QR code"),
        max_length=20,
        identifier=True,
    )

    def clean_number(self) -> str:
        number = self.cleaned_data["number"].upper().replace(" ", "")
        if not numbering.is_valid(number):
            raise forms.ValidationError(
                _("This number has a typing error: its last character does not fit the rest."),
                code="check_character",
            )
        return number

    def clean_code(self) -> str:
        return self.cleaned_data["code"].upper().replace(" ", "")


class CheckFile(forms.Form):
    """A PDF to compare, or the SHA-256 that the browser computed from it."""

    file = forms.FileField(label=_("PDF file"), required=False)
    sha256 = forms.RegexField(
        r"^\s*[0-9a-fA-F]{64}\s*$",
        label=_("SHA-256 of the file"),
        required=False,
        error_messages={"invalid": _("A SHA-256 has 64 characters, 0-9 and a-f.")},
    )

    def clean(self) -> dict:
        data = super().clean()
        if not self.errors and not (data.get("file") or data.get("sha256")):
            self.add_error("file", _("Choose a PDF file."))
        return data
