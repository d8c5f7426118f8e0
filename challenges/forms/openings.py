"""What openers type: a passphrase for a new key, a share at the opening, what happened to a lost one.

None of these that carries a secret is a `FormToken`: nothing of it may be kept.
"""

from django import forms
from django.utils.translation import gettext_lazy as _

from foundation.core.forms import FormToken, TextField

LONGEST_SHARE = 4_000
HIDDEN_TEXT = {"autocomplete": "off", "spellcheck": "false", "data-width": "medium"}


class KeyForm(forms.Form):
    """A passphrase under which the private half is handed out."""

    passphrase = forms.CharField(
        label=_("Passphrase for your share"),
        help_text=_("Several words you remember. The share cannot be used without it, and nobody can reset it."),
        max_length=200,
        strip=False,
        widget=forms.PasswordInput(attrs=HIDDEN_TEXT | {"autocomplete": "new-password"}),
    )
    again = forms.CharField(
        label=_("The passphrase once more"),
        max_length=200,
        strip=False,
        widget=forms.PasswordInput(attrs=HIDDEN_TEXT | {"autocomplete": "new-password"}),
    )

    def clean(self):
        data = super().clean()
        if data.get("passphrase") and data.get("again") and data["passphrase"] != data["again"]:
            self.add_error("again", _("The two passphrases differ."))
        return data


class ShareForm(forms.Form):
    """The share as a file or as text, and its passphrase."""

    file = forms.FileField(label=_("File with your share"), required=False)
    share = forms.CharField(
        label=_("or its text"),
        required=False,
        max_length=LONGEST_SHARE,
        widget=forms.Textarea(attrs={"rows": 6, "autocomplete": "off", "spellcheck": "false"}),
    )
    passphrase = forms.CharField(
        label=_("Passphrase"),
        max_length=200,
        strip=False,
        widget=forms.PasswordInput(attrs=HIDDEN_TEXT),
    )

    def clean(self):
        data = super().clean()
        if upload := data.get("file"):
            data["share"] = upload.read(LONGEST_SHARE).decode("utf-8", "replace")
        if not data.get("share") and "share" not in self.errors:
            self.add_error("share", _("Choose the file with your share or paste its text."))
        return data


class LossForm(FormToken):
    """What happened to a share."""

    reason = TextField(label=_("What happened to the share"), multiline=True, max_length=1_000)


class ReopenForm(FormToken):
    """A new last day, and why."""

    last_day = forms.DateField(
        label=_("New last day for proposals"), widget=forms.DateInput(attrs={"type": "date", "data-width": "medium"})
    )
    reason = TextField(label=_("Reason"), help_text=_("It is published."), multiline=True, max_length=2_000)
