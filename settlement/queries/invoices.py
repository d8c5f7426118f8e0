"""Invoices a membership may look at. Agrees with `rules_income.may_view_invoice`."""

from django.db.models import Prefetch, Q, QuerySet

from settlement import chart, rules
from settlement.lifecycle import ObligationState
from settlement.lifecycle_income import InvoiceState
from settlement.models import Component, FeeRule, Invoice, InvoiceLine, Obligation, TaxRule

PURPOSES = ("license.fee", "license.instalment", "license.royalty", "license.late_fee", "auction.price")


class Invoices:
    """Of the own organization on either side; all for finance and the auditor."""

    def visible_to(self, membership) -> QuerySet[Invoice]:
        """With parties and lines, newest first."""
        lines = InvoiceLine.objects.select_related("obligation").order_by("position")
        found = Invoice.objects.select_related("issuer", "buyer", "reverses").prefetch_related(Prefetch("lines", lines))
        if rules.sees_all(membership):
            return found
        if not rules.can(membership, "see_money"):
            return found.none()
        own = membership.organization_id
        return found.filter(Q(issuer_id=own) | Q(buyer_id=own))

    def to_issue(self, membership) -> QuerySet[Invoice]:
        """What others asked the own organization to issue, oldest first."""
        own = getattr(membership, "organization_id", None)
        return self.visible_to(membership).filter(issuer_id=own, state=InvoiceState.REQUESTED).order_by("pk")


class Billable:
    """Paid obligations of a payer that stand on no invoice yet."""

    def visible_to(self, membership) -> QuerySet[Obligation]:
        """The own organization's as payer, newest first."""
        found = Obligation.objects.select_related("debtor", "creditor").order_by("-pk")
        if not rules.can(membership, "see_money"):
            return found.none()
        gone = [InvoiceState.WITHDRAWN, InvoiceState.RED_REVERSED]
        billed = InvoiceLine.objects.filter(invoice__reverses=None).exclude(invoice__state__in=gone)
        billed = billed.exclude(component=Component.SERVICE_FEE).values("obligation_id")
        paid = found.filter(debtor_id=membership.organization_id, state=ObligationState.PAID, purpose__in=PURPOSES)
        return paid.exclude(pk__in=billed)


invoices, billable = Invoices(), Billable()


def fees_of(membership) -> QuerySet[Obligation]:
    """Obligations from which the platform took a fee that the own organization bore, newest first."""
    own = getattr(membership, "organization_id", None)
    bought = Q(debtor_id=own, purpose__in=chart.FEE_FROM_PAYER)
    found = Obligation.objects.filter(bought | Q(creditor_id=own) & ~Q(purpose__in=chart.FEE_FROM_PAYER))
    if not rules.can(membership, "see_money"):
        return found.none()
    return found.filter(releases__fee_fen__gt=0).distinct().order_by("-pk")


def tax_rules() -> QuerySet[TaxRule]:
    """All rules of tax, by kind, the newest first; no secret."""
    return TaxRule.objects.all()


def fee_rules() -> QuerySet[FeeRule]:
    """All rules of the platform's own fees, by purpose, the newest first; no secret."""
    return FeeRule.objects.all()
