"""The platform's own invoices: over the service fees it took from what was released to a payee."""

from typing import Any

from django.db import transaction
from django.db.models import Sum
from django.utils.translation import gettext

from accounts import queries as accounts
from foundation.core.clock import database_now, local_date
from foundation.core.errors import NotAllowed
from foundation.core.locking import lock_rows
from foundation.core.money import Money
from settlement import rules_income, tax
from settlement.lifecycle_income import InvoiceState
from settlement.models import Component, Invoice, InvoiceLine, Obligation
from settlement.models.tax import TaxKind
from settlement.services.invoicing import Item, NothingToInvoice, file_request


def fee_taken(obligation: Obligation) -> tuple[Money, Money]:
    """Own fee and VAT taken from an obligation and not on an invoice yet."""
    taken = obligation.releases.aggregate(net=Sum("fee_fen", default=0), vat=Sum("vat_fen", default=0))
    lines = InvoiceLine.objects.filter(obligation=obligation, component=Component.SERVICE_FEE)
    billed = lines.exclude(invoice__state=InvoiceState.WITHDRAWN).aggregate(
        net=Sum("net_fen", default=0), vat=Sum("vat_fen", default=0)
    )
    return tuple(Money(int(taken[name]) - int(billed[name]), obligation.currency) for name in ("net", "vat"))


@transaction.atomic
def request_fee_invoice(*, obligation: Obligation, actor: Any, key: str, kind: str = Invoice.Kind.ORDINARY) -> Invoice:
    """Whoever bore the platform's fee (the payee, or the buyer of a commission) asks for its invoice, once per ``key``.

    Raises NotAllowed, NothingToInvoice, OrdinaryOnly.
    """
    known = Invoice.objects.filter(key=f"fee:{key}").first()
    issuer = accounts.with_role("finance").order_by("pk").first()
    if known is None and issuer is None:
        raise NothingToInvoice()
    bearer = obligation.debtor if obligation.purpose_row.fee_from_payer else obligation.creditor
    draft = known or Invoice(key=f"fee:{key}", kind=kind, issuer=issuer.organization, buyer=bearer)
    if not rules_income.may_request(actor, draft):
        raise NotAllowed()
    if known is not None:
        return known
    obligation = lock_rows(obligation)
    net, vat = fee_taken(obligation)
    if net.fen <= 0:
        raise NothingToInvoice()
    now = database_now()
    rate = tax.rule_for(TaxKind.VAT_SERVICE, local_date(now)).rate_bp
    label = f"{gettext(Component.SERVICE_FEE.label)} {obligation.number}"
    return file_request(draft, [Item(Component.SERVICE_FEE, obligation, label, tax.Taxed(net, vat, rate))],
                        actor=actor, now=now)  # fmt: skip
