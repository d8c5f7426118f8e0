"""Which moment of a decided lot is shown."""

from django import forms


class Moment(forms.Form):
    """After which bid; the last one unless named."""

    seq = forms.IntegerField(min_value=0, max_value=2_000_000_000, required=False)

    def within(self, last: int) -> int:
        """The bid that was asked for, at most the last one."""
        asked = self.cleaned_data.get("seq") if self.is_valid() else None
        return last if asked is None else min(asked, last)
