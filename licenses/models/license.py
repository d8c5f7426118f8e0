"""The license: an uptake from its notice to its end (Patent Law Art. 51)."""

from datetime import date

from dateutil.relativedelta import relativedelta
from django.conf import settings
from django.db import models
from django.db.models import F, Q

from foundation.core.models import AwareDateTimeField, Stamped, Stateful
from foundation.core.money import Money
from licenses.lifecycle import ACTIVE, LICENSE, LicenseState

# One party holds at most one of these for a patent at a time.
LIVE_STATES = (
    LicenseState.NOTICE_DELIVERED,
    LicenseState.AWAITING_PAYMENT,
    LicenseState.ON_HOLD,
    *ACTIVE,
)
RECORDATION_MONTHS = 3


class License(Stateful, Stamped):
    """An ordinary license under one immutable version of the terms."""

    LIFECYCLE = LICENSE

    number = models.CharField(max_length=40, unique=True, null=True)
    declaration = models.ForeignKey("licenses.Declaration", on_delete=models.PROTECT, related_name="licenses")
    terms_version = models.ForeignKey("licenses.TermsVersion", on_delete=models.PROTECT, related_name="licenses")
    patent = models.ForeignKey("patents.Patent", on_delete=models.PROTECT, related_name="licenses")
    licensor = models.ForeignKey("accounts.Organization", on_delete=models.PROTECT, related_name="licenses_granted")
    licensee = models.ForeignKey("accounts.Organization", on_delete=models.PROTECT, related_name="licenses_taken")
    same_group = models.BooleanField(default=False)

    intended_use = models.TextField(blank=True, max_length=1000)
    place_of_use = models.CharField(blank=True, max_length=200)
    contact_email = models.EmailField(blank=True)
    signed_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    notice_sha256 = models.CharField(max_length=64, blank=True)

    notice_delivered_at = AwareDateTimeField(null=True)
    contract_formed_at = AwareDateTimeField(null=True)
    pay_by_at = AwareDateTimeField(null=True)
    paid_at = AwareDateTimeField(null=True)
    effective_at = AwareDateTimeField(null=True)
    starts_on = models.DateField(null=True)
    ends_on = models.DateField(null=True)
    # Frozen at the time of effect: what CNIPA does with the terms later touches no license (Patent Law Art. 50(2)).
    statutory_at_effect = models.BooleanField(null=True)
    demanded_at = AwareDateTimeField(null=True)  # the licensor's demand while in default
    fee_fen = models.BigIntegerField(default=0)
    obligation = models.OneToOneField("settlement.Obligation", null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["patent", "licensee"],
                condition=Q(state__in=LIVE_STATES),
                name="licenses_one_live_license_per_party",
            ),
            models.UniqueConstraint(
                fields=["declaration", "licensee"],
                condition=Q(state=LicenseState.NOTICE_DRAFT),
                name="licenses_one_notice_draft_per_party",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=ACTIVE)
                | Q(effective_at__isnull=False, effective_at__gte=F("notice_delivered_at")),
                name="licenses_effective_after_notice",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=ACTIVE) | Q(fee_fen=0) | Q(paid_at__isnull=False, obligation__isnull=False),
                name="licenses_effective_only_when_paid",
            ),
            models.CheckConstraint(condition=Q(fee_fen__gte=0), name="licenses_fee_not_negative"),
            models.CheckConstraint(
                condition=Q(effective_at__isnull=True) | Q(statutory_at_effect__isnull=False),
                name="licenses_effective_with_its_basis",
            ),
        ]
        indexes = [
            models.Index(fields=["licensee", "state"], name="licenses_licensee_state"),
            models.Index(fields=["licensor", "state"], name="licenses_licensor_state"),
            models.Index(fields=["declaration", "state"], name="licenses_declaration_state"),
            models.Index(fields=["state", "pay_by_at"], name="licenses_state_pay_by"),
        ]

    def __str__(self) -> str:
        return self.number or f"notice draft {self.pk}"

    @property
    def fee(self) -> Money:
        """What is due on the notice: the lump sum, the entry fee or the first instalment."""
        return Money(self.fee_fen)

    @property
    def is_in_force(self) -> bool:
        """The licensee may exploit the patent."""
        return self.state in ACTIVE

    @property
    def is_statutory(self) -> bool:
        """Its legal basis: as it stood when the license took effect; before that, as its terms stand now."""
        if self.statutory_at_effect is None:
            return self.terms_version.is_statutory
        return self.statutory_at_effect

    @property
    def recordation_due_date(self) -> date | None:
        """Last day to record the contract: three months from effect (Rules Art. 15)."""
        if self.starts_on is None:
            return None
        return self.starts_on + relativedelta(months=RECORDATION_MONTHS)

    @property
    def party_ids(self) -> list[int]:
        """Organizations that see this license and its timeline."""
        return sorted({self.licensor_id, self.licensee_id})
