"""Who agreed to what: co-owners to a declaration or its withdrawal, and the request to withdraw."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from foundation.core.models import AwareDateTimeField, Stamped


class CoOwnerConsent(Stamped):
    """A co-owner's consent, signed online by its organization or on paper that was uploaded.

    `terms_digest` says what was agreed to; when the offer changes afterwards the consent no longer counts.
    """

    class Purpose(models.TextChoices):
        DECLARE = "declare", _("Declaration")
        WITHDRAW = "withdraw", _("Withdrawal")

    declaration = models.ForeignKey("licenses.Declaration", on_delete=models.CASCADE, related_name="consents")
    purpose = models.CharField(max_length=10, choices=Purpose, default=Purpose.DECLARE)
    ownership = models.ForeignKey("patents.Ownership", on_delete=models.PROTECT, related_name="+")
    terms_digest = models.CharField(max_length=64)
    signed_at = AwareDateTimeField()
    signed_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    organization = models.ForeignKey("accounts.Organization", on_delete=models.PROTECT, related_name="+")
    document = models.ForeignKey("documents.File", on_delete=models.PROTECT, null=True, related_name="+")
    revoked_at = AwareDateTimeField(null=True)

    class Meta:
        verbose_name = _("Consent")
        verbose_name_plural = _("Consents")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["declaration", "purpose", "ownership", "terms_digest"],
                condition=Q(revoked_at__isnull=True),
                name="licenses_consent_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_purpose_display()} {self.ownership_id}"


class WithdrawalRequest(Stamped):
    """Why a declaration shall be withdrawn; takes effect when announced (CNIPA FAQ on withdrawal, 2024)."""

    class Outcome(models.TextChoices):
        PENDING = "pending", _("Under review")
        ANNOUNCED = "announced", _("Announced")
        REFUSED = "refused", _("Refused")
        CANCELLED = "cancelled", _("Cancelled by the patentee")

    declaration = models.ForeignKey("licenses.Declaration", on_delete=models.PROTECT, related_name="withdrawals")
    reason = models.TextField(_("Reason"))
    requested_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    requested_at = AwareDateTimeField()
    outcome = models.CharField(max_length=10, choices=Outcome, default=Outcome.PENDING)
    decided_at = AwareDateTimeField(null=True)

    class Meta:
        verbose_name = _("Withdrawal request")
        verbose_name_plural = _("Withdrawal requests")
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["declaration"], condition=Q(outcome="pending"), name="licenses_one_open_withdrawal"
            )
        ]

    def __str__(self) -> str:
        return f"{self.declaration_id} {self.outcome}"

    @property
    def number(self) -> str:
        """The declaration's number, for references and events."""
        return self.declaration.number or ""
