"""What happened after a challenge was solved."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from challenges.models.award import Award
from foundation.core.models import Stamped


class Outcome(Stamped):
    """One thing that came of a result: a product, a license, an open license."""

    class Kind(models.TextChoices):
        PRODUCT = "product", _("Product on the market")
        IN_USE = "in_use", _("In use at the firm")
        PATENT = "patent", _("Patent applied for")
        LICENSE = "license", _("License granted")
        OPEN_LICENSE = "open_license", _("Open license declared")
        OTHER = "other", _("Other")

    award = models.ForeignKey(Award, models.PROTECT, related_name="outcomes")
    kind = models.CharField(_("what"), max_length=12, choices=Kind)
    on = models.DateField(_("since"))
    text = models.CharField(_("description"), max_length=1000)
    patent = models.ForeignKey("patents.Patent", models.PROTECT, null=True, blank=True, related_name="+")
    told_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-on", "-pk"]

    def __str__(self) -> str:
        return f"{self.kind} of {self.award_id}"
