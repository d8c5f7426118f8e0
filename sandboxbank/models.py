"""The books of a bank that does not exist: orders, movements of play money, and messages to its customers."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from foundation.core import clock
from foundation.core.models import AwareDateTimeField


class Order(models.Model):
    """What a merchant asks a payer for. ``order_id`` is the merchant's: asking twice makes one order."""

    class State(models.TextChoices):
        OPEN = "open", _("waiting for the payer")
        PAID = "paid", _("paid")
        FAILED = "failed", _("failed")

    order_id = models.CharField(max_length=64, unique=True)
    amount_fen = models.BigIntegerField()
    currency = models.CharField(max_length=3, default="CNY")
    subject = models.CharField(max_length=200)
    payer = models.CharField(max_length=200, blank=True)
    notify_url = models.URLField(max_length=500)
    return_url = models.CharField(max_length=500, blank=True)
    expires_at = AwareDateTimeField(null=True)
    status = models.CharField(max_length=10, choices=State, default=State.OPEN)
    created_at = AwareDateTimeField(default=clock.stamp)

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(amount_fen__gt=0), name="sandboxbank_order_positive")]

    def __str__(self) -> str:
        return self.order_id

    def get_absolute_url(self) -> str:
        return reverse("sandboxbank:order", args=[self.order_id])


class Movement(models.Model):
    """Play money in or out of the merchant's account. ``request_id`` is the merchant's id of a refund or payout."""

    class Kind(models.TextChoices):
        PAYMENT = "payment", _("payment")
        REFUND = "refund", _("refund")
        PAYOUT = "payout", _("payout")

    movement_id = models.CharField(max_length=64, unique=True)
    kind = models.CharField(max_length=10, choices=Kind)
    order = models.ForeignKey(Order, models.PROTECT, null=True, related_name="movements")
    returns = models.ForeignKey("self", models.PROTECT, null=True, related_name="refunds")
    request_id = models.CharField(max_length=64, null=True, unique=True)
    amount_fen = models.BigIntegerField()
    currency = models.CharField(max_length=3, default="CNY")
    account = models.CharField(max_length=60, blank=True)
    failed = models.BooleanField(default=False)  # a payout that was taken and could not be carried out: no money moved
    booked_at = AwareDateTimeField()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=models.Q(amount_fen__gt=0), name="sandboxbank_movement_positive")
        ]

    def __str__(self) -> str:
        return self.movement_id


class Message(models.Model):
    """A message to a merchant, sent until it is answered with 2xx; found again by the scanner after any crash."""

    event_id = models.CharField(max_length=64)
    url = models.URLField(max_length=500)
    body = models.JSONField()
    next_try_at = AwareDateTimeField(default=clock.machine_now)
    tries = models.PositiveSmallIntegerField(default=0)
    delivered_at = AwareDateTimeField(null=True)
    given_up_at = AwareDateTimeField(null=True)
    last_answer = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["pk"]
        indexes = [
            models.Index(
                fields=["next_try_at"],
                condition=models.Q(delivered_at=None, given_up_at=None),
                name="sandboxbank_message_waiting",
            )
        ]

    def __str__(self) -> str:
        return f"{self.event_id} to {self.url}"
