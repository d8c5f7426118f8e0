"""What the rules of `auctions.collusion` found, and what an officer noted about it. Nothing follows by itself."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from auctions.models.lot import Lot
from auctions.models.season import Season
from foundation.core.models import AwareDateTimeField, Stamped


class Signal(Stamped):
    """One finding on a lot (or, without one, over a season). It knows paddles as [lot, paddle]; nobody is named."""

    season = models.ForeignKey(Season, models.PROTECT, related_name="signals")
    lot = models.ForeignKey(Lot, models.PROTECT, null=True, related_name="signals")
    rule = models.CharField(max_length=20)
    paddles = models.JSONField(default=list)
    evidence = models.JSONField(default=dict)
    key = models.CharField(max_length=64, unique=True)  # SHA-256 of rule and paddles: found again, it is the same one
    found_at = AwareDateTimeField(_("found at"))
    note = models.TextField(_("note"), blank=True, max_length=2000)
    noted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    noted_at = AwareDateTimeField(null=True)

    class Meta:
        ordering = ["-found_at", "-pk"]
        verbose_name = _("Signal of collusion")
        verbose_name_plural = _("Signals of collusion")

    def __str__(self) -> str:
        return f"{self.rule} {self.key[:8]}"
