"""What all sections of a declaration share."""

from django import forms

OF_THE_PAGE = ("version", "page")


class Section(forms.Form):
    """One section. ``version`` is the draft's version that the page was made from, ``page`` names that page."""

    version = forms.IntegerField(min_value=0, max_value=10**9, widget=forms.HiddenInput)
    page = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)

    def values(self) -> dict:
        """What the service keeps, from clean data."""
        return {name: value for name, value in self.cleaned_data.items() if name not in OF_THE_PAGE}

    @classmethod
    def initial_of(cls, kept: dict) -> dict:
        """The form's initial values from what was kept."""
        return dict(kept)
