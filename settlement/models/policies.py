"""What an institution has laid down about its income: policy, costs of patents, the inventors' agreement."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from foundation.core.models import AwareDateTimeField
from foundation.core.money import Money
from settlement.distribution import Plan


class Deduction(models.TextChoices):
    """What may be taken from an income before it is shared."""

    VAT = "vat", _("VAT")
    STAMP = "stamp", _("Stamp duty")
    MAINTENANCE = "maintenance", _("Annual fees and maintenance")
    EVALUATION = "evaluation", _("Evaluation")
    AUCTION = "auction", _("Auction costs")
    AGENCY = "agency", _("Agency fees")


MANAGER = "manager_bp"
TAXES = (Deduction.VAT, Deduction.STAMP)
COSTS = tuple(one for one in Deduction if one not in TAXES)


class IncomePolicy(models.Model):
    """A version of an institution's rules, valid from a day on until the next version. Versions are only added."""

    institution = models.ForeignKey("accounts.Organization", models.PROTECT, related_name="+")
    version = models.PositiveIntegerField(_("version"))
    valid_from = models.DateField(_("valid from"))
    inventors_bp = models.PositiveIntegerField(_("inventors' share"))
    department_bp = models.PositiveIntegerField(_("department's share"), default=0)
    institution_bp = models.PositiveIntegerField(_("institution's share"), default=0)
    manager_bp = models.PositiveIntegerField(_("technology manager's share"), default=0)
    deducts = ArrayField(models.CharField(max_length=20, choices=Deduction), default=list, blank=True)
    double_return = models.BooleanField(_("returns twice what an inventor paid"), default=False)
    delegates_payout = models.BooleanField(_("the platform pays the inventors"), default=False)
    notice_workdays = models.PositiveSmallIntegerField(_("notice in working days"))
    source = models.CharField(_("document"), max_length=200, blank=True)
    made_by_id = models.BigIntegerField(null=True)  # user
    made_at = AwareDateTimeField(_("laid down at"))

    class Meta:
        ordering = ["institution", "-version"]
        verbose_name = _("Income policy")
        verbose_name_plural = _("Income policies")
        constraints = [
            models.UniqueConstraint(fields=["institution", "version"], name="settlement_policy_version"),
            models.CheckConstraint(
                condition=models.Q(
                    inventors_bp=10_000
                    - models.F("department_bp")
                    - models.F("institution_bp")
                    - models.F("manager_bp")
                ),
                name="settlement_policy_makes_the_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.institution_id} v{self.version}"

    @property
    def plan(self) -> Plan:
        return Plan(self.inventors_bp, self.department_bp, self.institution_bp, self.manager_bp)


class PatentCost(models.Model):
    """Money spent on a patent: by the institution (deducted once) or by an inventor (returned, see the policy)."""

    patent = models.ForeignKey("patents.Patent", models.PROTECT, related_name="+")
    institution = models.ForeignKey("accounts.Organization", models.PROTECT, related_name="+")
    kind = models.CharField(_("kind"), max_length=20, choices=[(str(one), one.label) for one in COSTS])
    amount_fen = models.BigIntegerField(_("amount"))
    paid_on = models.DateField(_("paid on"))
    borne_by = models.CharField(_("inventor who paid"), max_length=100, blank=True)
    borne_by_user = models.ForeignKey("accounts.User", models.PROTECT, null=True, blank=True, related_name="+")
    note = models.CharField(_("note"), max_length=200, blank=True)
    made_by_id = models.BigIntegerField(null=True)  # user
    made_at = AwareDateTimeField(_("noted at"))

    class Meta:
        ordering = ["paid_on", "pk"]
        verbose_name = _("Cost of a patent")
        verbose_name_plural = _("Costs of patents")
        constraints = [models.CheckConstraint(condition=models.Q(amount_fen__gt=0), name="settlement_cost_positive")]
        indexes = [models.Index(fields=["patent", "institution"], name="settlement_costs_of_patent")]

    def __str__(self) -> str:
        return f"{self.patent_id} {self.kind} {self.amount}"

    @property
    def amount(self) -> Money:
        return Money(self.amount_fen)

    @property
    def is_borne_by_inventor(self) -> bool:
        return bool(self.borne_by)


class InventorAgreement(models.Model):
    """A version of who invented a patent and how they share; without one, the register's inventors share equally."""

    patent = models.ForeignKey("patents.Patent", models.PROTECT, related_name="+")
    institution = models.ForeignKey("accounts.Organization", models.PROTECT, related_name="+")
    version = models.PositiveIntegerField(_("version"))
    agreed_on = models.DateField(_("agreed on"))
    made_by_id = models.BigIntegerField(null=True)  # user
    made_at = AwareDateTimeField(_("noted at"))

    class Meta:
        ordering = ["patent", "-version"]
        verbose_name = _("Inventors' agreement")
        verbose_name_plural = _("Inventors' agreements")
        constraints = [
            models.UniqueConstraint(fields=["patent", "institution", "version"], name="settlement_agreement_version")
        ]

    def __str__(self) -> str:
        return f"{self.patent_id} v{self.version}"


class InventorShare(models.Model):
    """One inventor's integer weight; percentages are only shown. A person by account where there is one."""

    agreement = models.ForeignKey(InventorAgreement, models.PROTECT, related_name="shares")
    name = models.CharField(_("inventor"), max_length=100)
    user = models.ForeignKey("accounts.User", models.PROTECT, null=True, blank=True, related_name="+")
    weight = models.PositiveIntegerField(_("weight"))
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["position"]
        verbose_name = _("Inventor's share")
        verbose_name_plural = _("Inventors' shares")
        constraints = [
            models.UniqueConstraint(fields=["agreement", "position"], name="settlement_share_position"),
            models.CheckConstraint(condition=models.Q(weight__gt=0), name="settlement_share_weighs"),
        ]

    def __str__(self) -> str:
        return f"{self.agreement_id} {self.position}"
