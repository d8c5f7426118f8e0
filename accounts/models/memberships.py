"""Who acts for which organization, in which role; invitations to it."""

import secrets

from django.conf import settings
from django.core import signing
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts import roles
from foundation.core.models import AwareDateTimeField, Stamped

SALT = "accounts.invitation"


class Membership(Stamped):
    """A user acting for an organization: the actor of everything that is done."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="memberships")
    organization = models.ForeignKey("accounts.Organization", on_delete=models.PROTECT, related_name="memberships")
    role = models.CharField(_("Role"), max_length=20, choices=roles.CHOICES)
    city = models.ForeignKey(
        "accounts.City",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        verbose_name=_("City"),
        help_text=_("Empty: the whole province."),
    )
    is_active = models.BooleanField(_("Active"), default=True)

    class Meta:
        ordering = ["pk"]
        verbose_name = _("Membership")
        verbose_name_plural = _("Memberships")
        constraints = [
            models.UniqueConstraint(fields=["user", "organization"], name="accounts_one_membership"),
            models.CheckConstraint(
                condition=~models.Q(role="city_officer") | models.Q(city__isnull=False),
                name="accounts_city_officer_has_city",
            ),
        ]

    def __str__(self):
        return self.label

    @property
    def label(self):
        """Name and organization, for pages."""
        return f"{self.user} · {self.organization}"

    @property
    def role_label(self):
        """The role in the language of the page."""
        return self.get_role_display()

    @property
    def is_officer(self):
        """Decides for the province or a city."""
        return self.role in roles.OFFICERS

    @property
    def is_administration(self):
        """Belongs to the provincial administration, whatever the role there."""
        return self.organization.kind == "administration"

    @property
    def scope_city_id(self):
        """The only city this member decides for; None means the whole province."""
        return self.city_id if self.role == "city_officer" else None

    @property
    def organizations_in_charge(self):
        """Ids (a subquery) of the organizations of the officer's city; None where no city limits what is seen."""
        if self.scope_city_id is None:
            return None
        return self._meta.get_field("organization").related_model.objects.filter(city=self.scope_city_id).values("pk")

    def may(self, capability):
        """Whether the role table gives the capability while the membership is active."""
        return self.is_active and roles.may(self.role, capability)


def new_nonce():
    return secrets.token_urlsafe(12)


class Invitation(Stamped):
    """An offer of a membership, sent by e-mail; its link is signed and never stored."""

    organization = models.ForeignKey("accounts.Organization", on_delete=models.CASCADE, related_name="invitations")
    email = models.EmailField(_("E-mail address"))
    role = models.CharField(_("Role"), max_length=20, choices=roles.CHOICES)
    city = models.ForeignKey("accounts.City", on_delete=models.PROTECT, null=True, blank=True, verbose_name=_("City"))
    language = models.CharField(max_length=10, default="zh-hans")
    nonce = models.CharField(max_length=24, default=new_nonce, editable=False)
    invited_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    expires_at = AwareDateTimeField(_("Expires"))
    accepted_at = AwareDateTimeField(null=True, blank=True)
    accepted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    revoked_at = AwareDateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("Invitation")
        verbose_name_plural = _("Invitations")
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "email"],
                condition=models.Q(accepted_at__isnull=True, revoked_at__isnull=True),
                name="accounts_one_open_invitation",
            )
        ]

    def __str__(self):
        return f"{self.email} · {self.organization}"

    @property
    def token(self):
        """The unguessable part of the link; made anew each time from the stored nonce."""
        return signing.dumps({"invitation": self.pk, "nonce": self.nonce}, salt=SALT)

    def is_open(self, now):
        """Whether it can still be accepted at `now`."""
        return self.accepted_at is None and self.revoked_at is None and self.expires_at > now
