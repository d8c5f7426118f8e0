"""Attempts to pay, what the bank said about them, refunds, and what nobody could match."""

import uuid

from django.db import models
from django.db.models import Sum
from django.utils.translation import gettext_lazy as _

from foundation.core import clock
from foundation.core.models import AwareDateTimeField, Stamped, Stateful
from foundation.core.money import Money
from settlement.lifecycle import CASE, PAYMENT, REFUND


def new_order_id() -> str:
    """Our own id of an order at the bank: unguessable, because it stands in the address of the bank's page."""
    return f"KX{uuid.uuid4().hex}"


def new_refund_id() -> str:
    """Our own id of a refund at the bank."""
    return f"RF{uuid.uuid4().hex}"


class Payment(Stateful, Stamped):
    """One order at the bank, and the one receipt of money it led to.

    A second receipt for the same order is a payment of its own (``duplicate_of``), so that no money is without a row.
    """

    LIFECYCLE = PAYMENT

    obligation = models.ForeignKey("settlement.Obligation", models.PROTECT, null=True, related_name="payments")
    duplicate_of = models.ForeignKey("self", models.PROTECT, null=True, related_name="duplicates")
    key = models.CharField(max_length=120)
    provider = models.CharField(_("by way of"), max_length=20)
    order_id = models.CharField(_("order"), max_length=64, default=new_order_id)
    transaction_id = models.CharField(_("bank reference"), max_length=64, null=True)
    amount_fen = models.BigIntegerField(_("amount"))
    received_fen = models.BigIntegerField(_("received"), default=0)
    refunded_fen = models.BigIntegerField(_("sent back"), default=0)
    currency = models.CharField(max_length=3, default="CNY")
    paid_at = AwareDateTimeField(_("paid at"), null=True)
    redirect_url = models.CharField(max_length=500, blank=True)
    return_url = models.CharField(max_length=500, blank=True)
    reason = models.CharField(_("reason"), max_length=60, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    next_check_at = AwareDateTimeField(default=clock.machine_now)

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("Payment")
        verbose_name_plural = _("Payments")
        constraints = [
            models.UniqueConstraint(fields=["obligation", "key"], name="settlement_payment_once_a_key"),
            models.UniqueConstraint(
                fields=["provider", "order_id"],
                condition=models.Q(duplicate_of=None),
                name="settlement_payment_of_order",
            ),
            models.UniqueConstraint(fields=["provider", "transaction_id"], name="settlement_receipt_once"),
            models.CheckConstraint(
                condition=models.Q(refunded_fen__gte=0, refunded_fen__lte=models.F("received_fen")),
                name="settlement_refunds_within_receipt",
            ),
        ]
        indexes = [
            models.Index(
                fields=["next_check_at"],
                condition=models.Q(state__in=["started", "waiting"]),
                name="settlement_payment_waiting",
            )
        ]

    def __str__(self) -> str:
        return self.order_id

    @property
    def number(self) -> str:
        """The name of its sub-account."""
        return self.order_id

    @property
    def amount(self) -> Money:
        return Money(self.amount_fen, self.currency)

    @property
    def received(self) -> Money:
        return Money(self.received_fen, self.currency)

    @property
    def left(self) -> Money:
        """What arrived and was not sent back."""
        return Money(self.received_fen - self.refunded_fen, self.currency)

    @property
    def unallocated(self) -> Money:
        """What still lies among the unidentified receipts: received, neither assigned nor sent back from there."""
        if self.transaction_id is None:
            return Money(0, self.currency)
        assigned = self.allocations.aggregate(fen=Sum("amount_fen", default=0))["fen"]
        returned = self.refunds.filter(obligation=None).aggregate(fen=Sum("amount_fen", default=0))["fen"]
        return Money(int(self.received_fen - assigned - returned), self.currency)

    @property
    def party_ids(self) -> list[int]:
        """The organizations concerned; none while nobody knows."""
        return self.obligation.party_ids if self.obligation_id else []


class ProviderEvent(models.Model):
    """A message from a bank that was taken in; its id has one effect."""

    provider = models.CharField(max_length=20)
    event_id = models.CharField(max_length=100)
    type = models.CharField(max_length=40)
    body = models.JSONField(default=dict)
    outcome = models.CharField(max_length=60, blank=True)
    received_at = AwareDateTimeField()

    class Meta:
        ordering = ["-pk"]
        constraints = [models.UniqueConstraint(fields=["provider", "event_id"], name="settlement_provider_event_once")]

    def __str__(self) -> str:
        return f"{self.event_id}: {self.outcome}"


class Refund(Stateful, Stamped):
    """Money on its way back to a payer. ``number`` is our id at the bank: asking twice moves money once."""

    LIFECYCLE = REFUND

    payment = models.ForeignKey(Payment, models.PROTECT, related_name="refunds")
    number = models.CharField(_("number"), max_length=64, unique=True, default=new_refund_id)
    amount_fen = models.BigIntegerField(_("amount"))
    currency = models.CharField(max_length=3, default="CNY")
    reason = models.CharField(_("reason"), max_length=200)
    payer = models.ForeignKey("accounts.Organization", models.PROTECT, null=True, related_name="+")
    # what the money was held for; empty where it was never credited
    obligation = models.ForeignKey("settlement.Obligation", models.PROTECT, null=True, related_name="refunds")
    tries = models.PositiveSmallIntegerField(default=0)
    next_try_at = AwareDateTimeField(default=clock.machine_now)

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("Refund")
        verbose_name_plural = _("Refunds")
        constraints = [
            models.CheckConstraint(condition=models.Q(amount_fen__gt=0), name="settlement_refund_is_positive")
        ]
        indexes = [
            models.Index(
                fields=["next_try_at"],
                condition=models.Q(state__in=["requested", "sent"]),
                name="settlement_refund_waiting",
            )
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def amount(self) -> Money:
        return Money(self.amount_fen, self.currency)


class Case(Stateful, Stamped):
    """Money somebody has to look at: finance sends it back or assigns it; large amounts need a second person."""

    LIFECYCLE = CASE

    class Kind(models.TextChoices):
        UNKNOWN_PAYMENT = "unknown_payment", _("Nobody knows what this money is for")
        AMOUNT_DIFFERS = "amount_differs", _("The amount differs from what is owed")
        REFUND_FAILED = "refund_failed", _("The bank could not carry out a refund")

    class Resolution(models.TextChoices):
        REFUND = "refund", _("Send back to the payer")
        ASSIGN = "assign", _("Assign to an obligation")
        RETRY = "retry", _("Try the refund again")

    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    payment = models.ForeignKey(Payment, models.PROTECT, related_name="cases")
    refund = models.ForeignKey(Refund, models.PROTECT, null=True, related_name="cases")
    resolution = models.CharField(_("resolution"), max_length=10, choices=Resolution, blank=True)
    obligation = models.ForeignKey("settlement.Obligation", models.PROTECT, null=True, related_name="+")
    note = models.CharField(_("note"), max_length=500, blank=True)
    proposed_by_id = models.BigIntegerField(null=True)  # user
    decided_by_id = models.BigIntegerField(null=True)  # user; needed above the limit

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("Case to clarify")
        verbose_name_plural = _("Cases to clarify")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(decided_by_id=None)
                | (models.Q(proposed_by_id__isnull=False) & ~models.Q(decided_by_id=models.F("proposed_by_id"))),
                name="settlement_two_persons_decide",
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.payment_id}"
