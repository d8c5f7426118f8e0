"""Work in progress that is never lost."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from foundation.core.models import AwareDateTimeField


class Draft(models.Model):
    """What somebody of an organization has typed so far; each save raises `version`."""

    organization_id = models.BigIntegerField()
    kind = models.CharField(max_length=60)
    key = models.CharField(max_length=60)
    data = models.JSONField(default=dict)
    version = models.PositiveIntegerField(default=0)
    saved_by = models.BigIntegerField(null=True)
    saved_at = AwareDateTimeField()

    class Meta:
        verbose_name = _("draft")
        verbose_name_plural = _("drafts")
        constraints = [
            models.UniqueConstraint(fields=["organization_id", "kind", "key"], name="jobs_one_draft"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.key} v{self.version}"
