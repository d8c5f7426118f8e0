"""A rule of tax or of own fees as one person of finance proposes it; a second person lays it down."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from foundation.core.models import Stamped, Stateful
from foundation.core.money import Money
from settlement import chart
from settlement.lifecycle_rules import RULE, RuleState
from settlement.models.tax import TaxKind


class RuleProposal(Stateful, Stamped):
    """What a `TaxRule` (``about`` is its kind) or a `FeeRule` (its purpose) is to say from a day on."""

    LIFECYCLE = RULE

    class Family(models.TextChoices):
        TAX = "tax", _("Tax")
        FEE = "fee", _("Platform fee")

    number = models.CharField(_("number"), max_length=40, unique=True)
    key = models.CharField(max_length=120, unique=True)
    family = models.CharField(max_length=3, choices=Family)
    about = models.CharField(max_length=40)
    valid_from = models.DateField(_("valid from"))
    valid_until = models.DateField(_("valid until"), null=True)
    rate_bp = models.PositiveIntegerField(_("rate"))
    minimum_fen = models.BigIntegerField(_("at least"), default=0)
    cap_fen = models.BigIntegerField(_("at most"), null=True)
    exempt_reason = models.CharField(_("why nothing is due"), max_length=200, blank=True)
    source = models.CharField(_("source"), max_length=200)
    made_by_id = models.BigIntegerField()  # user
    approved_by_id = models.BigIntegerField(null=True)  # user

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("Proposed rule")
        verbose_name_plural = _("Proposed rules")
        constraints = [
            models.UniqueConstraint(
                fields=["family", "about", "valid_from"], condition=Q(state="proposed"), name="settlement_rule_once"
            ),
            models.CheckConstraint(
                condition=Q(approved_by_id=None) | ~Q(approved_by_id=F("made_by_id")),
                name="settlement_rule_two_persons",
            ),
            models.CheckConstraint(
                condition=~Q(state=RuleState.LAID_DOWN) | Q(approved_by_id__isnull=False),
                name="settlement_rule_approved",
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def label(self) -> str:
        """What it is about, in the language of now."""
        if self.family == self.Family.TAX:
            return str(TaxKind(self.about).label)
        return gettext(chart.PURPOSES[self.about].label)

    @property
    def minimum(self) -> Money:
        return Money(self.minimum_fen)

    @property
    def cap(self) -> Money | None:
        return None if self.cap_fen is None else Money(self.cap_fen)
