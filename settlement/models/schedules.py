"""Plans of payment, what was reminded of, and what was charged for paying late."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from foundation.core.models import AwareDateTimeField, Stamped
from foundation.core.money import Money
from foundation.core.refs import Ref
from settlement import chart


class Schedule(Stamped):
    """Several obligations that make up one amount: instalments with their dates.

    ``parts`` is how many there will be: some are asked for only when their day is known.
    """

    key = models.CharField(max_length=120, unique=True)
    purpose = models.CharField(_("purpose"), max_length=40, choices=chart.purpose_choices)
    ref_kind = models.CharField(max_length=60)
    ref_id = models.BigIntegerField()
    ref_number = models.CharField(max_length=60, blank=True)
    debtor = models.ForeignKey("accounts.Organization", models.PROTECT, related_name="+", verbose_name=_("payer"))
    creditor = models.ForeignKey("accounts.Organization", models.PROTECT, related_name="+", verbose_name=_("payee"))
    total_fen = models.BigIntegerField(_("amount"))
    currency = models.CharField(max_length=3, default="CNY")
    parts = models.PositiveSmallIntegerField(_("instalments"))

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("Payment schedule")
        verbose_name_plural = _("Payment schedules")
        indexes = [models.Index(fields=["ref_kind", "ref_id"], name="settlement_schedule_for")]

    def __str__(self) -> str:
        return f"{self.ref_number} {self.total}"

    @property
    def total(self) -> Money:
        return Money(self.total_fen, self.currency)

    @property
    def ref(self) -> Ref:
        """The business object it is owed for."""
        return Ref(self.ref_kind, self.ref_id, self.ref_number)


class Reminder(models.Model):
    """A reminder that was sent, each step once an obligation. ``step``: days after the due day (-7: a week before)."""

    obligation = models.ForeignKey("settlement.Obligation", models.PROTECT, related_name="reminders")
    step = models.SmallIntegerField()
    sent_at = AwareDateTimeField()

    class Meta:
        ordering = ["-pk"]
        constraints = [models.UniqueConstraint(fields=["obligation", "step"], name="settlement_reminded_once")]

    def __str__(self) -> str:
        return f"{self.obligation_id} {self.step:+d}"


class LateCharge(models.Model):
    """Days for which a late fee was reckoned: after ``since``, up to and including ``until``.

    ``fee`` is what was asked for; none where the days were worth less than half a fen.
    """

    obligation = models.ForeignKey("settlement.Obligation", models.PROTECT, related_name="late_charges")
    since = models.DateField()
    until = models.DateField()
    amount_fen = models.BigIntegerField(_("amount"))
    fee = models.OneToOneField("settlement.Obligation", models.PROTECT, null=True, related_name="late_charge")

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["obligation", "since"], name="settlement_late_days_once"),
            models.CheckConstraint(
                condition=models.Q(until__gt=models.F("since"), amount_fen__gte=0), name="settlement_late_days_forward"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.obligation_id} {self.since}..{self.until}"
