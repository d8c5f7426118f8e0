"""What the province configures: the usual ceilings of fees."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from foundation.core.models import Stamped
from foundation.core.money import Money


class PricingPolicy(Stamped):
    """The usual ceilings from a day on (CNIPA notice 19 of 2024). Above them: reasons, and the officer decides."""

    valid_from = models.DateField(_("Valid from"), unique=True)
    source = models.CharField(_("Source"), max_length=200)
    max_fixed_fen = models.BigIntegerField(_("Fixed fee, fen"))
    max_net_sales_bp = models.PositiveIntegerField(_("Royalty on net sales, basis points"))
    max_profit_bp = models.PositiveIntegerField(_("Royalty on profit, basis points"))

    class Meta:
        verbose_name = _("Pricing policy")
        verbose_name_plural = _("Pricing policies")
        ordering = ["-valid_from"]

    def __str__(self) -> str:
        return f"{self.valid_from}: {self.source}"

    @property
    def max_fixed(self) -> Money:
        return Money(self.max_fixed_fen)
