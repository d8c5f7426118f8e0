"""Invoices as records: who billed whom for what, their code at the tax authority, and red-letter reversals."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from foundation.core.models import AwareDateTimeField, Stamped, Stateful
from foundation.core.money import Money
from settlement.lifecycle_income import INVOICE, InvoiceState


class Component(models.TextChoices):
    """What a line bills; each stands in a line of its own."""

    LICENSE_FEE = "license_fee", _("License fee")
    ENTRY_FEE = "entry_fee", _("Entry fee")
    ROYALTY = "royalty", _("Royalty")
    LATE_FEE = "late_fee", _("Fee for late payment")
    AUCTION_PRICE = "auction_price", _("Price of an auctioned lot")
    SERVICE_FEE = "service_fee", _("Platform service fee")
    OTHER = "other", _("Other")


class Invoice(Stateful, Stamped):
    """A blue invoice, or a red one that takes (a part of) a blue one back (``reverses``, amounts below zero).

    ``code`` is the 20 digits of a fully digitalized e-invoice, given by the tax authority and entered by the issuer.
    """

    LIFECYCLE = INVOICE

    class Kind(models.TextChoices):
        ORDINARY = "ordinary", _("Ordinary invoice")
        SPECIAL = "special", _("Special VAT invoice")

    number = models.CharField(_("number"), max_length=40, unique=True)
    key = models.CharField(max_length=120, unique=True)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    issuer = models.ForeignKey("accounts.Organization", models.PROTECT, related_name="+", verbose_name=_("seller"))
    buyer = models.ForeignKey("accounts.Organization", models.PROTECT, related_name="+", verbose_name=_("buyer"))
    title = models.CharField(_("invoice title"), max_length=200)
    uscc = models.CharField(_("taxpayer number"), max_length=30, blank=True)
    code = models.CharField(_("invoice code"), max_length=20, null=True, unique=True)
    issued_on = models.DateField(_("issued on"), null=True)
    sent_at = AwareDateTimeField(_("sent at"), null=True)
    registration_number = models.CharField(_("contract registration"), max_length=60, blank=True)
    reverses = models.ForeignKey("self", models.PROTECT, null=True, related_name="red_letters")
    reason = models.CharField(_("reason"), max_length=200, blank=True)
    currency = models.CharField(max_length=3, default="CNY")
    requested_by_id = models.BigIntegerField(null=True)  # user

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("Invoice")
        verbose_name_plural = _("Invoices")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(code=None) | models.Q(code__regex=r"^[0-9]{20}$"), name="settlement_invoice_code"
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=[str(InvoiceState.REQUESTED), str(InvoiceState.WITHDRAWN)])
                | models.Q(code__isnull=False, issued_on__isnull=False),
                name="settlement_issued_with_a_code",
            ),
            models.CheckConstraint(
                condition=~models.Q(issuer=models.F("buyer")), name="settlement_nobody_bills_oneself"
            ),
        ]
        indexes = [
            models.Index(fields=["issuer", "state"], name="settlement_invoices_issued"),
            models.Index(fields=["buyer", "state"], name="settlement_invoices_received"),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def is_red(self) -> bool:
        """Takes another invoice back."""
        return self.reverses_id is not None

    @property
    def party_ids(self) -> list[int]:
        return [self.issuer_id, self.buyer_id]

    @property
    def net(self) -> Money:
        return self._sum("net_fen")

    @property
    def vat(self) -> Money:
        return self._sum("vat_fen")

    @property
    def gross(self) -> Money:
        """Price and tax in all."""
        return self.net + self.vat

    def _sum(self, field: str) -> Money:
        return Money(sum(getattr(line, field) for line in self.lines.all()), self.currency)


class InvoiceLine(models.Model):
    """One component of an obligation on an invoice: net, VAT and the rate or the reason of its absence. Only added."""

    invoice = models.ForeignKey(Invoice, models.PROTECT, related_name="lines")
    position = models.PositiveSmallIntegerField()
    component = models.CharField(_("component"), max_length=20, choices=Component)
    obligation = models.ForeignKey("settlement.Obligation", models.PROTECT, related_name="invoice_lines")
    label = models.CharField(_("what it is for"), max_length=500)
    net_fen = models.BigIntegerField(_("net"))
    vat_fen = models.BigIntegerField(_("VAT"))
    rate_bp = models.PositiveIntegerField(_("rate"))
    exempt_reason = models.CharField(_("why nothing is due"), max_length=200, blank=True)
    currency = models.CharField(max_length=3, default="CNY")

    class Meta:
        ordering = ["invoice", "position"]
        verbose_name = _("Line of an invoice")
        verbose_name_plural = _("Lines of an invoice")
        constraints = [
            models.UniqueConstraint(fields=["invoice", "position"], name="settlement_invoice_position"),
            models.CheckConstraint(
                condition=models.Q(exempt_reason="") | models.Q(vat_fen=0), name="settlement_exempt_without_vat"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.invoice_id} {self.component}"

    @property
    def net(self) -> Money:
        return Money(self.net_fen, self.currency)

    @property
    def vat(self) -> Money:
        return Money(self.vat_fen, self.currency)

    @property
    def gross(self) -> Money:
        return Money(self.net_fen + self.vat_fen, self.currency)
