"""Each request for verification, as it was submitted and decided."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from foundation.core.models import AwareDateTimeField, Stamped


class Verification(Stamped):
    """One submission to the province: the facts as they stood then, and the answer."""

    class Outcome(models.TextChoices):
        PENDING = "", _("Waiting")
        APPROVED = "approve", _("Approved")
        RETURNED = "return", _("Returned for correction")
        REJECTED = "reject", _("Refused")

    organization = models.ForeignKey("accounts.Organization", on_delete=models.PROTECT, related_name="verifications")
    submitted_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    submitted_at = AwareDateTimeField(pgettext_lazy("moment", "Submitted"))
    statement = models.TextField(_("Message to the office"), blank=True)
    evidence = models.ForeignKey("documents.File", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    group_head = models.ForeignKey(
        "accounts.Organization",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("Head of the group"),
    )
    facts = models.JSONField(default=dict)
    review_number = models.CharField(_("Review number"), max_length=40, blank=True)
    outcome = models.CharField(_("Outcome"), max_length=10, choices=Outcome.choices, blank=True, default="")
    reason = models.TextField(_("Reason"), blank=True)
    decided_at = AwareDateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("Verification")
        verbose_name_plural = _("Verifications")
        constraints = [
            models.UniqueConstraint(
                fields=["organization"],
                condition=models.Q(decided_at__isnull=True),
                name="accounts_one_open_verification",
            )
        ]

    def __str__(self):
        return f"{self.organization} {self.submitted_at:%Y-%m-%d}"
