"""Who owns a patent, in which shares, since when."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Ownership(models.Model):
    """One owner's share. An owner that is not on the platform is a name without an organization.

    Shares are integer weights: 1:1:1 says thirds, which no percentage can.
    """

    patent = models.ForeignKey("patents.Patent", on_delete=models.CASCADE, related_name="ownerships")
    organization = models.ForeignKey(
        "accounts.Organization", null=True, blank=True, on_delete=models.PROTECT, related_name="ownerships"
    )
    name = models.CharField(_("name in the register"), max_length=200)
    share_weight = models.PositiveIntegerField(default=1)
    position = models.PositiveSmallIntegerField(default=0)
    since_date = models.DateField(null=True, blank=True)
    until_date = models.DateField(null=True, blank=True)

    class Meta:
        verbose_name = _("ownership")
        verbose_name_plural = _("ownerships")
        constraints = [
            models.CheckConstraint(condition=models.Q(share_weight__gt=0), name="patents_share_is_positive"),
            models.UniqueConstraint(
                fields=["patent", "organization"],
                condition=models.Q(until_date__isnull=True, organization__isnull=False),
                name="patents_owner_once",
            ),
        ]
        indexes = [models.Index(fields=["organization", "patent"], name="patents_owned_by")]

    def __str__(self) -> str:
        return self.name

    @property
    def display_name(self) -> str:
        """The organization's name where it is known here, else the name in the register."""
        return self.organization.name if self.organization_id else self.name
