"""What the pages of notifications accept."""

from django import forms
from django.utils.translation import gettext_lazy as _

from foundation.core.forms import TextField
from notifications.models import SavedSearch


class SaveForm(forms.Form):
    """Kind and query string of a result list, and how often to be told: at once unless said otherwise."""

    kind = TextField(max_length=60)
    query = forms.CharField(required=False, max_length=2000)
    frequency = forms.ChoiceField(required=False, choices=SavedSearch.Frequency.choices)

    def clean_frequency(self):
        return self.cleaned_data["frequency"] or SavedSearch.Frequency.INSTANT


class SearchForm(forms.Form):
    """Name and rhythm of a saved search."""

    name = TextField(label=_("Name"), max_length=120)
    frequency = forms.ChoiceField(label=_("How often"), choices=SavedSearch.Frequency.choices, widget=forms.RadioSelect)
