"""What one side of a failed sale claims from the other beside what was given back."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from auctions.models.sale import Sale
from foundation.core.models import AwareDateTimeField, Stamped
from foundation.core.money import Money


class Claim(Stamped):
    """Damages claimed after a default, and the other side's answer. An agreed amount becomes an obligation."""

    class Kind(models.TextChoices):
        COMPENSATION = "compensation", _("Compensation by the seller in default")
        SHORTFALL = "shortfall", _("Shortfall owed by the buyer in default")

    sale = models.OneToOneField(Sale, models.PROTECT, related_name="claim")
    kind = models.CharField(max_length=12, choices=Kind)
    claimant = models.ForeignKey("accounts.Organization", models.PROTECT, related_name="+")
    respondent = models.ForeignKey("accounts.Organization", models.PROTECT, related_name="+")
    amount_fen = models.BigIntegerField(_("amount"))
    reason = models.TextField(_("reason"), max_length=2000)
    raised_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    raised_at = AwareDateTimeField()
    answer_by_at = AwareDateTimeField(_("answer by"))
    agreed_fen = models.BigIntegerField(_("agreed"), null=True)
    answer = models.TextField(_("answer"), max_length=2000, blank=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    answered_at = AwareDateTimeField(null=True)
    obligation = models.OneToOneField("settlement.Obligation", models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("Claim for damages")
        verbose_name_plural = _("Claims for damages")
        constraints = [
            models.CheckConstraint(condition=Q(amount_fen__gt=0), name="auctions_claim_is_positive"),
            models.CheckConstraint(
                condition=Q(agreed_fen=None) | Q(agreed_fen__gte=0, agreed_fen__lte=models.F("amount_fen")),
                name="auctions_agreed_within_claim",
            ),
            models.CheckConstraint(
                condition=Q(answered_by=None) | ~Q(answered_by=models.F("raised_by")), name="auctions_claim_two_persons"
            ),
            models.CheckConstraint(
                condition=Q(answered_at=None, answered_by=None, agreed_fen=None)
                | Q(answered_at__isnull=False, answered_by__isnull=False, agreed_fen__isnull=False),
                name="auctions_claim_answered_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"claim about {self.sale_id}"

    @property
    def number(self) -> str:
        """What pages call it."""
        return self.sale.number

    @property
    def amount(self) -> Money:
        return Money(self.amount_fen)

    @property
    def agreed(self) -> Money | None:
        return None if self.agreed_fen is None else Money(self.agreed_fen)
