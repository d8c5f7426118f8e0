"""Papers of a challenge, who promised to keep them secret, and questions with answers open to all."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from challenges.models.challenge import Challenge
from foundation.core.models import AwareDateTimeField, Stamped


class Attachment(Stamped):
    """A file of a challenge: public, or a confidential annex that only signers of the NDA may read."""

    challenge = models.ForeignKey(Challenge, models.CASCADE, related_name="attachments")
    file = models.ForeignKey("documents.File", models.PROTECT, related_name="+")
    title = models.CharField(_("title"), max_length=200)
    is_confidential = models.BooleanField(_("confidential: after signing the non-disclosure agreement"), default=False)
    position = models.PositiveSmallIntegerField(default=1)

    class Meta:
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.title


class NdaSignature(models.Model):
    """An organization's signature under the NDA of the season, for one challenge (append-only)."""

    challenge = models.ForeignKey(Challenge, models.PROTECT, related_name="signatures")
    organization = models.ForeignKey("accounts.Organization", models.PROTECT, related_name="+")
    signed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    text_sha256 = models.CharField(max_length=64)
    signed_at = AwareDateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["challenge", "organization"], name="challenges_signed_once_a_party")
        ]

    def __str__(self) -> str:
        return f"{self.organization_id} for {self.challenge_id}"


class Question(Stamped):
    """A question about a challenge; the answer is open to all, who asked is not."""

    challenge = models.ForeignKey(Challenge, models.CASCADE, related_name="questions")
    organization = models.ForeignKey("accounts.Organization", models.PROTECT, related_name="+")
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    text = models.TextField(_("question"), max_length=1000)
    answer = models.TextField(_("answer"), blank=True, max_length=2000)
    answered_by_platform = models.BooleanField(default=False)
    answered_at = AwareDateTimeField(null=True)

    class Meta:
        ordering = ["-created_at", "-pk"]

    def __str__(self) -> str:
        return f"question {self.pk}"
