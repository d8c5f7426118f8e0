"""What follows the hammer: confirmation, balance, contract, transfer, or a default."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from auctions.lifecycle_parties import SALE, STANDING_SALES
from auctions.models.lot import Lot
from auctions.models.registration import Registration
from foundation.core.models import AwareDateTimeField, Stamped, Stateful
from foundation.core.money import Money


class Sale(Stateful, Stamped):
    """A sale by hammer, to the underbidder, or by agreement; a lot has at most one that stands (I9)."""

    LIFECYCLE = SALE

    class Way(models.TextChoices):
        HAMMER = "hammer", _("By the hammer")
        UNDERBIDDER = "underbidder", _("Offered to the underbidder")
        AGREEMENT = "agreement", _("By agreement after the auction")

    number = models.CharField(_("number"), max_length=40, unique=True)
    lot = models.ForeignKey(Lot, models.PROTECT, related_name="sales")
    way = models.CharField(_("way"), max_length=12, choices=Way, default=Way.HAMMER)
    buyer = models.ForeignKey("accounts.Organization", models.PROTECT, related_name="auction_purchases")
    seller = models.ForeignKey("accounts.Organization", models.PROTECT, related_name="auction_sales")
    registration = models.ForeignKey(Registration, models.PROTECT, null=True, related_name="sales")
    price_fen = models.BigIntegerField(_("price"))
    commission_fen = models.BigIntegerField(_("buyer's commission"), default=0)
    confirm_by_at = AwareDateTimeField(_("confirm by"))
    pay_by_at = AwareDateTimeField(_("pay by"), null=True)
    confirmed_at = AwareDateTimeField(null=True)
    confirmation_sha256 = models.CharField(max_length=64, blank=True)  # of what the buyer signed
    confirmed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    obligation = models.OneToOneField("settlement.Obligation", models.PROTECT, null=True, related_name="+")
    paid_at = AwareDateTimeField(null=True)
    buyer_signed_at = AwareDateTimeField(null=True)
    seller_signed_at = AwareDateTimeField(null=True)
    contract_sha256 = models.CharField(max_length=64, blank=True)  # of the text that both signed
    notice_until_at = AwareDateTimeField(null=True)
    filed_on = models.DateField(_("filed on"), null=True)
    filing_number = models.CharField(_("filing number"), max_length=60, blank=True)
    registered_on = models.DateField(_("registered on"), null=True)
    registration_number = models.CharField(_("registration number"), max_length=60, blank=True)
    all_shares = models.BooleanField(default=True)  # registered: the shares of all owners, or the seller's alone
    ended_reason = models.CharField(max_length=1000, blank=True)
    next_check_at = AwareDateTimeField(null=True, db_index=True)

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("Auction sale")
        verbose_name_plural = _("Auction sales")
        constraints = [
            models.UniqueConstraint(
                fields=["lot"], condition=Q(state__in=STANDING_SALES), name="auctions_one_winner_a_lot"
            ),
            models.CheckConstraint(condition=Q(price_fen__gt=0, commission_fen__gte=0), name="auctions_sale_sums"),
            models.CheckConstraint(condition=~Q(buyer=models.F("seller")), name="auctions_nobody_buys_from_oneself"),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def price(self) -> Money:
        return Money(self.price_fen)

    @property
    def commission(self) -> Money:
        return Money(self.commission_fen)

    @property
    def total(self) -> Money:
        """What the buyer pays in all; the deposit counts toward it."""
        return Money(self.price_fen + self.commission_fen)

    @property
    def party_ids(self) -> list[int]:
        """Buyer and seller."""
        return sorted({self.buyer_id, self.seller_id})


class Offer(Stamped):
    """A price named in after-sale talks by an interested party; the seller may accept one."""

    lot = models.ForeignKey(Lot, models.PROTECT, related_name="offers")
    organization = models.ForeignKey("accounts.Organization", models.PROTECT, related_name="+")
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    amount_fen = models.BigIntegerField(_("amount"))
    message = models.TextField(_("message"), blank=True, max_length=1000)
    made_at = AwareDateTimeField()
    answered_at = AwareDateTimeField(null=True)
    accepted = models.BooleanField(null=True)

    class Meta:
        ordering = ["-amount_fen", "made_at"]
        constraints = [models.CheckConstraint(condition=Q(amount_fen__gt=0), name="auctions_offer_is_positive")]

    def __str__(self) -> str:
        return f"offer {self.pk}"

    @property
    def amount(self) -> Money:
        return Money(self.amount_fen)
