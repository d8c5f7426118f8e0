"""The form of a list season: texts, targets and rules."""

from datetime import timedelta

from django import forms
from django.utils.translation import gettext_lazy as _

from challenges.models import ListSeason
from challenges.services.draft_checks import LONGEST_AHEAD, TOO_FAR, furthest_day
from challenges.services.seasons import BOUNDS, EDITABLE
from foundation.core.clock import database_now, end_of_local_day, local_date
from foundation.core.forms import FormToken, TextField

DAY = timedelta(days=1)
SHORT = {"data-width": "short", "inputmode": "numeric"}


def _whole(name: str, label, **kwargs) -> forms.IntegerField:
    least, most = BOUNDS[name]
    widget = forms.TextInput(attrs=SHORT)
    return forms.IntegerField(label=label, min_value=least, max_value=most, widget=widget, **kwargs)


def _target(label) -> forms.IntegerField:
    return forms.IntegerField(
        label=label, min_value=0, max_value=100_000, initial=0, widget=forms.TextInput(attrs=SHORT)
    )


class SeasonForm(FormToken):
    """The texts, targets and rules of a season."""

    code = TextField(label=_("Code"), help_text=_("Year and letter: 2026A"), identifier=True, max_length=10)
    title_zh_hans = TextField(label=_("Title (Chinese)"), max_length=200)
    title_en = TextField(label=_("Title (English)"), max_length=200)
    about_zh_hans = TextField(label=_("Description (Chinese)"), multiline=True, required=False, max_length=4_000)
    about_en = TextField(label=_("Description (English)"), multiline=True, required=False, max_length=4_000)
    call_ends_on = forms.DateField(
        label=_("Firms hand in challenges until"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date", "data-width": "medium"}),
    )
    target_published = _target(_("Target: challenges published"))
    target_proposals = _target(_("Target: proposals"))
    target_contracted = _target(_("Target: contracts"))
    escrow_bp = _whole(
        "escrow_bp",
        _("Secured before publication, basis points of the bounty"),
        help_text=_("2000 to 10000: 20 to 100 percent"),
    )
    least_open_days = _whole("least_open_days", _("Days open for proposals at least"))
    questions_end_days = _whole("questions_end_days", _("Questions end so many days before the deadline"))
    panel_size = _whole("panel_size", _("Experts on a panel"), help_text=_("Two thirds of them from outside the firm"))
    reserve_experts = _whole("reserve_experts", _("Reserve experts drawn"))
    invitation_days = _whole("invitation_days", _("Working days to answer an invitation"))
    is_blind = forms.BooleanField(label=_("Experts do not see who proposes"), required=False)
    drop_extremes = forms.BooleanField(label=_("The highest and the lowest score do not count"), required=False)
    most_winners = _whole("most_winners", _("Winners of one challenge at most"))
    notice_days = _whole("notice_days", _("Days of public notice"), help_text=_("5 to 7"))
    contract_days = _whole("contract_days", _("Working days to sign the contract"))
    rework_times = _whole("rework_times", _("Rework of a milestone at most"))
    acceptance_days = _whole("acceptance_days", _("Working days to decide about a milestone"))
    nda_zh_hans = TextField(label=_("Non-disclosure agreement (Chinese)"), multiline=True)
    nda_en = TextField(label=_("Non-disclosure agreement (English)"), multiline=True)
    commitment_zh_hans = TextField(label=_("Commitment letter (Chinese)"), multiline=True)
    commitment_en = TextField(label=_("Commitment letter (English)"), multiline=True)

    def clean_call_ends_on(self):
        """A day that calendars and clocks can reach."""
        day = self.cleaned_data["call_ends_on"]
        if day is not None and day > furthest_day(local_date(database_now())):
            raise forms.ValidationError(TOO_FAR.format(years=LONGEST_AHEAD), code="too_far")
        return day

    @classmethod
    def initial_of(cls, season: ListSeason) -> dict:
        """What the form shows of a season."""
        ends = season.call_ends_at
        shown = {name: getattr(season, name) for name in EDITABLE if name in cls.base_fields}
        return shown | {"call_ends_on": None if ends is None else local_date(ends) - DAY}

    def values(self) -> dict:
        """The columns for the service."""
        said = {name: value for name, value in self.cleaned_data.items() if name not in ("form_token", "call_ends_on")}
        day = self.cleaned_data["call_ends_on"]
        return {**said, "call_ends_at": None if day is None else end_of_local_day(day)}
