"""Bidders: their registrations, what they leave with the platform, and who comes first on equal terms."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from auctions.lifecycle_parties import REGISTRATION, STANDING
from auctions.models.lot import Lot
from foundation.core.models import AwareDateTimeField, Stamped, Stateful


class Registration(Stateful, Stamped):
    """A party that wants to bid on a lot. Who stands behind a paddle is known to nobody else until the end."""

    LIFECYCLE = REGISTRATION

    lot = models.ForeignKey(Lot, models.PROTECT, related_name="registrations")
    organization = models.ForeignKey("accounts.Organization", models.PROTECT, related_name="auction_registrations")
    registered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    agreement_sha256 = models.CharField(max_length=64)
    agreed_at = AwareDateTimeField()
    obligation = models.OneToOneField("settlement.Obligation", models.PROTECT, null=True, related_name="+")
    paddle = models.CharField(_("paddle"), max_length=4, blank=True)
    priority_rank = models.PositiveSmallIntegerField(_("priority"), default=0)  # 0 none, 1 the best
    admitted_at = AwareDateTimeField(null=True)
    ended_at = AwareDateTimeField(null=True)
    reason = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ["pk"]
        verbose_name = _("Registration")
        verbose_name_plural = _("Registrations")
        constraints = [
            models.UniqueConstraint(
                fields=["lot", "organization"],
                condition=Q(state__in=STANDING),
                name="auctions_one_registration_a_party",
            ),
            models.UniqueConstraint(
                fields=["lot", "paddle"], condition=~Q(paddle=""), name="auctions_paddle_once_a_lot"
            ),
            models.UniqueConstraint(
                fields=["organization", "paddle"], condition=~Q(paddle=""), name="auctions_paddle_never_again"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["admitted", "won", "lost", "deposit_released"])
                | Q(admitted_at__isnull=False) & ~Q(paddle=""),
                name="auctions_admitted_with_paddle",
            ),
        ]

    def __str__(self) -> str:
        return f"registration {self.pk}"


class PriorityHolder(Stamped):
    """Somebody with first right on equal terms: inventor (Civil Code Art. 847), co-owner, exclusive licensee."""

    class Basis(models.TextChoices):
        INVENTOR = "inventor", _("Person who made the service invention")
        CO_OWNER = "co_owner", _("Co-owner")
        EXCLUSIVE_LICENSEE = "exclusive_licensee", _("Exclusive licensee")

    class Answer(models.TextChoices):
        OPEN = "open", _("Not answered")
        WAIVED = "waived", _("Waived")
        BIDS = "bids", _("Will bid")
        SILENT = "silent", _("Not answered in time, which is a waiver")

    lot = models.ForeignKey(Lot, models.CASCADE, related_name="priority_holders")
    basis = models.CharField(_("basis"), max_length=20, choices=Basis)
    name = models.CharField(_("name"), max_length=200)
    email = models.EmailField(_("e-mail"), blank=True)
    organization = models.ForeignKey("accounts.Organization", models.PROTECT, null=True, blank=True, related_name="+")
    rank = models.PositiveSmallIntegerField(_("rank"), default=1)
    notified_at = AwareDateTimeField(_("notified at"), null=True)
    answer_by = models.DateField(_("answer by"), null=True)
    answer = models.CharField(_("answer"), max_length=8, choices=Answer, default=Answer.OPEN)
    answered_at = AwareDateTimeField(null=True)
    evidence = models.ForeignKey("documents.File", models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["rank", "pk"]
        verbose_name = _("Holder of a first right")

    def __str__(self) -> str:
        return f"{self.basis} of {self.lot_id}"


class Bar(Stamped):
    """A party that may not bid on a patent's next round, or at all for a time, after a default."""

    organization = models.ForeignKey("accounts.Organization", models.PROTECT, related_name="+")
    lot = models.ForeignKey(Lot, models.PROTECT, related_name="+")  # whose default it was; bars all later rounds of it
    until = models.DateField(null=True)
    reason = models.CharField(max_length=500)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organization", "lot"], name="auctions_barred_once_a_lot")]

    def __str__(self) -> str:
        return f"{self.organization_id} after {self.lot_id}"
