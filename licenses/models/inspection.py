"""Inspections of the licensee's books, where the terms give that right (Civil Code Art. 846)."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from foundation.core.models import AwareDateTimeField, Stamped, Stateful
from foundation.core.money import Money
from licenses.models.royalty import PIECES
from licenses.royalty_lifecycle import INSPECTION


class RoyaltyInspection(Stateful, Stamped):
    """An inspection of accepted periods: announced, carried out, agreed to or disputed.

    ``shortfall_fen`` is what the findings make the royalties cost more; above a share of what was due the licensee also
    bears the cost.
    """

    LIFECYCLE = INSPECTION

    number = models.CharField(_("number"), max_length=40, unique=True)
    license = models.ForeignKey("licenses.License", on_delete=models.PROTECT, related_name="royalty_inspections")
    inspector = models.CharField(_("Inspector"), max_length=200)
    inspects_on = models.DateField(_("Day of the inspection"))
    reason = models.CharField(_("Reason"), max_length=1000)
    announced_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    paper = models.ForeignKey("documents.File", null=True, on_delete=models.PROTECT, related_name="+")
    summary = models.CharField(max_length=2000, blank=True)
    cost_fen = models.BigIntegerField(default=0)
    shortfall_fen = models.BigIntegerField(default=0)
    cost_is_licensees = models.BooleanField(default=False)
    found_at = AwareDateTimeField(null=True)
    answer_due_at = AwareDateTimeField(null=True)
    answer = models.CharField(max_length=1000, blank=True)
    obligation = models.OneToOneField("settlement.Obligation", null=True, on_delete=models.PROTECT, related_name="+")
    cost_obligation = models.OneToOneField(
        "settlement.Obligation", null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("Royalty inspection")
        verbose_name_plural = _("Royalty inspections")
        constraints = [
            models.UniqueConstraint(
                fields=["license"],
                condition=Q(state__in=("announced", "found", "disputed")),
                name="licenses_one_open_inspection",
            ),
            models.CheckConstraint(
                condition=Q(cost_fen__gte=0, shortfall_fen__gte=0), name="licenses_inspection_amounts"
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def licensor_id(self) -> int:
        return self.license.licensor_id

    @property
    def licensee_id(self) -> int:
        return self.license.licensee_id

    @property
    def party_ids(self) -> list[int]:
        return self.license.party_ids

    @property
    def shortfall(self) -> Money:
        return Money(self.shortfall_fen)

    @property
    def cost(self) -> Money:
        return Money(self.cost_fen)


class InspectionFinding(models.Model):
    """What the books say about one period, beside what was reported; amounts in fen."""

    inspection = models.ForeignKey(RoyaltyInspection, on_delete=models.PROTECT, related_name="findings")
    period = models.ForeignKey("licenses.RoyaltyPeriod", on_delete=models.PROTECT, related_name="findings")
    reported_fen = models.BigIntegerField()
    reported_units = models.DecimalField(**PIECES, default=0)  # house: fields_say_what_they_hold, pieces or kilograms
    found_fen = models.BigIntegerField()
    found_units = models.DecimalField(**PIECES, default=0)  # house: fields_say_what_they_hold, pieces or kilograms

    class Meta:
        ordering = ["inspection", "period"]
        constraints = [
            models.UniqueConstraint(fields=["inspection", "period"], name="licenses_one_finding_a_period"),
        ]

    def __str__(self) -> str:
        return f"{self.inspection_id}: {self.period_id}"

    @property
    def reported(self) -> Money:
        return Money(self.reported_fen)

    @property
    def found(self) -> Money:
        return Money(self.found_fen)
