"""How invoices and the rules behind them are put on pages; no rules."""

from django.urls import reverse
from django.utils.translation import gettext

from foundation.core.display import moment
from foundation.core.marks import _
from foundation.core.money import Money
from settlement import chart, presentation, rules_income
from settlement.models import Invoice, Obligation
from settlement.queries import invoices as asked
from settlement.services import fee_invoices
from settlement.services.income_policies import percent

DATE = "%Y-%m-%d"
SHOWN = 20
SENT, WITHDRAW = _("Note that it was sent"), _("Withdraw the request")


def facts(invoice: Invoice) -> list[dict]:
    """Head of the invoice."""
    rows = [
        {"label": gettext("Kind of invoice"), "value": invoice.get_kind_display()},
        {"label": gettext("Seller"), "value": invoice.issuer.display_name},
        {"label": gettext("Buyer"), "value": invoice.buyer.display_name},
        {"label": gettext("Invoice title"), "value": invoice.title},
        {"label": gettext("Taxpayer number"), "value": invoice.uscc or "—"},
    ]
    if invoice.is_red:
        rows.append({"label": gettext("Takes back"), "value": invoice.reverses.number,
                     "url": reverse("settlement:invoice", args=[invoice.reverses.number])})  # fmt: skip
    if invoice.registration_number:
        rows.append({"label": gettext("Contract registration"), "value": invoice.registration_number})
    if invoice.code:
        rows.append({"label": gettext("Invoice code"), "value": invoice.code})
        rows.append({"label": gettext("Issued on"), "value": invoice.issued_on.strftime(DATE)})
    if invoice.sent_at:
        rows.append({"label": gettext("Sent at"), "value": moment(invoice.sent_at)})
    if invoice.reason:
        rows.append({"label": gettext("Reason"), "value": invoice.reason})
    return rows


def line_rows(invoice: Invoice) -> list[dict]:
    """The lines with rate, or the reason why nothing is due."""
    return [
        {
            "line": line,
            "component": line.get_component_display(),
            "rate": gettext("exempt") if line.exempt_reason else f"{percent(line.rate_bp)} %",
            "why": gettext(line.exempt_reason) if line.exempt_reason else "",
        }
        for line in invoice.lines.all()
    ]


def actions(invoice: Invoice, membership) -> list[dict]:
    """Buttons beside the form of the code."""
    found = []
    if invoice.permits("send") and rules_income.may_issue(membership, invoice):
        url = reverse("settlement:send_invoice", args=[invoice.number])
        found.append({"label": gettext(SENT), "post": url, "tone": "primary"})
    if invoice.permits("issue") and (
        rules_income.may_issue(membership, invoice) or rules_income.may_request(membership, invoice)
    ):
        url = reverse("settlement:withdraw_invoice", args=[invoice.number])
        found.append({"label": gettext(WITHDRAW), "post": url, "tone": "danger"})
    return found


def history(invoice: Invoice, membership) -> list[dict]:
    """What happened to it."""
    return presentation.history(invoice, membership)


def fees_to_bill(membership) -> list[dict]:
    """Payments from which the platform took a fee that is on no invoice yet."""
    rows = []
    for obligation in asked.fees_of(membership)[:SHOWN]:
        net, vat = fee_invoices.fee_taken(obligation)
        if net > Money(0):
            rows.append({"obligation": obligation, "amount": net + vat, "actions": [_ask(obligation)]})
    return rows


def _ask(obligation: Obligation) -> dict:
    url = reverse("settlement:request_fee_invoice", args=[obligation.number])
    return {"label": gettext("Ask for the invoice"), "post": url}


def proposal_rows(proposals) -> list[dict]:
    """Rules that were proposed, newest first, with their state."""
    return [{"proposal": one, "label": one.label, "rate": f"{percent(one.rate_bp)} %"} for one in proposals]


def rule_rows() -> dict:
    """The rules of tax and of own fees."""
    taxes = [
        {"label": rule.get_kind_display(), "rate": f"{percent(rule.rate_bp)} %", "rule": rule,
         "why": gettext(rule.exempt_reason) if rule.exempt_reason else ""}
        for rule in asked.tax_rules()
    ]  # fmt: skip
    fees = [
        {"label": gettext(chart.PURPOSES[rule.purpose].label) if rule.purpose in chart.PURPOSES else rule.purpose,
         "rate": f"{percent(rule.rate_bp)} %", "rule": rule}
        for rule in asked.fee_rules()
    ]  # fmt: skip
    return {"taxes": taxes, "fees": fees}
