"""The lot: what is sold, by whom, at what start price; its patents and its floor."""

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from auctions import bidding
from auctions.lifecycle import LOT, LotState
from auctions.models.season import Season, Session
from foundation.core.models import AwareDateTimeField, Stamped, Stateful
from foundation.core.money import Money
from patents.models.patents import Titled, in_language


class Subject(models.TextChoices):
    """What the buyer gets; the keys are those of the encumbrance matrix."""

    ASSIGNMENT = "assignment", _("Assignment of the patent")
    EXCLUSIVE_LICENSE = "exclusive_license", _("Exclusive license")
    ORDINARY_LICENSE = "ordinary_license", _("Ordinary license")
    APPLICATION_RIGHT = "application_right", _("Right in an application")
    PROJECT = "project", _("Innovation project")


class Lot(Titled, Stateful, Stamped):
    """One lot of a season. What changes with every bid stands in its `Floor`, not here."""

    LIFECYCLE = LOT

    number = models.CharField(_("number"), max_length=40, unique=True, null=True)  # given at selection
    season = models.ForeignKey(Season, models.PROTECT, related_name="lots")
    session = models.ForeignKey(Session, models.PROTECT, null=True, related_name="lots")
    seller = models.ForeignKey("accounts.Organization", models.PROTECT, related_name="+", verbose_name=_("seller"))
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    subject = models.CharField(_("what is sold"), max_length=20, choices=Subject)
    title_zh_hans = models.CharField(_("title (Chinese)"), max_length=300)
    title_en = models.CharField(_("title (English)"), max_length=300, blank=True)
    about_zh_hans = models.TextField(_("description (Chinese)"), blank=True, max_length=4000)
    about_en = models.TextField(_("description (English)"), blank=True, max_length=4000)
    defects = models.TextField(_("known defects and burdens"), blank=True, max_length=4000)  # Auction Law Arts. 18, 27
    license_years = models.PositiveSmallIntegerField(_("term of the license, years"), null=True, blank=True)
    contact_name = models.CharField(_("contact"), max_length=60, blank=True)
    contact_phone = models.CharField(_("contact phone"), max_length=30, blank=True)

    start_fen = models.BigIntegerField(_("start price"))
    reserve_sealed = models.TextField(blank=True, editable=False)  # encrypted; empty: the start price is the reserve
    valuation_fen = models.BigIntegerField(_("valuation"), null=True, blank=True)
    valuation_date = models.DateField(_("valuation as of"), null=True, blank=True)
    valuation_by = models.CharField(_("valued by"), max_length=200, blank=True)

    round = models.PositiveSmallIntegerField(_("round"), default=1)
    relisted_from = models.OneToOneField("self", models.PROTECT, null=True, related_name="relisted_as")
    selected_at = AwareDateTimeField(null=True)
    correction_due_at = AwareDateTimeField(null=True)
    talks_until = models.DateField(null=True)
    next_check_at = AwareDateTimeField(null=True, db_index=True)  # when the clock looks again
    signals_at = AwareDateTimeField(null=True)  # when the rules of `auctions.collusion` were last asked
    is_practice = models.BooleanField(default=False)  # everybody may try; no money, no result, not listed

    class Meta:
        ordering = ["number", "pk"]
        verbose_name = _("Lot")
        verbose_name_plural = _("Lots")
        constraints = [
            models.CheckConstraint(condition=models.Q(start_fen__gt=0), name="auctions_start_is_positive"),
            models.CheckConstraint(
                condition=models.Q(state__in=[LotState.PROPOSED, LotState.MATERIALS_CHECK, LotState.RETURNED,
                                              LotState.NOT_SELECTED])
                | models.Q(number__isnull=False),
                name="auctions_selected_lot_has_number",
            ),
        ]  # fmt: skip
        indexes = [
            models.Index(fields=["season", "state"], name="auctions_lot_season_state"),
            models.Index(fields=["seller", "state"], name="auctions_lot_seller_state"),
            models.Index(fields=["session", "state"], name="auctions_lot_session_state"),
        ]

    def __str__(self) -> str:
        return self.number or f"draft lot {self.pk}"

    def get_absolute_url(self) -> str:
        """The public page once it has a number, the seller's page before."""
        if self.number:
            return reverse("auctions:lot_detail", args=[self.number])
        return reverse("auctions:lot_task_list", args=[self.pk])

    @property
    def start(self) -> Money:
        return Money(self.start_fen)

    @property
    def about(self) -> str:
        """The description in the language of the page, or in the other one."""
        return in_language(self.about_zh_hans, self.about_en)[0]

    @property
    def has_reserve(self) -> bool:
        """Whether a secret reserve above the start price exists; nobody but the seller ever reads its amount."""
        return bool(self.reserve_sealed)


class LotPatent(models.Model):
    """A patent of a lot; several make a bundle."""

    lot = models.ForeignKey(Lot, models.CASCADE, related_name="items")
    patent = models.ForeignKey("patents.Patent", models.PROTECT, related_name="lot_items")
    position = models.PositiveSmallIntegerField(default=1)

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["lot", "patent"], name="auctions_patent_once_a_lot")]

    def __str__(self) -> str:
        return f"{self.lot_id}: {self.patent_id}"


class Floor(models.Model):
    """The hot row of a lot: everything a bid reads and writes, and nothing else. Fen, UTC, seconds.

    Made when the lot is announced. Whoever opens, pauses, resumes or closes a lot locks this row first, so that no bid
    passes in between. The bids are the truth; `check_invariants` counts them again.
    """

    lot = models.OneToOneField(Lot, models.PROTECT, primary_key=True, related_name="floor")
    start_fen = models.BigIntegerField()
    increment_fen = models.BigIntegerField()
    max_steps = models.PositiveSmallIntegerField(null=True)
    on_grid = models.BooleanField()
    own_raise = models.BooleanField()
    window_seconds = models.PositiveIntegerField()
    extension_seconds = models.PositiveIntegerField()
    deposit_fen = models.BigIntegerField()

    opens_at = AwareDateTimeField()
    planned_ends_at = AwareDateTimeField()
    ends_at = AwareDateTimeField()  # the one truth about the end
    hard_limit_at = AwareDateTimeField(null=True)
    resumes_at = AwareDateTimeField(null=True)
    paused_at = AwareDateTimeField(null=True)
    remaining_ms = models.BigIntegerField(null=True)  # kept while paused
    closed_at = AwareDateTimeField(null=True)

    price_fen = models.BigIntegerField(null=True)
    leader = models.ForeignKey("auctions.Registration", models.PROTECT, null=True, related_name="+")
    leader_rank = models.PositiveSmallIntegerField(default=0)
    seq = models.PositiveIntegerField(default=0)
    extensions = models.PositiveIntegerField(default=0)
    head_hash = models.CharField(max_length=64, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(paused_at__isnull=True, remaining_ms__isnull=True)
                | models.Q(paused_at__isnull=False, remaining_ms__isnull=False),
                name="auctions_pause_keeps_the_rest",
            ),
            models.CheckConstraint(
                condition=models.Q(seq=0, price_fen__isnull=True, leader__isnull=True)
                | models.Q(seq__gt=0, price_fen__isnull=False, leader__isnull=False),
                name="auctions_price_with_its_leader",
            ),
        ]

    def __str__(self) -> str:
        return f"floor of {self.lot_id}"

    @property
    def price(self) -> Money | None:
        return None if self.price_fen is None else Money(self.price_fen)

    @property
    def rules(self) -> bidding.Rules:
        """The rules of the lot for `bidding`."""
        return bidding.Rules(
            start=self.start_fen,
            increment=self.increment_fen,
            max_steps=self.max_steps,
            on_grid=self.on_grid,
            own_raise=self.own_raise,
            window=self.window_seconds,
            extension=self.extension_seconds,
            hard_limit_at=self.hard_limit_at,
        )

    @property
    def as_state(self) -> bidding.State:
        """The floor between two bids, for `bidding`."""
        return bidding.State(
            opens_at=self.opens_at,
            ends_at=self.ends_at,
            paused=self.paused_at is not None,
            closed=self.closed_at is not None,
            price=self.price_fen,
            leader=self.leader_id,
            leader_rank=self.leader_rank,
            seq=self.seq,
            extensions=self.extensions,
        )
