"""Paper beside the data: an extract of the register that an officer confirmed."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from foundation.core.models import AwareDateTimeField, Stamped
from patents.register_facts import CHOICES, value_label


class RegisterExtract(Stamped):
    """A fact shown by an uploaded extract; it counts from its confirmation until `valid_until` (a day in China)."""

    patent = models.ForeignKey("patents.Patent", on_delete=models.CASCADE, related_name="extracts")
    fact = models.CharField(max_length=24, choices=CHOICES)
    value = models.CharField(max_length=24)
    document = models.ForeignKey("documents.File", on_delete=models.PROTECT, related_name="+")
    extract_date = models.DateField(_("date of the extract"))
    submitted_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    organization = models.ForeignKey("accounts.Organization", on_delete=models.PROTECT, related_name="+")
    confirmed_by = models.ForeignKey("accounts.User", null=True, on_delete=models.PROTECT, related_name="+")
    confirmed_at = AwareDateTimeField(null=True)
    refused_by = models.ForeignKey("accounts.User", null=True, on_delete=models.PROTECT, related_name="+")
    refused_at = AwareDateTimeField(null=True)
    refusal_reason = models.CharField(max_length=500, blank=True)
    valid_until = models.DateField()

    class Meta:
        verbose_name = _("register extract")
        verbose_name_plural = _("register extracts")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(confirmed_at__isnull=True) | models.Q(refused_at__isnull=True),
                name="patents_extract_decided_once",
            ),
            models.CheckConstraint(
                condition=models.Q(confirmed_by__isnull=True) | ~models.Q(confirmed_by=models.F("submitted_by")),
                name="patents_extract_four_eyes",
            ),
            models.CheckConstraint(
                condition=models.Q(confirmed_at__isnull=True) | models.Q(confirmed_by__isnull=False),
                name="patents_extract_confirmed_by_somebody",
            ),
        ]
        indexes = [models.Index(fields=["patent", "fact", "-extract_date"], name="patents_extracts")]

    def __str__(self) -> str:
        return f"{self.get_fact_display()}: {self.value}"

    @property
    def value_label(self) -> str:
        """The answer, for people."""
        return str(value_label(self.fact, self.value))

    @property
    def is_open(self) -> bool:
        """Waits for an officer."""
        return self.confirmed_at is None and self.refused_at is None
