"""The platform's own money: fees swept out of the client account, charges, compensations, corrections."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from foundation.core.models import Stamped, Stateful
from foundation.core.money import Money
from settlement.lifecycle_disputes import OWN_ENTRY, OwnEntryState


class Sweep(models.Model):
    """Own fees and their VAT moved from the supervised to the operating account. Never changed."""

    number = models.CharField(_("number"), max_length=40, unique=True)
    key = models.CharField(max_length=120, unique=True)
    amount_fen = models.BigIntegerField(_("amount"))
    vat_fen = models.BigIntegerField(_("VAT in it"))
    currency = models.CharField(max_length=3, default="CNY")
    value_date = models.DateField(_("booked on"))
    made_by_id = models.BigIntegerField(null=True)  # user; empty for the clock

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("Sweep of own fees")
        verbose_name_plural = _("Sweeps of own fees")
        constraints = [
            models.CheckConstraint(
                condition=Q(amount_fen__gt=0, vat_fen__gte=0, vat_fen__lte=F("amount_fen")),
                name="settlement_sweep_is_sound",
            )
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def amount(self) -> Money:
        return Money(self.amount_fen, self.currency)

    @property
    def vat(self) -> Money:
        return Money(self.vat_fen, self.currency)


class OwnEntry(Stateful, Stamped):
    """An entry somebody asks for by hand: a bank charge, a compensation, the reversal of an entry."""

    LIFECYCLE = OWN_ENTRY

    class Kind(models.TextChoices):
        CHARGE = "charge", _("Bank charge")
        COMPENSATION = "compensation", _("Compensation")
        REVERSAL = "reversal", _("Reversal of an entry")

    number = models.CharField(_("number"), max_length=40, unique=True)
    key = models.CharField(max_length=120, unique=True)
    kind = models.CharField(_("kind"), max_length=12, choices=Kind)
    amount_fen = models.BigIntegerField(_("amount"))
    currency = models.CharField(max_length=3, default="CNY")
    text = models.CharField(_("reason"), max_length=200)
    value_date = models.DateField(_("booked on"))
    target = models.ForeignKey("settlement.JournalEntry", models.PROTECT, null=True, related_name="+")
    entry = models.ForeignKey("settlement.JournalEntry", models.PROTECT, null=True, related_name="+")
    made_by_id = models.BigIntegerField()  # user
    approved_by_id = models.BigIntegerField(null=True)  # user
    needs_second = models.BooleanField(default=True)

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("Entry in the own books")
        verbose_name_plural = _("Entries in the own books")
        constraints = [
            models.CheckConstraint(condition=Q(amount_fen__gt=0), name="settlement_own_entry_positive"),
            models.CheckConstraint(
                condition=Q(approved_by_id=None) | ~Q(approved_by_id=F("made_by_id")),
                name="settlement_own_entry_two_persons",
            ),
            models.CheckConstraint(
                condition=~Q(state=OwnEntryState.POSTED) | Q(needs_second=False) | Q(approved_by_id__isnull=False),
                name="settlement_own_entry_approved",
            ),
            models.CheckConstraint(
                condition=Q(kind="reversal", target__isnull=False) | (~Q(kind="reversal") & Q(target=None)),
                name="settlement_reversal_has_target",
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def amount(self) -> Money:
        return Money(self.amount_fen, self.currency)
