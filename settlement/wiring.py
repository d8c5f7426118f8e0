"""What settlement answers for and listens to."""

from django.apps import apps

from foundation.audit import phrases
from foundation.core import handlers
from foundation.core.marks import _, ngettext
from settlement import documentation, invariants, notices, wiring_bank, wiring_income, wiring_payouts, work
from settlement.services import decide_case
from settlement.services.cases import REVIEW

handlers.register(f"review.decided:{REVIEW}", decide_case)
handlers.register(f"review.facts:{REVIEW}", work.review_facts)
handlers.register("my_work:settlement", work.my_work)
if apps.is_installed("approvals"):
    handlers.expect("review.open")
if apps.is_installed("licenses"):
    handlers.expect("obligation.paid:license.fee")

PHRASES = {
    "settlement.obligation.opened": _("Payment {number} of {amount} was asked for"),
    "settlement.obligation.pay": _("Payment {number} arrived: {amount} is held in escrow"),
    "settlement.obligation.cancel": _("Payment {number} is no longer needed"),
    "settlement.obligation.expire": _("Payment {number} was not made in time"),
    "settlement.obligation.refund": _("The refund of payment {number} was ordered: {amount}"),
    "settlement.obligation.refund_done": _("Payment {number} was refunded: {amount}"),
    "settlement.obligation.released": _("{amount} of payment {number} was released to the payee"),
    "settlement.obligation.objected": _("The payer objected to the release of payment {number}"),
    "settlement.obligation.objection_settled": _("The objection to the release of payment {number} was settled"),
    "settlement.obligation.part_paid": _("{amount} of payment {number} arrived; {left} is left to pay"),
    "settlement.obligation.reopen": _("The money for payment {number} was taken back; it is to be paid again"),
    "settlement.obligation.withdrawn": _("{amount} of payment {number} was taken back by the bank"),
    "settlement.obligation.reminded": _("A reminder of payment {number} was sent: {amount} by {due}"),
    "settlement.obligation.overdue": ngettext(
        "Payment {number} is overdue by {days} day: {amount}",
        "Payment {number} is overdue by {days} days: {amount}",
        "days",
    ),
    "settlement.schedule.opened": _("A schedule was set up: {amount} in all, number of payments: {parts}"),
    "settlement.hold.placed": _("{amount} is held as {number}"),
    "settlement.hold.part_used": _("{amount} of hold {number} was used; the rest stays held"),
    "settlement.hold.capture": _("{amount} of hold {number} was used; {returned} goes back"),
    "settlement.hold.release": _("Hold {number} goes back to the payer: {returned}"),
    "settlement.hold.forfeit": _("Hold {number} was forfeited: {amount}; {returned} goes back"),
    "settlement.hold.expire": _("Hold {number} goes back undecided: {returned}"),
    "settlement.payment.allocated": _("{amount} was assigned to {obligation}; the rest is still to be clarified"),
    "settlement.payment.unassign": _("The assignment of {amount} to {obligation} was taken back"),
    "settlement.payment.started": _("A payment of {amount} for {obligation} was started"),
    "settlement.payment.order": _("The bank took the order for the payment"),
    "settlement.payment.confirm": _("The bank confirmed {amount} for {obligation}"),
    "settlement.payment.fail": _("The payment failed"),
    "settlement.payment.clarify": _("{amount} arrived where {owed} was owed; finance looks into it"),
    "settlement.payment.turn_back": _("{amount} goes back to the payer"),
    "settlement.payment.assign": _("{amount} was assigned to {obligation}"),
    "settlement.refund.requested": _("A refund of {amount} was ordered"),
    "settlement.refund.send": _("A refund of {amount} was sent to the bank"),
    "settlement.refund.finish": _("The bank confirmed a refund of {amount}"),
    "settlement.refund.fail": _("The bank could not carry out a refund of {amount}"),
    "settlement.refund.retry": _("A refund is tried again"),
    "settlement.case.opened": _("{amount} is to be clarified (bank reference {transaction})"),
    "settlement.case.propose": _("A second person was asked about {amount}"),
    "settlement.case.return": _("The second person returned the case about {amount}"),
    "settlement.case.resolve": _("The case about {amount} was resolved"),
    "settlement.callback.refused": _("A message to the bank's address was refused: wrong signature"),
}
for name, template in PHRASES.items():
    phrases.register(name, template)
documentation.install()
invariants.install()
notices.install()
wiring_income.install()
wiring_payouts.install()
wiring_bank.install()
