"""Royalty periods of a license and what the licensee reported for them."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from foundation.core.models import AwareDateTimeField, Stamped, Stateful
from foundation.core.money import Money
from licenses.pricing import Royalty
from licenses.royalty_lifecycle import ACCEPTED, ROYALTY_PERIOD

PIECES = {"max_digits": 18, "decimal_places": 3}


class RoyaltyPeriod(Stateful, Stamped):
    """A month, quarter, half-year or year for which sales are reported and the royalty is paid.

    Days are days in Shanghai, both ends included; deadlines are half-open. What was accepted is kept here, the reports
    in their versions beside it. ``charge_fen`` is the royalty before credit and cap, ``royalty_fen`` what is owed.
    """

    LIFECYCLE = ROYALTY_PERIOD

    number = models.CharField(_("number"), max_length=40, unique=True)
    license = models.ForeignKey("licenses.License", on_delete=models.PROTECT, related_name="royalty_periods")
    sequence = models.PositiveIntegerField()
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("to"))
    full_days = models.PositiveSmallIntegerField()
    license_year = models.PositiveSmallIntegerField()
    report_due_at = AwareDateTimeField(_("report by"))
    pay_due_at = AwareDateTimeField(_("pay by"))
    answer_due_at = AwareDateTimeField(null=True)
    reminded = models.PositiveSmallIntegerField(default=0)

    accepted_at = AwareDateTimeField(null=True)
    base_fen = models.BigIntegerField(default=0)
    units = models.DecimalField(**PIECES, default=0)  # house: fields_say_what_they_hold, pieces or kilograms
    minimum_fen = models.BigIntegerField(default=0)
    charge_fen = models.BigIntegerField(default=0)
    credit_fen = models.BigIntegerField(default=0)
    royalty_fen = models.BigIntegerField(default=0)
    paid_at = AwareDateTimeField(null=True)
    obligation = models.OneToOneField("settlement.Obligation", null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["license", "sequence"]
        verbose_name = _("Royalty period")
        verbose_name_plural = _("Royalty periods")
        constraints = [
            models.UniqueConstraint(fields=["license", "sequence"], name="licenses_royalty_period_once"),
            models.UniqueConstraint(fields=["license", "starts_on"], name="licenses_royalty_period_start_once"),
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="licenses_royalty_period_days"),
            models.CheckConstraint(condition=Q(royalty_fen__gte=0), name="licenses_royalty_not_negative"),
            models.CheckConstraint(
                condition=~Q(state__in=("payment_due", "payment_late"))
                | Q(royalty_fen__gt=0, obligation__isnull=False),
                name="licenses_royalty_due_is_owed",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=ACCEPTED) | Q(accepted_at__isnull=False), name="licenses_royalty_accepted_at"
            ),
        ]
        indexes = [
            models.Index(fields=["state", "ends_on"], name="licenses_royalty_to_close"),
            models.Index(fields=["state", "report_due_at"], name="licenses_royalty_report_due"),
            models.Index(fields=["state", "answer_due_at"], name="licenses_royalty_answer_due"),
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
        """The two sides, who alone see what was sold."""
        return self.license.party_ids

    @property
    def rules(self) -> Royalty:
        """What the terms of the license say about the royalty."""
        return self.license.terms_version.offer.royalty

    @property
    def days(self) -> int:
        """How many days it has; ``full_days`` is the calendar period's number."""
        return (self.ends_on - self.starts_on).days + 1

    @property
    def royalty(self) -> Money:
        """What is owed for it."""
        return Money(self.royalty_fen)

    @property
    def base(self) -> Money:
        """The accepted net sales or profit."""
        return Money(self.base_fen)


class RoyaltyReport(Stamped):
    """One version of the report. A draft until ``reported_at``; from then on the database refuses every change.

    ``calculation`` is the royalty by the report alone, as it stood when it was sent. The statement of truth is
    signed in the name of the legal representative.
    """

    period = models.ForeignKey(RoyaltyPeriod, on_delete=models.PROTECT, related_name="reports")
    version = models.PositiveSmallIntegerField()
    nothing_sold = models.BooleanField(default=False)
    remark = models.CharField(_("Remark"), max_length=1000, blank=True)
    signatory = models.CharField(_("Legal representative"), max_length=100, blank=True)
    signed_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    reported_at = AwareDateTimeField(null=True)
    base_fen = models.BigIntegerField(default=0)
    units = models.DecimalField(**PIECES, default=0)  # house: fields_say_what_they_hold, pieces or kilograms
    royalty_fen = models.BigIntegerField(default=0)
    sha256 = models.CharField(max_length=64, blank=True)

    class Meta:
        ordering = ["period", "-version"]
        constraints = [
            models.UniqueConstraint(fields=["period", "version"], name="licenses_royalty_report_once"),
            models.UniqueConstraint(
                fields=["period"], condition=Q(reported_at=None), name="licenses_one_royalty_report_draft"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.period_id} v{self.version}"

    @property
    def base(self) -> Money:
        return Money(self.base_fen)

    @property
    def royalty(self) -> Money:
        return Money(self.royalty_fen)


class ReportLine(models.Model):
    """One product of a report. Net sales are sales less returns, discounts and what is shown apart on the invoice."""

    report = models.ForeignKey(RoyaltyReport, on_delete=models.CASCADE, related_name="lines")
    position = models.PositiveSmallIntegerField()
    product = models.CharField(_("Product"), max_length=200)
    model = models.CharField(_("Model"), max_length=100, blank=True)
    quantity = models.DecimalField(_("Quantity"), **PIECES)  # house: fields_say_what_they_hold, pieces or kilograms
    unit_price_fen = models.BigIntegerField()
    sales_fen = models.BigIntegerField()
    returns_fen = models.BigIntegerField(default=0)
    discounts_fen = models.BigIntegerField(default=0)
    apart_fen = models.BigIntegerField(default=0)  # freight, insurance and taxes shown separately
    costs_fen = models.BigIntegerField(default=0)  # only where the royalty is on profit
    base_fen = models.BigIntegerField()

    class Meta:
        ordering = ["report", "position"]
        constraints = [
            models.UniqueConstraint(fields=["report", "position"], name="licenses_report_line_once"),
            models.CheckConstraint(
                condition=Q(
                    quantity__gt=0, unit_price_fen__gte=0, returns_fen__gte=0, discounts_fen__gte=0, apart_fen__gte=0,
                    costs_fen__gte=0,
                ),
                name="licenses_report_line_amounts",
            ),
            models.CheckConstraint(
                condition=Q(
                    base_fen=F("sales_fen") - F("returns_fen") - F("discounts_fen") - F("apart_fen") - F("costs_fen")
                ),
                name="licenses_report_line_adds_up",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.report_id}/{self.position}"

    @property
    def quantity_shown(self) -> str:
        """The quantity without zeros behind the point."""
        return f"{self.quantity.normalize():,f}"

    @property
    def base(self) -> Money:
        return Money(self.base_fen)


class ReportPaper(models.Model):
    """A file with a report: sales ledger, invoices."""

    report = models.ForeignKey(RoyaltyReport, on_delete=models.CASCADE, related_name="papers")
    file = models.ForeignKey("documents.File", on_delete=models.PROTECT, related_name="+")
    note = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.report_id}: {self.file_id}"


class ReportRemark(models.Model):
    """What the licensor asks about a report: about one line, or about the whole."""

    report = models.ForeignKey(RoyaltyReport, on_delete=models.PROTECT, related_name="remarks")
    line = models.ForeignKey(ReportLine, null=True, on_delete=models.PROTECT, related_name="remarks")
    text = models.CharField(max_length=1000)
    made_at = AwareDateTimeField()

    class Meta:
        ordering = ["report", "pk"]

    def __str__(self) -> str:
        return self.text[:40]
