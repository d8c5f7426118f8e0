"""What a person sets for themselves."""

from django import forms
from django.utils.translation import pgettext_lazy

from accounts.models import User
from foundation.core.forms import TextField


class PreferencesForm(forms.ModelForm):
    """Name, language and theme."""

    name = TextField(label=pgettext_lazy("person", "Name"), max_length=80, required=False)

    class Meta:
        model = User
        fields = ["name", "language", "theme"]
