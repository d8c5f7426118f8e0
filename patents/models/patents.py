"""A patent: the bibliographic data and what the register said of it."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from foundation.core.display import patent_number
from foundation.core.models import Stamped
from patents.numbers import LABELS, Kind
from patents.terms import FeeStatus


class PatentKind(models.TextChoices):
    """The kinds of Patent Law 2, international applications apart."""

    INVENTION = Kind.INVENTION, _(LABELS[Kind.INVENTION])
    UTILITY_MODEL = Kind.UTILITY_MODEL, _(LABELS[Kind.UTILITY_MODEL])
    DESIGN = Kind.DESIGN, _(LABELS[Kind.DESIGN])
    PCT_INVENTION = Kind.PCT_INVENTION, _(LABELS[Kind.PCT_INVENTION])
    PCT_UTILITY_MODEL = Kind.PCT_UTILITY_MODEL, _(LABELS[Kind.PCT_UTILITY_MODEL])


class LegalStatus(models.TextChoices):
    """Where the right stands, as the register says."""

    GRANTED = "granted", _("In force")
    PENDING = "pending", _("Pending")
    LAPSED = "lapsed", _("Lapsed")
    EXPIRED = "expired", _("Expired")
    INVALIDATED = "invalidated", _("Invalidated")
    ABANDONED = "abandoned", _("Abandoned")


class AnnualFeeStatus(models.TextChoices):
    """Whether the annual fee of the running year is paid."""

    PAID = FeeStatus.PAID, pgettext_lazy("annual fee", "Paid")
    GRACE = FeeStatus.GRACE, _("In the grace period")
    UNPAID = FeeStatus.UNPAID, _("Not paid")
    UNKNOWN = FeeStatus.UNKNOWN, _("Not known")


class EvaluationReport(models.TextChoices):
    """What the patent evaluation report concluded (required for utility models and designs, Patent Law 50)."""

    NONE = "none", _("None")
    POSITIVE = "positive", _("Conditions of grant met")
    NEGATIVE = "negative", _("Conditions of grant not met")
    UNKNOWN = "unknown", _("Not known")


def in_language(chinese: str, english: str, language: str | None = None) -> tuple[str, str]:
    """(text, its language "zh-Hans" or "en"): the one of the page, or the other where it is missing."""
    wants_chinese = (language or get_language() or "zh-hans").startswith("zh")
    first, second = (
        ((chinese, "zh-Hans"), (english, "en")) if wants_chinese else ((english, "en"), (chinese, "zh-Hans"))
    )
    return first if first[0] else second


class Titled(models.Model):
    """Rows with a Chinese and an English title, of which one may be missing."""

    title_zh_hans: models.CharField
    title_en: models.CharField

    class Meta:
        abstract = True

    @property
    def title(self) -> str:
        """The title in the language of the page, or in the other one where it is missing."""
        return in_language(self.title_zh_hans, self.title_en)[0]

    @property
    def title_language(self) -> str:
        """The language `title` is in, for the lang attribute: zh-Hans or en."""
        return in_language(self.title_zh_hans, self.title_en)[1]


class Patent(Titled, Stamped):
    """One patent or application. Dates are calendar days in China; `expiry_date` is the last day in force.

    `register_facts` holds what a source said: {name: {"value": ..., "as_of": "2026-11-22", "source": "imported"}}.
    """

    number = models.CharField(_("patent number"), max_length=14, unique=True)
    publication_number = models.CharField(max_length=16, blank=True)
    kind = models.CharField(max_length=20, choices=PatentKind.choices)
    title_zh_hans = models.CharField(max_length=300)
    title_en = models.CharField(max_length=500, blank=True)
    abstract_zh_hans = models.TextField(blank=True)
    abstract_en = models.TextField(blank=True)
    ipc = ArrayField(models.CharField(max_length=20), default=list, blank=True)
    main_ipc_subclass = models.CharField(max_length=4, blank=True)
    locarno = models.CharField(max_length=5, blank=True)
    inventors = models.JSONField(default=list, blank=True)
    filing_date = models.DateField()
    grant_date = models.DateField(null=True, blank=True)
    expiry_date = models.DateField()
    term_compensation_days = models.PositiveIntegerField(default=0)
    legal_status = models.CharField(max_length=12, choices=LegalStatus.choices, default=LegalStatus.PENDING)
    annual_fee_status = models.CharField(max_length=8, choices=AnnualFeeStatus.choices, default=AnnualFeeStatus.UNKNOWN)
    annual_fee_year = models.PositiveSmallIntegerField(null=True, blank=True)
    evaluation_report = models.CharField(
        max_length=8, choices=EvaluationReport.choices, default=EvaluationReport.UNKNOWN
    )
    register_facts = models.JSONField(default=dict, blank=True)
    city = models.ForeignKey("accounts.City", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    owners = models.ManyToManyField("accounts.Organization", through="patents.Ownership", related_name="patents")
    search_vector = SearchVectorField(default="", editable=False)

    class Meta:
        verbose_name = _("patent")
        verbose_name_plural = _("patents")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(grant_date__isnull=True) | models.Q(grant_date__gte=models.F("filing_date")),
                name="patents_granted_after_filing",
            ),
            models.CheckConstraint(
                condition=~models.Q(legal_status="granted") | models.Q(grant_date__isnull=False),
                name="patents_granted_on_a_day",
            ),
        ]
        indexes = [
            GinIndex(fields=["search_vector"], name="patents_search"),
            GinIndex(OpClass(Lower("title_zh_hans"), "gin_trgm_ops"), name="patents_title_zh_trigrams"),
            GinIndex(OpClass(Lower("title_en"), "gin_trgm_ops"), name="patents_title_en_trigrams"),
            GinIndex(fields=["ipc"], name="patents_ipc"),
            models.Index(fields=["-grant_date", "-id"], name="patents_newest"),
            models.Index(fields=["main_ipc_subclass", "-grant_date"], name="patents_by_subclass"),
            models.Index(fields=["city", "-grant_date"], name="patents_by_city"),
            models.Index(fields=["expiry_date"], name="patents_by_expiry"),
            models.Index(fields=["publication_number"], name="patents_publication", opclasses=["varchar_pattern_ops"]),
        ]

    def __str__(self) -> str:
        return self.display_number

    def get_absolute_url(self) -> str:
        """The public page of the patent."""
        return reverse("patents:detail", args=[self.number])

    @property
    def display_number(self) -> str:
        """ZL 2021 1 0123456.7"""
        return patent_number(self.number)

    @property
    def abstract(self) -> str:
        """The abstract in the language of the page, or in the other one where it is missing."""
        return in_language(self.abstract_zh_hans, self.abstract_en)[0]

    @property
    def abstract_language(self) -> str:
        """The language `abstract` is in: zh-Hans or en."""
        return in_language(self.abstract_zh_hans, self.abstract_en)[1]

    @property
    def needs_evaluation_report(self) -> bool:
        """Utility models and designs need one for an open license (Patent Law 50(1))."""
        return self.kind not in (PatentKind.INVENTION, PatentKind.PCT_INVENTION)

    def current_owners(self) -> list:
        """The ownerships of today, first owner first; uses what was prefetched as `ownerships`."""
        present = [share for share in self.ownerships.all() if share.until_date is None]
        return sorted(present, key=lambda share: (share.position, share.pk))

    def owner_ids(self) -> set[int]:
        """The organizations on the platform that own the patent now."""
        return {share.organization_id for share in self.current_owners() if share.organization_id}

    @property
    def holder_names(self) -> str:
        """The present owners, joined for lists and exports."""
        return "；".join(share.display_name for share in self.current_owners())
