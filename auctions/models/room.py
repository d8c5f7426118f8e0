"""The data room of a lot: documents, questions and answers open to all, and who looked at what."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from auctions.models.lot import Lot
from foundation.core.models import AwareDateTimeField, Stamped


class LotDocument(Stamped):
    """A file of the data room."""

    class Kind(models.TextChoices):
        REGISTER = "register", _("Register extract")
        VALUATION = "valuation", _("Valuation report")
        DISCLOSURE = "disclosure", _("Disclosure of defects")
        PRIORITY = "priority", _("First rights")
        TECHNICAL = "technical", _("Technical material")
        CONTRACT = "contract", _("Draft contract")
        OTHER = "other", _("Other")

    class Audience(models.TextChoices):
        PUBLIC = "public", _("Everybody")
        MEMBERS = "members", _("Signed-in organizations")
        BIDDERS = "bidders", _("Registered bidders")

    lot = models.ForeignKey(Lot, models.CASCADE, related_name="documents")
    file = models.ForeignKey("documents.File", models.PROTECT, related_name="+")
    kind = models.CharField(_("kind"), max_length=12, choices=Kind)
    title = models.CharField(_("title"), max_length=200)
    audience = models.CharField(_("who may read it"), max_length=8, choices=Audience, default=Audience.MEMBERS)
    position = models.PositiveSmallIntegerField(default=1)

    class Meta:
        ordering = ["position", "pk"]
        verbose_name = _("Document of the data room")

    def __str__(self) -> str:
        return self.title


class LotQuestion(Stamped):
    """A question about a lot; the answer is open to all, who asked is not."""

    lot = models.ForeignKey(Lot, models.CASCADE, related_name="questions")
    organization = models.ForeignKey("accounts.Organization", models.PROTECT, related_name="+")
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    text = models.TextField(_("question"), max_length=1000)
    answer = models.TextField(_("answer"), blank=True, max_length=2000)
    answered_at = AwareDateTimeField(null=True)

    class Meta:
        ordering = ["-created_at", "-pk"]
        verbose_name = _("Question about a lot")

    def __str__(self) -> str:
        return f"question {self.pk}"


class RoomAccess(models.Model):
    """Who read which document when (append-only); for the officer, and for the organization about itself."""

    document = models.ForeignKey(LotDocument, models.PROTECT, related_name="accesses")
    organization_id = models.BigIntegerField(null=True)
    user_id = models.BigIntegerField(null=True)
    at = AwareDateTimeField()

    def __str__(self) -> str:
        return f"{self.document_id} at {self.at}"
