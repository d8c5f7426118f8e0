"""Red-letter invoices: what was refunded after an invoice is taken back by another, of the same parties and rates."""

from typing import Any

from django.db import transaction
from django.db.models import Sum

from foundation.core.actors import SYSTEM
from foundation.core.clock import database_now
from foundation.core.locking import lock_rows
from foundation.core.money import Money
from settlement import tax
from settlement.lifecycle_income import InvoiceState
from settlement.models import Component, Invoice, InvoiceLine, Obligation
from settlement.services import invoicing
from settlement.services.billed import sold_for
from settlement.services.invoicing import Item

STANDING = (InvoiceState.ISSUED, InvoiceState.SENT)


@transaction.atomic
def follow_refund(*, obligation: Obligation, reason: str = "") -> list[Invoice]:
    """Bring the invoices of an obligation in line with what is kept of it; the invoices that were asked for.

    A request that was not issued is replaced or withdrawn; for an issued one a red-letter invoice over the difference
    is asked for. A repeat finds nothing to do.
    """
    obligation = lock_rows(obligation)
    made = []
    for invoice in _of(obligation):
        excess = _standing(invoice, obligation) - sold_for(obligation)
        if excess.fen <= 0:
            continue
        if invoice.state == InvoiceState.REQUESTED:
            made += _replace(invoice, obligation)
        elif invoice.state in STANDING:
            made.append(_red(invoice, obligation, excess, reason))
    return made


@transaction.atomic
def issue_red(*, invoice: Invoice, actor: Any, code: str, issued_on) -> Invoice:
    """Issue a red-letter invoice; the blue one it takes back whole is reversed. Raises as `invoicing.issue`."""
    blue = lock_rows(invoice.reverses)
    issued = invoicing.issue(invoice=invoice, actor=actor, code=code, issued_on=issued_on)
    taken = sum((one.gross for one in blue.red_letters.filter(state__in=STANDING)), Money(0, blue.currency))
    if blue.state in STANDING and not blue.gross + taken:
        invoicing.advance(blue, "reverse", SYSTEM, database_now())
    return issued


def _of(obligation: Obligation) -> list[Invoice]:
    """Blue invoices of an obligation that stand or were asked for; the platform's own fee is no part of them."""
    lines = InvoiceLine.objects.filter(obligation=obligation).exclude(component=Component.SERVICE_FEE)
    rows = Invoice.objects.filter(pk__in=lines.values("invoice_id"), reverses=None)
    return list(rows.filter(state__in=[InvoiceState.REQUESTED, *STANDING]).order_by("pk"))


def _sums(invoice: Invoice, obligation: Obligation) -> tuple[int, int]:
    """(net, VAT) in fen of an obligation on an invoice, less what red letters take back."""
    family = Invoice.objects.filter(pk=invoice.pk) | Invoice.objects.filter(reverses=invoice).exclude(
        state=InvoiceState.WITHDRAWN
    )
    rows = InvoiceLine.objects.filter(invoice__in=family, obligation=obligation)
    sums = rows.aggregate(net=Sum("net_fen", default=0), vat=Sum("vat_fen", default=0))
    return int(sums["net"]), int(sums["vat"])


def _standing(invoice: Invoice, obligation: Obligation) -> Money:
    return Money(sum(_sums(invoice, obligation)), invoice.currency)


def _red(blue: Invoice, obligation: Obligation, excess: Money, reason: str) -> Invoice:
    """Ask for a red letter over the excess; where nothing is left, exactly what stood."""
    line = blue.lines.get(obligation=obligation)
    net, vat = _sums(blue, obligation)
    if excess.fen == net + vat:
        taxed = tax.Taxed(Money(-net), Money(-vat), line.rate_bp, line.exempt_reason)
    else:
        part = tax.within(excess, line.rate_bp)
        taxed = tax.Taxed(-part.net, -part.vat, line.rate_bp, line.exempt_reason)
    draft = _like(blue, f"red:{blue.pk}:{obligation.pk}:{net + vat}", reverses=blue, reason=reason[:200])
    item = Item(line.component, obligation, line.label, taxed)
    return invoicing.file_request(draft, [item], actor=SYSTEM, now=database_now())


def _replace(invoice: Invoice, refunded: Obligation) -> list[Invoice]:
    """Withdraw a request and ask anew for what is kept of its obligations."""
    now = database_now()
    lines = list(invoice.lines.select_related("obligation"))
    invoicing.advance(invoice, "withdraw", SYSTEM, now)
    items = []
    for line in lines:
        kept = sold_for(line.obligation) if line.obligation_id == refunded.pk else line.gross
        if kept.fen > 0:
            part = tax.within(kept, line.rate_bp)
            taxed = tax.Taxed(part.net, part.vat, line.rate_bp, line.exempt_reason)
            items.append(Item(line.component, line.obligation, line.label, taxed))
    if not items:
        return []
    draft = _like(invoice, f"again:{invoice.pk}")
    return [invoicing.file_request(draft, items, actor=SYSTEM, now=now)]


def _like(invoice: Invoice, key: str, **more: Any) -> Invoice:
    """An unsaved invoice of the same kind and parties."""
    names = ("kind", "issuer", "buyer", "title", "uscc", "registration_number", "currency")
    return Invoice(key=key, **{name: getattr(invoice, name) for name in names}, **more)
