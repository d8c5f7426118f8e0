"""The declaration: a standing public offer to license one patent (Patent Law Art. 50)."""

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import Kind
from foundation.core.models import AwareDateTimeField, Stamped, Stateful
from foundation.core.money import Money
from licenses.lifecycle import DECLARATION, LIVE, OPEN, DeclarationState
from licenses.pricing import METHOD_LABELS
from patents.models import PatentKind

METHOD_CHOICES = [(str(method), _(label)) for method, label in METHOD_LABELS.items()]


class Declaration(Stateful, Stamped):
    """One offer for one patent. What it costs stands in its terms versions; drafts live in `foundation.jobs`.

    `offer_until` is the last day (Shanghai) on which a notice may be delivered; how long a license lasts is a
    matter of the terms. The block "for the list" repeats facts of patent, holder and terms so that the catalogue
    reads one table; `services.listing` keeps it.
    """

    LIFECYCLE = DECLARATION

    number = models.CharField(_("Declaration number"), max_length=40, unique=True, null=True, editable=False)
    patent = models.ForeignKey("patents.Patent", on_delete=models.PROTECT, related_name="declarations")
    patentee = models.ForeignKey("accounts.Organization", on_delete=models.PROTECT, related_name="declarations")
    opened_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    offer_until = models.DateField(_("Open until"), null=True)
    current_terms = models.ForeignKey(
        "licenses.TermsVersion", on_delete=models.PROTECT, related_name="+", null=True, editable=False
    )

    contact_name = models.CharField(_("Contact person"), max_length=60, blank=True)
    contact_phone = models.CharField(_("Phone"), max_length=30, blank=True)
    contact_email = models.EmailField(_("E-mail address"), blank=True)
    contact_is_public = models.BooleanField(_("Contact is published"), default=False)
    agency_name = models.CharField(_("Patent agency"), max_length=120, blank=True)
    agency_code = models.CharField(_("Agency code"), max_length=5, blank=True)
    summary_zh_hans = models.TextField(_("Plain summary in Chinese"), blank=True)
    summary_en = models.TextField(_("Plain summary in English"), blank=True)
    readiness_level = models.PositiveSmallIntegerField(_("Technology readiness level"), null=True, blank=True)
    industry = models.ForeignKey("accounts.Industry", on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    submitted_at = AwareDateTimeField(null=True, editable=False)
    publish_due_at = AwareDateTimeField(null=True, editable=False)
    published_at = AwareDateTimeField(null=True, editable=False)
    suspended_at = AwareDateTimeField(null=True, editable=False)
    suspension_reason = models.CharField(max_length=500, blank=True, editable=False)
    ended_at = AwareDateTimeField(null=True, editable=False)
    eligibility = models.JSONField(default=list, editable=False)
    checked_at = AwareDateTimeField(null=True, editable=False)

    # For the list
    price_method = models.CharField(max_length=20, choices=METHOD_CHOICES, blank=True, editable=False)
    annual_price_fen = models.BigIntegerField(default=0, editable=False)
    is_statutory = models.BooleanField(default=False, editable=False)
    patent_kind = models.CharField(max_length=20, choices=PatentKind.choices, blank=True, editable=False)
    ipc_subclass = models.CharField(max_length=4, blank=True, editable=False)
    city = models.ForeignKey("accounts.City", on_delete=models.PROTECT, null=True, editable=False, related_name="+")
    holder_kind = models.CharField(max_length=20, choices=Kind.choices, blank=True, editable=False)
    patent_expiry = models.DateField(null=True, editable=False)
    search_vector = SearchVectorField(default="", editable=False)

    class Meta:
        verbose_name = _("Declaration")
        verbose_name_plural = _("Declarations")
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["patent"], condition=Q(state__in=LIVE), name="licenses_one_live_declaration"
            ),
            models.UniqueConstraint(
                fields=["patent", "patentee"],
                condition=Q(state=DeclarationState.DRAFT),
                name="licenses_one_draft_declaration",
            ),
            models.CheckConstraint(
                condition=Q(state=DeclarationState.DRAFT) | Q(number__isnull=False),
                name="licenses_submitted_has_number",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=OPEN)
                | Q(current_terms__isnull=False, published_at__isnull=False, offer_until__isnull=False),
                name="licenses_open_has_terms",
            ),
            models.CheckConstraint(
                condition=~Q(state=DeclarationState.SUSPENDED) | Q(suspended_at__isnull=False),
                name="licenses_suspended_since",
            ),
        ]
        indexes = [
            GinIndex(fields=["search_vector"], name="licenses_decl_search"),
            models.Index(fields=["-published_at", "-id"], condition=Q(state__in=OPEN), name="licenses_decl_newest"),
            models.Index(fields=["patentee", "state"], name="licenses_decl_patentee"),
            models.Index(fields=["state", "publish_due_at"], name="licenses_decl_due"),
            models.Index(fields=["state", "offer_until"], name="licenses_decl_ends"),
        ]

    def __str__(self) -> str:
        return self.number or f"draft {self.pk}"

    def get_absolute_url(self) -> str:
        """The public page once published, before that the task list."""
        if self.published_at:
            return reverse("licenses:declaration_detail", args=[self.number])
        return reverse("licenses:declaration_task_list", args=[self.pk])

    @property
    def annual_price(self) -> Money:
        """Fixed fees spread over the license term."""
        return Money(self.annual_price_fen)

    @property
    def is_suspended(self) -> bool:
        """No notices while a suspension lasts, also while a withdrawal is under review."""
        return self.suspended_at is not None

    @property
    def accepts_notices(self) -> bool:
        """Whether a notice delivered now would be accepted; decided under the row lock only."""
        return self.permits("take_up") and not self.is_suspended

    @property
    def is_editable(self) -> bool:
        """Draft or returned for correction."""
        return self.permits("edit")

    @property
    def summary(self) -> str:
        """Chinese first; the page picks by language through `summary_in`."""
        return self.summary_zh_hans or self.summary_en


class Attachment(Stamped):
    """Paper that belongs to a declaration: a register extract, a consent, technical data."""

    class Kind(models.TextChoices):
        REGISTER_EXTRACT = "register_extract", _("Register extract")
        EVALUATION_REPORT = "evaluation_report", _("Patent evaluation report")
        OWNER_CONSENT = "owner_consent", _("Consent of a co-owner")
        PLEDGEE_CONSENT = "pledgee_consent", _("Consent of the pledgee")
        OTHER = "other", _("Other material")

    declaration = models.ForeignKey(Declaration, on_delete=models.CASCADE, related_name="attachments")
    kind = models.CharField(max_length=20, choices=Kind)
    file = models.ForeignKey("documents.File", on_delete=models.PROTECT, related_name="+")
    note = models.CharField(max_length=200, blank=True)
    uploaded_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["id"]
        verbose_name = _("Attachment")
        verbose_name_plural = _("Attachments")

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.declaration_id}"
