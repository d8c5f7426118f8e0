"""What was decided, by whom, for which reasons; and the remarks by field."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from foundation.core.models import AwareDateTimeField


class Outcome(models.TextChoices):
    APPROVE = "approve", _("Approve")
    RETURN = "return", _("Return for correction")
    REJECT = "reject", _("Reject")


class Decision(models.Model):
    """A person's decision, never changed. Maker and opener are two people: CHECK here, compared with the case (and who
    corrected it) by a deferred trigger (four eyes)."""

    review = models.ForeignKey("approvals.Review", on_delete=models.PROTECT, related_name="decisions")
    outcome = models.CharField(max_length=10, choices=Outcome)
    reasons = ArrayField(models.CharField(max_length=10), default=list, blank=True)
    text = models.TextField(blank=True)
    correction_days = models.PositiveSmallIntegerField(null=True)
    maker = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    maker_role = models.CharField(max_length=30)
    opener = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    made_at = AwareDateTimeField()

    class Meta:
        verbose_name = _("Decision")
        verbose_name_plural = _("Decisions")
        ordering = ["id"]
        constraints = [models.CheckConstraint(condition=~Q(maker=F("opener")), name="approvals_four_eyes")]

    def __str__(self) -> str:
        return f"{self.review_id} {self.outcome}"


class Correction(models.Model):
    """A remark on one field. Unsent until a decision returns the case; `decision` then says when it was sent."""

    review = models.ForeignKey("approvals.Review", on_delete=models.CASCADE, related_name="corrections")
    field = models.CharField(max_length=60)
    label = models.CharField(max_length=200, blank=True)
    comment = models.TextField()
    written_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    written_at = AwareDateTimeField()
    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, null=True, related_name="corrections")

    class Meta:
        verbose_name = _("Correction")
        verbose_name_plural = _("Corrections")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["review", "field"], condition=Q(decision__isnull=True), name="approvals_one_open_remark"
            )
        ]

    def __str__(self) -> str:
        return f"{self.field}: {self.comment[:40]}"
