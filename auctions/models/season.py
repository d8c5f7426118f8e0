"""The season, its rules and its sessions."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from auctions.lifecycle import SEASON, SESSION
from foundation.core.models import AwareDateTimeField, Stamped, Stateful
from patents.models.patents import Titled, in_language


class LegalForm(models.TextChoices):
    """Who conducts it: the platform by online competitive bidding, or a licensed house (Auction Law Arts. 10-16)."""

    PLATFORM = "platform", _("Online competitive bidding by the platform")
    HOUSE = "house", _("Auction by a licensed auction house")


class Season(Titled, Stateful, Stamped):
    """An auction season with its rules; the rules are fixed when it is announced (a trigger refuses changes)."""

    LIFECYCLE = SEASON

    code = models.CharField(_("code"), max_length=10, unique=True)  # "2026S1", stands in the numbers of its lots
    title_zh_hans = models.CharField(_("title (Chinese)"), max_length=200)
    title_en = models.CharField(_("title (English)"), max_length=200)
    about_zh_hans = models.TextField(_("description (Chinese)"), blank=True, max_length=4000)
    about_en = models.TextField(_("description (English)"), blank=True, max_length=4000)

    legal_form = models.CharField(_("legal form"), max_length=10, choices=LegalForm, default=LegalForm.PLATFORM)
    house_name = models.CharField(_("auction house"), max_length=200, blank=True)
    house_license = models.CharField(_("license of the auction house"), max_length=60, blank=True)
    auctioneer_name = models.CharField(_("auctioneer"), max_length=60, blank=True)
    auctioneer_license = models.CharField(_("license of the auctioneer"), max_length=60, blank=True)

    # basis points, working days, seconds; [upper bound in fen or null, value] rows in ascending order
    deposit_bp = models.PositiveIntegerField(_("deposit, basis points of the start price"), default=1000)
    increments = models.JSONField(_("increments"), default=list)
    commissions = models.JSONField(_("buyer's commission"), default=list)
    max_steps = models.PositiveSmallIntegerField(_("most increments in one bid"), null=True, blank=True, default=5)
    on_grid = models.BooleanField(_("bids stand on whole increments"), default=True)
    own_raise = models.BooleanField(_("the leader may raise the own bid"), default=False)
    window_seconds = models.PositiveIntegerField(_("late bids: within the last seconds"), default=300)
    extension_seconds = models.PositiveIntegerField(_("late bids: extend by seconds"), default=300)
    hard_limit = models.TimeField(_("no bidding after"), null=True, blank=True)  # Shanghai
    resume_at = models.TimeField(_("goes on next morning at"), null=True, blank=True)  # Shanghai
    notice_days = models.PositiveSmallIntegerField(_("days between notice and start"), default=7)
    viewing_days = models.PositiveSmallIntegerField(_("days of viewing"), default=2)
    priority_days = models.PositiveSmallIntegerField(_("working days for priority holders to answer"), default=5)
    confirmation_days = models.PositiveSmallIntegerField(_("working days to sign the confirmation"), default=3)
    balance_days = models.PositiveSmallIntegerField(_("working days to pay the balance"), default=10)
    public_notice_days = models.PositiveSmallIntegerField(_("days of public notice of state sellers"), default=15)
    relist_cut_bp = models.PositiveIntegerField(_("cut at a new listing at most, basis points"), default=2000)
    forfeit_platform_bp = models.PositiveIntegerField(_("platform's share of a forfeited deposit"), default=2000)
    withdrawal_cost_bp = models.PositiveIntegerField(
        _("cost of a withdrawn lot, basis points of the start price"), default=100
    )
    offer_to_underbidder = models.BooleanField(_("after a default the lot is offered to the underbidder"), default=True)
    agreement_zh_hans = models.TextField(_("bidder agreement (Chinese)"), blank=True)
    agreement_en = models.TextField(_("bidder agreement (English)"), blank=True)
    next_lot = models.PositiveIntegerField(default=1)
    announced_at = AwareDateTimeField(null=True)

    class Meta:
        ordering = ["-code"]
        verbose_name = _("Auction season")
        verbose_name_plural = _("Auction seasons")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(deposit_bp__gte=500, deposit_bp__lte=2000), name="auctions_deposit_5_to_20_percent"
            ),
            models.CheckConstraint(
                condition=models.Q(forfeit_platform_bp__lte=10_000), name="auctions_forfeit_share_within_whole"
            ),
            models.CheckConstraint(
                condition=models.Q(hard_limit__isnull=True, resume_at__isnull=True)
                | models.Q(hard_limit__isnull=False, resume_at__isnull=False),
                name="auctions_hard_limit_with_resumption",
            ),
            models.CheckConstraint(
                condition=models.Q(legal_form="platform")
                | ~models.Q(house_name="") & ~models.Q(house_license="") & ~models.Q(auctioneer_name=""),
                name="auctions_house_is_licensed",
            ),
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def number(self) -> str:
        """What events call it."""
        return self.code

    @property
    def about(self) -> str:
        """The description in the language of the page, or in the other one."""
        return in_language(self.about_zh_hans, self.about_en)[0]

    def get_absolute_url(self) -> str:
        """The public page of the season."""
        return reverse("auctions:season_detail", args=[self.code])


class Session(Stateful, Stamped):
    """A sitting of a season (weekly by default): all its lots share notice, viewing, start and planned end."""

    LIFECYCLE = SESSION

    season = models.ForeignKey(Season, models.PROTECT, related_name="sessions")
    position = models.PositiveSmallIntegerField(_("session"))
    notice_at = AwareDateTimeField(_("notice published at"), null=True)
    viewing_from = models.DateField(_("viewing from"))
    viewing_until = models.DateField(_("viewing until"))
    registration_until_at = AwareDateTimeField(_("registration and deposit until"))
    starts_at = AwareDateTimeField(_("starts at"))
    planned_ends_at = AwareDateTimeField(_("ends at, unless extended"))

    class Meta:
        ordering = ["season", "position"]
        verbose_name = _("Auction session")
        verbose_name_plural = _("Auction sessions")
        constraints = [
            models.UniqueConstraint(fields=["season", "position"], name="auctions_session_once"),
            models.CheckConstraint(
                condition=models.Q(planned_ends_at__gt=models.F("starts_at"))
                & models.Q(registration_until_at__lte=models.F("planned_ends_at"))
                & models.Q(viewing_until__gte=models.F("viewing_from")),
                name="auctions_session_times_in_order",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.season.code}/{self.position}"

    @property
    def number(self) -> str:
        """What events call it."""
        return str(self)

    def get_absolute_url(self) -> str:
        """The public page of the session."""
        return reverse("auctions:session_detail", args=[self.season.code, self.position])
