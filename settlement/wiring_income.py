"""What settlement answers for and listens to about income, its distribution and invoices."""

from foundation import audit
from foundation.audit import phrases
from foundation.core import handlers
from foundation.core.marks import _
from settlement import invariants_income, notices_income, work_income
from settlement.models import Obligation
from settlement.services import red_letters

PHRASES = {
    "settlement.income.shared": _("{amount} was shared among the owners of the patent"),
    "settlement.income_policy.adopted": _("Version {version} of the income policy holds from {valid_from}"),
    "settlement.patent_cost.noted": _("Costs of {amount} for patent {patent} were noted"),
    "settlement.inventor_agreement.noted": _("The inventors' shares in patent {patent} were noted"),
    "settlement.distribution.computed": _("The distribution of {amount} was computed"),
    "settlement.distribution.confirm": _("The institution confirmed the distribution"),
    "settlement.distribution.publish": _("The notice of the distribution began"),
    "settlement.distribution.accepted": _("An inventor agreed to the own share"),
    "settlement.distribution.object": _("Somebody objected to the distribution"),
    "settlement.distribution.dismiss": _("The objection was answered; the notice goes on"),
    "settlement.distribution.agree": _("The notice ended; the distribution is agreed"),
    "settlement.distribution.pay": _("The distribution of {amount} was paid out"),
    "settlement.distribution.close": _("The distribution was closed"),
    "settlement.distribution.cancel": _("The distribution was taken back"),
    "settlement.invoice.requested": _("An invoice over {amount} was asked for"),
    "settlement.invoice.issue": _("The invoice over {amount} was issued"),
    "settlement.invoice.send": _("The invoice was sent"),
    "settlement.invoice.reverse": _("The invoice was reversed by a red-letter invoice"),
    "settlement.invoice.withdraw": _("The request for an invoice was withdrawn"),
}


def on_refund(event) -> None:
    """Invoices follow what went back to the payer."""
    number = event.data["facts"].get("obligation")
    obligation = Obligation.objects.filter(number=number).first() if number else None
    if obligation is not None:
        red_letters.follow_refund(obligation=obligation, reason=event.data.get("reason", ""))


def install() -> None:
    """Register all of it."""
    for name, template in PHRASES.items():
        phrases.register(name, template)
    audit.subscriptions.subscribe("settlement.refund.requested", "settlement.red_letters", on_refund)
    handlers.register("my_work:settlement_income", work_income.my_work)
    notices_income.install()
    invariants_income.install()
