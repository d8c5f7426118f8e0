"""What an offer costs and says: versions that never change once they were submitted."""

from django.db import models
from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from foundation.core.models import AwareDateTimeField, Stamped, Stateful
from foundation.core.money import Money
from licenses import pricing as prices
from licenses.lifecycle import CNIPA, TERMS_PENDING, TERMS_VERSION, CnipaStatus, TermsState
from licenses.models.declaration import METHOD_CHOICES
from licenses.pricing import BASE_LABELS, PERIOD_LABELS

BASE_CHOICES = [(str(key), _(label)) for key, label in BASE_LABELS.items()]
PERIOD_CHOICES = [(str(key), _(label)) for key, label in PERIOD_LABELS.items()]
CNIPA_CHOICES = CNIPA.choices()


class TermKind(models.TextChoices):
    YEARS = "years", _("A number of years")
    UNTIL_OFFER_END = "until_offer_end", _("Until the end of the offer")
    UNTIL_EXPIRY = "until_expiry", _("Until the patent expires")


class TermsVersion(Stateful, Stamped):
    """One immutable version. `content` is the canonical text, `content_hash` its SHA-256; licenses point here.

    The CNIPA axis stands beside the platform's state: only an announced version is a statutory open license.
    """

    LIFECYCLE = TERMS_VERSION

    declaration = models.ForeignKey("licenses.Declaration", on_delete=models.PROTECT, related_name="terms_versions")
    version = models.PositiveSmallIntegerField(_("Version"))
    offer_until = models.DateField(_("Open until"))
    method = models.CharField(_("Payment method"), max_length=20, choices=METHOD_CHOICES)
    entry_fee_fen = models.BigIntegerField(default=0)
    lump_sum_fen = models.BigIntegerField(default=0)
    royalty_bp = models.PositiveIntegerField(default=0)
    royalty_base = models.CharField(max_length=10, choices=BASE_CHOICES, blank=True)
    royalty_period = models.CharField(max_length=10, choices=PERIOD_CHOICES, blank=True)
    term_kind = models.CharField(_("License term"), max_length=20, choices=TermKind)
    term_years = models.PositiveSmallIntegerField(null=True)
    payment_days = models.PositiveSmallIntegerField(default=15)
    territory = models.CharField(max_length=2, default="CN")
    explanation = models.TextField(_("Basis of the fee"), blank=True)
    explanation_en = models.TextField(blank=True)
    ceiling_reason = models.TextField(blank=True)
    other_matters = models.TextField(_("Other matters"), blank=True)
    other_matters_en = models.TextField(blank=True)
    pricing = models.JSONField()
    content = models.TextField()
    content_hash = models.CharField(max_length=64)

    submitted_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    publish_due_at = AwareDateTimeField(null=True, editable=False)
    enacted_at = AwareDateTimeField(null=True, editable=False)
    superseded_at = AwareDateTimeField(null=True, editable=False)
    cnipa_status = models.CharField(max_length=20, choices=CNIPA_CHOICES, default=str(CnipaStatus.NOT_FILED))
    cnipa_date = models.DateField(null=True)
    cnipa_reference = models.CharField(max_length=60, blank=True)
    cnipa_reason = models.CharField(max_length=500, blank=True)

    class Meta:
        verbose_name = _("Terms version")
        verbose_name_plural = _("Terms versions")
        ordering = ["declaration", "-version"]
        constraints = [
            models.UniqueConstraint(fields=["declaration", "version"], name="licenses_terms_version_once"),
            models.UniqueConstraint(
                fields=["declaration"], condition=Q(state=TermsState.IN_FORCE), name="licenses_one_terms_in_force"
            ),
            models.UniqueConstraint(
                fields=["declaration"], condition=Q(state__in=TERMS_PENDING), name="licenses_one_terms_pending"
            ),
            models.CheckConstraint(
                condition=~Q(term_kind="years") | Q(term_years__gte=1, term_years__lte=20),
                name="licenses_terms_years",
            ),
            models.CheckConstraint(
                condition=Q(entry_fee_fen__gte=0, lump_sum_fen__gte=0, royalty_bp__lte=10_000),
                name="licenses_terms_amounts",
            ),
            models.CheckConstraint(
                condition=~Q(cnipa_status="announced") | (~Q(cnipa_reference="") & Q(cnipa_date__isnull=False)),
                name="licenses_announced_in_gazette",
            ),
        ]

    def __str__(self) -> str:
        return f"v{self.version}"

    @property
    def number(self) -> str:
        """The declaration's number, for references and events."""
        return self.declaration.number or ""

    @property
    def offer(self) -> prices.Pricing:
        """The price structure."""
        return prices.from_dict(self.pricing)

    @property
    def entry_fee(self) -> Money:
        return Money(self.entry_fee_fen)

    @property
    def lump_sum(self) -> Money:
        return Money(self.lump_sum_fen)

    @property
    def fixed_total(self) -> Money:
        """All fixed amounts: the lump sum, the entry fee or all instalments."""
        return self.offer.fixed_total

    @property
    def fee_on_notice(self) -> Money:
        """What a licensee pays on its notice: the lump sum, the entry fee or the first instalment, nothing if free."""
        return self.offer.upfront

    @property
    def has_royalty(self) -> bool:
        return self.royalty_bp > 0

    @property
    def is_statutory(self) -> bool:
        """Announced by CNIPA: an open license under Patent Law Art. 50, not only a standing offer."""
        return self.cnipa_status == CnipaStatus.ANNOUNCED

    @property
    def explanation_shown(self) -> str:
        """The explanation in the language of the page, or in the other one."""
        return _in_language(self.explanation, self.explanation_en)

    @property
    def other_matters_shown(self) -> str:
        """The other matters in the language of the page, or in the other one."""
        return _in_language(self.other_matters, self.other_matters_en)


def _in_language(chinese: str, english: str) -> str:
    return (english or chinese) if (get_language() or "zh").startswith("en") else (chinese or english)
