"""Rules of tax and of own fees, by kind and date. Rules are only added: a later day takes precedence.

Migrations lay them down; in the running product it takes two persons, which the database demands of every other row.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _

from foundation.core.money import Money


class TaxKind(models.TextChoices):
    """What a rule is about. `VAT_EXEMPT` stands beside `VAT_TECHNOLOGY`: it needs a registered contract."""

    VAT_TECHNOLOGY = "vat.technology", _("VAT on patent licenses and transfers")
    VAT_EXEMPT = "vat.technology_registered", _("VAT on patent licenses with a registered contract")
    VAT_SERVICE = "vat.service", _("VAT on the platform's own fees")
    STAMP_LICENSE = "stamp.license", _("Stamp duty on technology contracts")
    STAMP_TRANSFER = "stamp.transfer", _("Stamp duty on transfers of patents")
    AWARD_COUNTED = "income.award", _("Part of a cash award that counts as wage income")


def _two_persons(name: str) -> models.CheckConstraint:
    """Nobody, where a migration laid it down, or two persons."""
    nobody = models.Q(made_by_id=None, approved_by_id=None)
    both = models.Q(made_by_id__isnull=False, approved_by_id__isnull=False)
    return models.CheckConstraint(condition=nobody | both & ~models.Q(approved_by_id=models.F("made_by_id")), name=name)


class TaxRule(models.Model):
    """A rate in basis points of the amount, from a day on; ``valid_until`` is its last day where it is known."""

    kind = models.CharField(_("kind"), max_length=40, choices=TaxKind.choices)
    valid_from = models.DateField(_("valid from"))
    valid_until = models.DateField(_("valid until"), null=True, blank=True)
    rate_bp = models.PositiveIntegerField(_("rate"))
    exempt_reason = models.CharField(_("why nothing is due"), max_length=200, blank=True)
    needs_registration = models.BooleanField(_("needs the registration of the contract"), default=False)
    source = models.CharField(_("source"), max_length=200)
    made_by_id = models.BigIntegerField(null=True)  # user
    approved_by_id = models.BigIntegerField(null=True)  # user

    class Meta:
        ordering = ["kind", "-valid_from"]
        verbose_name = _("Tax rule")
        verbose_name_plural = _("Tax rules")
        constraints = [
            models.UniqueConstraint(fields=["kind", "valid_from"], name="settlement_tax_rule_once_a_day"),
            _two_persons("settlement_tax_rule_two_persons"),
            models.CheckConstraint(condition=models.Q(rate_bp__lte=10_000), name="settlement_tax_within_the_whole"),
            models.CheckConstraint(
                condition=models.Q(valid_until=None) | models.Q(valid_until__gte=models.F("valid_from")),
                name="settlement_tax_rule_ends_after_its_start",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.valid_from}"


class FeeRule(models.Model):
    """The platform's own fee for a purpose, from a day on: a rate of the amount, at least and at most so much.

    Who bears it: the payee (taken from what is released).
    """

    class Payer(models.TextChoices):
        PAYEE = "payee", _("The payee, from what is released")

    purpose = models.CharField(_("purpose"), max_length=40)
    valid_from = models.DateField(_("valid from"))
    rate_bp = models.PositiveIntegerField(_("rate"))
    minimum_fen = models.BigIntegerField(_("at least"), default=0)
    cap_fen = models.BigIntegerField(_("at most"), null=True, blank=True)
    payer = models.CharField(_("borne by"), max_length=10, choices=Payer.choices, default=Payer.PAYEE)
    source = models.CharField(_("source"), max_length=200, blank=True)
    made_by_id = models.BigIntegerField(null=True)  # user
    approved_by_id = models.BigIntegerField(null=True)  # user

    class Meta:
        ordering = ["purpose", "-valid_from"]
        verbose_name = _("Fee rule")
        verbose_name_plural = _("Fee rules")
        constraints = [
            models.UniqueConstraint(fields=["purpose", "valid_from"], name="settlement_fee_rule_once_a_day"),
            _two_persons("settlement_fee_rule_two_persons"),
            models.CheckConstraint(
                condition=models.Q(rate_bp__lte=10_000, minimum_fen__gte=0)
                & (models.Q(cap_fen=None) | models.Q(cap_fen__gte=models.F("minimum_fen"))),
                name="settlement_fee_rule_is_sound",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.purpose} {self.valid_from}"

    @property
    def minimum(self) -> Money:
        return Money(self.minimum_fen)

    @property
    def cap(self) -> Money | None:
        return None if self.cap_fen is None else Money(self.cap_fen)
