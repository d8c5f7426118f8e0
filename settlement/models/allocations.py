"""Which money paid what, and what left escrow for the payee: rows that are only added."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from foundation.core.models import AwareDateTimeField
from foundation.core.money import Money


class Allocation(models.Model):
    """A part of a receipt, or of a held deposit, that pays (a part of) an obligation.

    One receipt may pay several obligations, one obligation take several receipts. A negative row takes an earlier one
    back (``reverses``). ``paid_at`` is when the bank booked the money: late fees count by it.
    """

    payment = models.ForeignKey("settlement.Payment", models.PROTECT, null=True, related_name="allocations")
    hold = models.ForeignKey("settlement.Hold", models.PROTECT, null=True, related_name="allocations")
    obligation = models.ForeignKey("settlement.Obligation", models.PROTECT, related_name="allocations")
    key = models.CharField(max_length=120, unique=True)
    amount_fen = models.BigIntegerField(_("amount"))
    currency = models.CharField(max_length=3, default="CNY")
    entry = models.OneToOneField("settlement.JournalEntry", models.PROTECT, related_name="allocation")
    reverses = models.OneToOneField("self", models.PROTECT, null=True, related_name="reversed_by")
    paid_at = AwareDateTimeField(_("paid at"))
    created_at = AwareDateTimeField(_("created at"))

    class Meta:
        ordering = ["pk"]
        verbose_name = _("Allocation")
        verbose_name_plural = _("Allocations")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(payment=None, hold__isnull=False) | models.Q(payment__isnull=False, hold=None),
                name="settlement_allocated_from_one",
            ),
            models.CheckConstraint(
                condition=models.Q(amount_fen__gt=0, reverses=None)
                | models.Q(amount_fen__lt=0, reverses__isnull=False),
                name="settlement_allocation_sign",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.obligation_id}: {self.amount}"

    @property
    def amount(self) -> Money:
        return Money(self.amount_fen, self.currency)


class Release(models.Model):
    """Money of an obligation that left escrow: ``amount`` in all, of it the platform's fee and its VAT."""

    obligation = models.ForeignKey("settlement.Obligation", models.PROTECT, related_name="releases")
    entry = models.OneToOneField("settlement.JournalEntry", models.PROTECT, related_name="release")
    amount_fen = models.BigIntegerField(_("amount"))
    fee_fen = models.BigIntegerField(_("own fee"), default=0)
    vat_fen = models.BigIntegerField(_("VAT on the own fee"), default=0)
    currency = models.CharField(max_length=3, default="CNY")
    created_at = AwareDateTimeField(_("created at"))

    class Meta:
        ordering = ["pk"]
        verbose_name = _("Release")
        verbose_name_plural = _("Releases")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(
                    fee_fen__gte=0, vat_fen__gte=0, amount_fen__gte=models.F("fee_fen") + models.F("vat_fen")
                ),
                name="settlement_release_covers_fee",
            )
        ]

    def __str__(self) -> str:
        return f"{self.obligation_id}: {self.amount}"

    @property
    def amount(self) -> Money:
        return Money(self.amount_fen, self.currency)

    @property
    def net(self) -> Money:
        """What became payable to the payee."""
        return Money(self.amount_fen - self.fee_fen - self.vat_fen, self.currency)
