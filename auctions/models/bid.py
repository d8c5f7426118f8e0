"""Bids: facts without a state, never edited, never deleted (append-only by trigger). And what was refused."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from auctions.models.lot import Lot
from auctions.models.registration import Registration
from foundation.core.models import AwareDateTimeField
from foundation.core.money import Money


class Bid(models.Model):
    """An accepted bid. ``hash`` = SHA-256 of the previous hash and this bid's facts (`auctions.chain`)."""

    lot = models.ForeignKey(Lot, models.PROTECT, related_name="bids")
    registration = models.ForeignKey(Registration, models.PROTECT, related_name="bids")
    seq = models.PositiveIntegerField()
    paddle = models.CharField(max_length=4)
    amount_fen = models.BigIntegerField(_("amount"))
    rank = models.PositiveSmallIntegerField(default=0)  # priority; 0 is none
    received_at = AwareDateTimeField(_("received at"))
    ends_at = AwareDateTimeField()  # when the lot ended after this bid
    extended = models.BooleanField(default=False)
    by_proxy = models.BooleanField(default=False)  # from a maximum the bidder left; shown to nobody else
    user_id = models.BigIntegerField()
    request_id = models.CharField(max_length=64, blank=True)
    key = models.CharField(max_length=64)  # the bidder's own, for repeats
    previous_hash = models.CharField(max_length=64, blank=True)
    hash = models.CharField(max_length=64)

    class Meta:
        ordering = ["lot", "seq"]
        verbose_name = _("Bid")
        verbose_name_plural = _("Bids")
        constraints = [
            models.UniqueConstraint(fields=["lot", "seq"], name="auctions_bid_seq_once"),
            models.UniqueConstraint(fields=["registration", "key"], name="auctions_bid_key_once"),
        ]

    def __str__(self) -> str:
        return f"bid {self.seq} on {self.lot_id}"

    @property
    def amount(self) -> Money:
        return Money(self.amount_fen)


class BidAttempt(models.Model):
    """A bid that was refused, with its code: for the bidder, the officer and the statistics. Append-only."""

    lot = models.ForeignKey(Lot, models.PROTECT, related_name="attempts")
    registration = models.ForeignKey(Registration, models.PROTECT, null=True, related_name="attempts")
    user_id = models.BigIntegerField(null=True)
    amount_fen = models.BigIntegerField(null=True)
    code = models.CharField(max_length=20)
    minimum_fen = models.BigIntegerField(null=True)
    seq = models.PositiveIntegerField()  # of the lot at this moment
    received_at = AwareDateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["lot", "received_at"], name="auctions_attempt_by_lot"),
            models.Index(fields=["registration", "received_at"], name="auctions_attempt_by_bidder"),
        ]

    def __str__(self) -> str:
        return f"{self.code} on {self.lot_id}"


class Proxy(models.Model):
    """A bidder's maximum, encrypted at rest; the engine bids for them in the transaction of the bid that outbids."""

    registration = models.OneToOneField(Registration, models.PROTECT, related_name="proxy")
    maximum_sealed = models.TextField()
    user_id = models.BigIntegerField()
    placed_at = AwareDateTimeField()
    is_active = models.BooleanField(default=True)

    def __str__(self) -> str:
        return f"proxy of {self.registration_id}"


class Result(models.Model):
    """How the bidding on a lot ended: once, append-only, from the stored bids and times alone."""

    class Outcome(models.TextChoices):
        SOLD = "sold", _("Sold")
        NO_BID = "no_bid", _("No bid")
        BELOW_RESERVE = "below_reserve", _("Below the reserve")

    lot = models.OneToOneField(Lot, models.PROTECT, related_name="result")
    outcome = models.CharField(max_length=16, choices=Outcome)
    winning_bid = models.OneToOneField(Bid, models.PROTECT, null=True, related_name="+")
    price_fen = models.BigIntegerField(null=True)
    bids = models.PositiveIntegerField()
    bidders = models.PositiveIntegerField()
    extensions = models.PositiveIntegerField()
    ended_at = AwareDateTimeField()  # the stored end, not the moment the clock looked
    decided_at = AwareDateTimeField()
    head_hash = models.CharField(max_length=64, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(outcome="sold", winning_bid__isnull=False)
                | ~models.Q(outcome="sold") & models.Q(winning_bid__isnull=True),
                name="auctions_sold_with_winner",
            )
        ]

    def __str__(self) -> str:
        return f"result of {self.lot_id}"

    @property
    def price(self) -> Money | None:
        return None if self.price_fen is None else Money(self.price_fen)
