"""What the register and the gazette announced about a patent (Implementing Regulations 106, 107)."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class LegalEventKind(models.TextChoices):
    """The legal events the register and the gazette contain."""

    FILED = "filed", _("Application filed")
    PUBLISHED = "published", _("Application published")
    GRANTED = "granted", _("Grant announced")
    TRANSFERRED = "transferred", _("Right transferred")
    PLEDGED = "pledged", _("Pledge registered")
    PLEDGE_RELEASED = "pledge_released", _("Pledge cancelled")
    PRESERVED = "preserved", _("Preservation ordered")
    PRESERVATION_ENDED = "preservation_ended", _("Preservation ended")
    SUSPENDED = "suspended", _("Procedure suspended")
    LICENSE_RECORDED = "license_recorded", _("License recorded")
    OPEN_LICENSE = "open_license", _("Open license announced")
    OPEN_LICENSE_WITHDRAWN = "open_license_withdrawn", _("Open license withdrawn")
    INVALIDATION_REQUESTED = "invalidation_requested", _("Invalidation requested")
    INVALIDATED = "invalidated", _("Declared invalid")
    LAPSED = "lapsed", _("Right ended early")
    RESTORED = "restored", _("Right restored")
    TERM_COMPENSATED = "term_compensated", _("Term compensated")
    EXPIRED = "expired", _("Term ended")


class LegalEvent(models.Model):
    """One announced event and where it was read."""

    patent = models.ForeignKey("patents.Patent", on_delete=models.CASCADE, related_name="legal_events")
    kind = models.CharField(max_length=24, choices=LegalEventKind.choices)
    event_date = models.DateField()
    source = models.CharField(max_length=40)
    note = models.CharField(max_length=300, blank=True)

    class Meta:
        verbose_name = _("legal event")
        verbose_name_plural = _("legal events")
        ordering = ["-event_date", "-id"]
        indexes = [models.Index(fields=["patent", "-event_date"], name="patents_legal_events")]

    def __str__(self) -> str:
        return f"{self.event_date} {self.get_kind_display()}"
