"""Income that was released, each owner's part of it, and how an institution distributes its part."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from foundation.core.models import AwareDateTimeField, Stamped, Stateful
from foundation.core.money import Money
from settlement.lifecycle_income import DISTRIBUTION, DistributionState


class Income(models.Model):
    """What one release made payable, shared among the owners of the patent. Only added."""

    release = models.OneToOneField("settlement.Release", models.PROTECT, related_name="income")
    obligation = models.ForeignKey("settlement.Obligation", models.PROTECT, related_name="incomes")
    patent = models.ForeignKey("patents.Patent", models.PROTECT, null=True, related_name="+")
    amount_fen = models.BigIntegerField(_("amount"))
    currency = models.CharField(max_length=3, default="CNY")
    registration_number = models.CharField(_("contract registration"), max_length=60, blank=True)
    shared_at = AwareDateTimeField(_("shared at"))

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("Income")
        verbose_name_plural = _("Incomes")

    def __str__(self) -> str:
        return f"{self.obligation_id}: {self.amount}"

    @property
    def amount(self) -> Money:
        return Money(self.amount_fen, self.currency)


class OwnerShare(models.Model):
    """One owner's part of an income. An owner that is not on the platform is paid by the payee. Only added."""

    income = models.ForeignKey(Income, models.PROTECT, related_name="shares")
    organization = models.ForeignKey("accounts.Organization", models.PROTECT, null=True, related_name="+")
    name = models.CharField(_("owner"), max_length=200)
    weight = models.PositiveIntegerField(_("weight"))
    amount_fen = models.BigIntegerField(_("amount"))
    currency = models.CharField(max_length=3, default="CNY")
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["income", "position"]
        verbose_name = _("Owner's share")
        verbose_name_plural = _("Owners' shares")
        constraints = [models.UniqueConstraint(fields=["income", "position"], name="settlement_owner_position")]
        indexes = [models.Index(fields=["organization"], name="settlement_share_of_owner")]

    def __str__(self) -> str:
        return f"{self.income_id} {self.position}"

    @property
    def amount(self) -> Money:
        return Money(self.amount_fen, self.currency)


class Distribution(Stateful, Stamped):
    """How an institution shares its part of an income. A new computation is a new row; the old one is taken back."""

    LIFECYCLE = DISTRIBUTION

    number = models.CharField(_("number"), max_length=40, unique=True)
    share = models.ForeignKey(OwnerShare, models.PROTECT, related_name="distributions")
    institution = models.ForeignKey("accounts.Organization", models.PROTECT, related_name="+")
    policy = models.ForeignKey("settlement.IncomePolicy", models.PROTECT, related_name="+")
    patent = models.ForeignKey("patents.Patent", models.PROTECT, related_name="+")
    income_fen = models.BigIntegerField(_("income"))
    net_fen = models.BigIntegerField(_("net income"))
    currency = models.CharField(max_length=3, default="CNY")
    delegated = models.BooleanField(_("the platform pays the inventors"), default=False)
    received_on = models.DateField(_("received on"))
    confirmed_by_id = models.BigIntegerField(null=True)  # user
    notice_from = AwareDateTimeField(_("notice from"), null=True)
    notice_until = AwareDateTimeField(_("notice until"), null=True)
    payout_note = models.CharField(_("how it was paid"), max_length=200, blank=True)

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("Distribution")
        verbose_name_plural = _("Distributions")
        constraints = [
            models.UniqueConstraint(
                fields=["share"],
                condition=~models.Q(state=str(DistributionState.CANCELLED)),
                name="settlement_one_distribution_a_share",
            )
        ]
        indexes = [
            models.Index(fields=["institution", "state"], name="settlement_distributed_by"),
            models.Index(
                fields=["notice_until"],
                condition=models.Q(state=str(DistributionState.NOTICE)),
                name="settlement_notices_running",
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def income(self) -> Money:
        return Money(self.income_fen, self.currency)

    @property
    def net(self) -> Money:
        return Money(self.net_fen, self.currency)


class LineKind(models.TextChoices):
    VAT = "vat", _("VAT")
    STAMP = "stamp", _("Stamp duty")
    COST = "cost", _("Cost")
    RETURN = "return", _("Cost returned to an inventor")
    INVENTOR = "inventor", _("Inventor")
    DEPARTMENT = "department", _("Department")
    INSTITUTION = "institution", _("Institution")
    MANAGER = "manager", _("Technology manager")


TO_INVENTORS = (LineKind.RETURN, LineKind.INVENTOR)


class DistributionLine(models.Model):
    """One part of a distribution; all parts make the income. Only acceptance and payout are noted later."""

    distribution = models.ForeignKey(Distribution, models.PROTECT, related_name="lines")
    kind = models.CharField(_("kind"), max_length=20, choices=LineKind)
    name = models.CharField(_("name"), max_length=100, blank=True)
    user = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    weight = models.PositiveIntegerField(default=0)
    cost = models.ForeignKey("settlement.PatentCost", models.PROTECT, null=True, related_name="lines")
    amount_fen = models.BigIntegerField(_("amount"))
    currency = models.CharField(max_length=3, default="CNY")
    position = models.PositiveSmallIntegerField()
    accepted_at = AwareDateTimeField(_("accepted at"), null=True)
    paid_at = AwareDateTimeField(_("paid at"), null=True)

    class Meta:
        ordering = ["distribution", "position"]
        verbose_name = _("Line of a distribution")
        verbose_name_plural = _("Lines of a distribution")
        constraints = [
            models.UniqueConstraint(fields=["distribution", "position"], name="settlement_line_position"),
            models.CheckConstraint(condition=models.Q(amount_fen__gte=0), name="settlement_line_not_negative"),
        ]
        indexes = [models.Index(fields=["user"], name="settlement_lines_of_inventor")]

    def __str__(self) -> str:
        return self.number

    @property
    def number(self) -> str:
        """The name of the inventor's sub-account: without the person's name."""
        return f"{self.distribution.number}/{self.position}"

    @property
    def amount(self) -> Money:
        return Money(self.amount_fen, self.currency)

    @property
    def is_for_inventor(self) -> bool:
        return self.kind in TO_INVENTORS


class DistributionObjection(models.Model):
    """Somebody of the institution says that the distribution is wrong; the institution answers."""

    distribution = models.ForeignKey(Distribution, models.PROTECT, related_name="objections")
    raised_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    reason = models.CharField(_("reason"), max_length=1000)
    raised_at = AwareDateTimeField(_("raised at"))
    answer = models.CharField(_("answer"), max_length=1000, blank=True)
    upheld = models.BooleanField(_("upheld"), null=True)
    answered_by_id = models.BigIntegerField(null=True)  # user
    answered_at = AwareDateTimeField(_("answered at"), null=True)

    class Meta:
        ordering = ["pk"]
        verbose_name = _("Objection to a distribution")
        verbose_name_plural = _("Objections to distributions")
        constraints = [
            models.UniqueConstraint(
                fields=["distribution"],
                condition=models.Q(answered_at=None),
                name="settlement_one_objection_to_answer",
            ),
            models.CheckConstraint(
                condition=models.Q(answered_by_id=None) | ~models.Q(answered_by_id=models.F("raised_by_id")),
                name="settlement_nobody_answers_oneself",
            ),
            models.CheckConstraint(
                condition=models.Q(answered_at=None) | models.Q(answered_by_id__isnull=False),
                name="settlement_objection_answered_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.distribution_id}: {self.reason[:40]}"
