"""What a payer writes on a bank transfer."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from foundation.core.models import AwareDateTimeField


class TransferReference(models.Model):
    """The reference of an obligation for bank transfers, given once and for good."""

    obligation = models.OneToOneField("settlement.Obligation", models.PROTECT, related_name="transfer_reference")
    code = models.CharField(_("reference"), max_length=10, unique=True)
    created_at = AwareDateTimeField()

    class Meta:
        verbose_name = _("Transfer reference")
        verbose_name_plural = _("Transfer references")

    def __str__(self) -> str:
        return self.code
