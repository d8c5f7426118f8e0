"""Forms of seasons and sessions. Moments are typed and shown in Shanghai time."""

from datetime import datetime

from django import forms
from django.utils.translation import gettext_lazy as _

from auctions.models import LegalForm, Lot, Season, Session
from auctions.services.seasons import EDITABLE
from foundation.core.clock import LOCAL
from foundation.core.forms import FormToken, TextField
from foundation.core.money import Money

SHORT = {"data-width": "short", "inputmode": "numeric"}
OPEN_END = "*"
LOCAL_FORMAT = "%Y-%m-%dT%H:%M"
PERCENT = 100
FOLLOWS = _("The standard text changes with the legal form when the draft is saved; your own words stay.")


class RowsField(forms.CharField):
    """A table of bounds as lines “bound: value”; the bound of the last line is *. Yuan; ``rate`` reads percent."""

    def __init__(self, *, rate: bool = False, **kwargs):
        self.rate = rate
        super().__init__(widget=forms.Textarea(attrs={"rows": 5}), **kwargs)

    def to_python(self, value):
        if value in self.empty_values:
            return []
        if isinstance(value, list):
            return value
        return [self._row(line) for line in value.replace("：", ":").splitlines() if line.strip()]

    def _row(self, line: str) -> list:
        bound, _colon, given = (part.strip() for part in line.partition(":"))
        try:
            upper = None if bound == OPEN_END else Money.parse(bound).fen
            return [upper, Money.parse(given.replace("%", "")).fen]  # percent x 100 are basis points
        except ValueError as error:
            message = _("Write each line as “bound: value”, the last one as “*: value”.")
            raise forms.ValidationError(message, code="rows") from error

    def prepare_value(self, value):
        if not isinstance(value, list):
            return value
        return "\n".join(
            f"{OPEN_END if bound is None else Money(bound).yuan}: {Money(given).yuan}" for bound, given in value
        )


class MomentField(forms.CharField):
    """A day and a time in Shanghai; gives an aware moment."""

    def __init__(self, **kwargs):
        widget = forms.DateTimeInput(attrs={"type": "datetime-local", "data-width": "medium"}, format=LOCAL_FORMAT)
        super().__init__(widget=widget, **kwargs)

    def to_python(self, value):
        if value in self.empty_values:
            return None
        if isinstance(value, datetime):
            return value
        try:
            return datetime.strptime(str(value)[:16], LOCAL_FORMAT).replace(tzinfo=LOCAL)
        except ValueError as error:
            raise forms.ValidationError(_("Enter a day and a time."), code="moment") from error

    def prepare_value(self, value):
        return value.astimezone(LOCAL).strftime(LOCAL_FORMAT) if isinstance(value, datetime) else value


def _whole(label, **kwargs) -> forms.IntegerField:
    return forms.IntegerField(label=label, min_value=0, widget=forms.TextInput(attrs=SHORT), **kwargs)


def _day(label) -> forms.DateField:
    return forms.DateField(label=label, widget=forms.DateInput(attrs={"type": "date", "data-width": "medium"}))


class SeasonForm(FormToken):
    """The texts and rules of a season."""

    code = TextField(label=_("Code"), help_text=_("Year, letter, number: 2026S1"), identifier=True, max_length=10)
    title_zh_hans = TextField(label=_("Title (Chinese)"), max_length=200)
    title_en = TextField(label=_("Title (English)"), max_length=200)
    about_zh_hans = TextField(label=_("Description (Chinese)"), multiline=True, required=False, max_length=4_000)
    about_en = TextField(label=_("Description (English)"), multiline=True, required=False, max_length=4_000)
    legal_form = forms.ChoiceField(
        label=_("Legal form"),
        help_text=_("Only a licensed house with an auctioneer may hold auctions (Auction Law Arts. 10 to 16)."),
        choices=LegalForm.choices,
        widget=forms.RadioSelect,
    )
    house_name = TextField(label=_("Auction house"), required=False, max_length=200)
    house_license = TextField(label=_("License of the auction house"), required=False, max_length=60)
    auctioneer_name = TextField(label=_("Auctioneer"), required=False, max_length=60)
    auctioneer_license = TextField(label=_("License of the auctioneer"), required=False, max_length=60)
    deposit_bp = _whole(_("Deposit, basis points of the start price"), help_text=_("500 to 2000: 5 to 20 percent"))
    increments = RowsField(
        label=_("Increment by start price (yuan)"),
        help_text=_("One line each, such as 100000: 1000 for prices below 100,000; the last one *: 100000."),
    )
    commissions = RowsField(
        label=_("Buyer's commission by slices of the price (percent)"),
        help_text=_("One line each, such as 2000000: 3; the last one *: 1. At most 5 percent (Auction Law Art. 56)."),
        rate=True,
    )
    max_steps = _whole(_("Most increments in one bid"), required=False, help_text=_("Empty: no limit"))
    on_grid = forms.BooleanField(label=_("Bids stand on whole increments"), required=False)
    own_raise = forms.BooleanField(label=_("The leader may raise the own bid"), required=False)
    window_seconds = _whole(_("Late bids: within the last seconds"))
    extension_seconds = _whole(_("Late bids: extend by seconds"))
    hard_limit = forms.TimeField(
        label=_("No bidding after (China time)"), required=False, widget=forms.TimeInput(attrs={"type": "time"})
    )
    resume_at = forms.TimeField(
        label=_("Goes on next morning at (China time)"), required=False, widget=forms.TimeInput(attrs={"type": "time"})
    )
    notice_days = _whole(_("Days between notice and start"))
    viewing_days = _whole(_("Days of viewing"))
    priority_days = _whole(_("Working days for holders of first rights to answer"))
    confirmation_days = _whole(_("Working days to sign the confirmation"))
    balance_days = _whole(_("Working days to pay the balance"))
    public_notice_days = _whole(_("Days of public notice of state sellers"))
    relist_cut_bp = _whole(_("Cut at a new listing at most, basis points"))
    forfeit_platform_bp = _whole(_("Platform's share of a forfeited deposit, basis points"))
    withdrawal_cost_bp = _whole(
        _("Cost of a withdrawn lot, basis points of the start price"),
        help_text=_("Borne by the seller who withdraws an announced lot: 0 to 500 (Auction Law Art. 29)"),
    )
    offer_to_underbidder = forms.BooleanField(
        label=_("After a default the lot is offered to the underbidder"), required=False
    )
    agreement_zh_hans = TextField(label=_("Bidder agreement (Chinese)"), help_text=FOLLOWS, multiline=True)
    agreement_en = TextField(label=_("Bidder agreement (English)"), help_text=FOLLOWS, multiline=True)

    @staticmethod
    def initial_of(season: Season) -> dict:
        """What the form shows of a season."""
        return {name: getattr(season, name) for name in EDITABLE}

    def values(self) -> dict:
        """The columns for the service."""
        return {name: value for name, value in self.cleaned_data.items() if name != "form_token"}


class SessionForm(FormToken):
    """The dates of one session."""

    viewing_from = _day(_("Viewing from"))
    viewing_until = _day(_("Viewing until"))
    registration_until_at = MomentField(label=_("Registration and deposit until (China time)"))
    starts_at = MomentField(label=_("Bidding starts (China time)"))
    planned_ends_at = MomentField(label=_("Bidding ends, unless extended (China time)"))

    @classmethod
    def initial_of(cls, session: Session) -> dict:
        """What the form shows of a session."""
        return {name: getattr(session, name) for name in cls.base_fields if name != "form_token"}

    def values(self) -> dict:
        """The dates for the service."""
        return {name: value for name, value in self.cleaned_data.items() if name != "form_token"}


class WeeksForm(FormToken):
    """A weekly plan: 10:00 to 10:00 of the next day, viewing on the days before."""

    first_day = _day(_("First session on"))
    weeks = forms.IntegerField(
        label=_("How many weeks"), min_value=1, max_value=26, initial=1, widget=forms.TextInput(attrs=SHORT)
    )


class AssignForm(FormToken):
    """Which selected lots stand in a session."""

    lots = forms.ModelMultipleChoiceField(
        label=_("Lots of this session"), queryset=Lot.objects.none(), required=False,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip

    def __init__(self, *args, lots, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["lots"].queryset = lots
        self.fields["lots"].label_from_instance = lambda lot: f"{lot.number} · {lot.title} · {lot.start}"
