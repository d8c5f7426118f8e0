"""Parties: organizations of every kind, natural persons included."""

import secrets

from django.db import models
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from accounts.lifecycle import VERIFICATION, State
from foundation.core.models import Stamped, Stateful

ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz"


class Kind(models.TextChoices):
    UNIVERSITY = "university", _("University")
    INSTITUTE = "institute", _("Research institute")
    ENTERPRISE = "enterprise", _("Enterprise")
    FOREIGN_COMPANY = "foreign_company", _("Foreign company")
    PERSON = "person", _("Natural person")
    ADMINISTRATION = "administration", _("Administration")


REPRESENTED = (Kind.UNIVERSITY, Kind.INSTITUTE, Kind.ENTERPRISE, Kind.FOREIGN_COMPANY)  # legal persons, not offices


class Size(models.TextChoices):
    LARGE = "large", _("Large")
    MEDIUM = "medium", _("Medium")
    SMALL = "small", _("Small")
    MICRO = "micro", _("Micro")


def new_public_id():
    """Ten characters that nobody mistakes for one another."""
    return "".join(secrets.choice(ALPHABET) for _i in range(10))


class Organization(Stateful, Stamped):
    """Whoever may hold patents, take licenses or administer; `state` is the verification."""

    LIFECYCLE = VERIFICATION

    public_id = models.SlugField(max_length=20, unique=True, default=new_public_id, editable=False)
    kind = models.CharField(_("Kind of organization"), max_length=20, choices=Kind.choices)
    name = models.CharField(_("Name"), max_length=200)
    name_en = models.CharField(_("English name"), max_length=200, blank=True)
    name_pinyin = models.CharField(max_length=400, blank=True, editable=False)
    uscc = models.CharField(_("Unified social credit code"), max_length=18, null=True, blank=True, unique=True)
    foreign_registration = models.CharField(_("Foreign registration number"), max_length=60, blank=True)
    country = models.CharField(_("Country"), max_length=2, default="CN")
    city = models.ForeignKey("accounts.City", on_delete=models.PROTECT, null=True, blank=True, verbose_name=_("City"))
    industry = models.ForeignKey(
        "accounts.Industry",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        verbose_name=_("Industry"),
    )
    size = models.CharField(_("Size"), max_length=10, choices=Size.choices, blank=True)
    is_state_owned = models.BooleanField(_("State-owned"), default=False)
    group = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="group_members",
        verbose_name=_("Group"),
    )
    legal_representative = models.CharField(_("Legal representative"), max_length=80, blank=True)  # 法定代表人
    address = models.CharField(_("Address"), max_length=200, blank=True)
    contact_email = models.EmailField(_("Contact e-mail"), blank=True)
    contact_phone = models.CharField(_("Contact phone"), max_length=30, blank=True)
    verified_until = models.DateField(_("Verified until"), null=True, blank=True)

    class Meta:
        ordering = ["name_pinyin", "pk"]
        verbose_name = _("Organization")
        verbose_name_plural = _("Organizations")
        constraints = [
            models.UniqueConstraint(
                fields=["country", "foreign_registration"],
                condition=~models.Q(foreign_registration=""),
                name="accounts_foreign_registration_once",
            ),
            models.CheckConstraint(
                condition=~models.Q(kind__in=["university", "institute", "enterprise"]) | models.Q(uscc__isnull=False),
                name="accounts_domestic_has_uscc",
            ),
            models.CheckConstraint(
                condition=models.Q(uscc__isnull=True) | models.Q(uscc__regex=r"^[0-9A-HJ-NP-RTUW-Y]{18}$"),
                name="accounts_uscc_form",
            ),
            models.CheckConstraint(
                condition=~models.Q(kind="foreign_company") | ~models.Q(foreign_registration=""),
                name="accounts_foreign_has_registration",
            ),
        ]

    def __str__(self):
        return self.display_name

    @property
    def display_name(self):
        """The name in the language of the moment; the registered name where there is no other."""
        if self.name_en and not (get_language() or "").startswith("zh"):
            return self.name_en
        return self.name

    @property
    def verification_state(self):
        """Another name of `state`, for readers outside this app."""
        return self.state

    @property
    def is_verified(self):
        return self.state == State.VERIFIED

    @property
    def is_person(self):
        return self.kind == Kind.PERSON

    @property
    def is_public(self):
        """Whether everybody may see the organization's page; persons are never listed."""
        return self.kind == Kind.ADMINISTRATION or (self.kind != Kind.PERSON and self.state == State.VERIFIED)

    @property
    def group_root_id(self):
        return self.group_id or self.pk

    def get_absolute_url(self):
        return reverse("accounts:organization_detail", args=[self.public_id])


class Person(Stamped):
    """The identity of a natural person: encrypted, shown masked, unique by keyed digest."""

    class Document(models.TextChoices):
        RESIDENT_ID = "resident_id", _("Resident identity card")
        PASSPORT = "passport", _("Passport")

    organization = models.OneToOneField(Organization, on_delete=models.PROTECT, related_name="person")
    document_kind = models.CharField(_("Kind of document"), max_length=12, choices=Document.choices)
    document_encrypted = models.TextField(editable=False)
    document_digest = models.CharField(max_length=64, unique=True, editable=False)
    document_masked = models.CharField(_("Document number"), max_length=30, editable=False)

    class Meta:
        verbose_name = _("Person")
        verbose_name_plural = _("Persons")

    def __str__(self):
        return f"{self.organization} {self.document_masked}"
