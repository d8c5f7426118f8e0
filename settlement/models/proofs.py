"""The proof of every night that client money was complete."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from foundation.core.models import AwareDateTimeField
from foundation.core.money import Money


class NightlyProof(models.Model):
    """The equation of client money over everything posted up to the end of a day in Shanghai. Never changed.

    A night that does not come to zero is stored as well: it is what somebody has to explain.
    """

    day = models.DateField(_("day"))
    currency = models.CharField(max_length=3, default="CNY")
    bank_fen = models.BigIntegerField(_("supervised bank account"))
    in_transit_fen = models.BigIntegerField(_("in transit"))
    owed_fen = models.BigIntegerField(_("owed to clients"))
    entries = models.PositiveBigIntegerField(_("entries"))  # posted up to then
    taken_at = AwareDateTimeField(_("taken at"))

    class Meta:
        ordering = ["-day"]
        verbose_name = _("Nightly proof")
        verbose_name_plural = _("Nightly proofs")
        constraints = [models.UniqueConstraint(fields=["day", "currency"], name="settlement_one_proof_a_night")]

    def __str__(self) -> str:
        return f"{self.day} {self.difference}"

    @property
    def bank(self) -> Money:
        return Money(self.bank_fen, self.currency)

    @property
    def in_transit(self) -> Money:
        return Money(self.in_transit_fen, self.currency)

    @property
    def owed(self) -> Money:
        return Money(self.owed_fen, self.currency)

    @property
    def difference(self) -> Money:
        """Zero when all is well."""
        return self.bank - self.in_transit - self.owed
