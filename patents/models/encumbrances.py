"""What lies on a patent: where the markets meet without knowing each other."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from foundation.core.models import AwareDateTimeField
from foundation.core.refs import Ref
from patents.conflicts import LABELS, EncumbranceKind

KINDS = [(str(kind), _(LABELS[kind])) for kind in EncumbranceKind]


class Encumbrance(models.Model):
    """A right or proceeding that stands in the way of others, from `since_at` until it is lifted.

    `basis_*` names the business object it comes from; `consent` says that whoever it protects agreed.
    """

    patent = models.ForeignKey("patents.Patent", on_delete=models.PROTECT, related_name="encumbrances")
    kind = models.CharField(max_length=24, choices=KINDS)
    basis_kind = models.CharField(max_length=60)
    basis_id = models.BigIntegerField()
    basis_number = models.CharField(max_length=40, blank=True)
    since_at = AwareDateTimeField()
    until_at = AwareDateTimeField(null=True, blank=True)
    consent = models.BooleanField(default=False)
    data = models.JSONField(default=dict, blank=True)
    source = models.CharField(max_length=40)
    as_of = AwareDateTimeField()

    class Meta:
        verbose_name = _("encumbrance")
        verbose_name_plural = _("encumbrances")
        constraints = [
            models.UniqueConstraint(
                fields=["patent", "kind", "basis_kind", "basis_id"],
                condition=models.Q(until_at__isnull=True),
                name="patents_encumbrance_once",
            ),
            models.UniqueConstraint(
                fields=["patent"],
                condition=models.Q(until_at__isnull=True, kind="open_declaration"),
                name="patents_one_live_declaration",
            ),
            models.UniqueConstraint(
                fields=["patent"],
                condition=models.Q(until_at__isnull=True, kind__in=["exclusive_license", "sole_license"]),
                name="patents_one_exclusive_license",
            ),
        ]
        indexes = [
            models.Index(
                fields=["patent", "kind"], condition=models.Q(until_at__isnull=True), name="patents_encumbered"
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.basis_number}".strip()

    @property
    def basis(self) -> Ref:
        """The business object it comes from."""
        return Ref(self.basis_kind, self.basis_id, self.basis_number)


__all__ = ["Encumbrance", "EncumbranceKind"]
