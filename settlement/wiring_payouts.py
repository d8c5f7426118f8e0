"""What settlement answers for and listens to about payouts, refund requests, disputes and the own books."""

from foundation.audit import phrases
from foundation.core import handlers
from foundation.core.marks import _, ngettext
from settlement import invariants_payouts, notices_payouts, rules_payouts, work_payouts  # noqa: F401 (rules register)
from settlement.services import bank_accounts, own_books, paying_out, refund_requests, rule_proposals, runs

PHRASES = {
    "settlement.money.frozen": _("{amount} was frozen"),
    "settlement.money.unfrozen": _("{amount} was freed again"),
    "settlement.payoutaccount.proposed": _("Account {account} was named for payouts; a second person confirms it"),
    "settlement.payoutaccount.verify": _("Account {account} was confirmed for payouts"),
    "settlement.payoutaccount.refuse": _("Account {account} was not confirmed"),
    "settlement.payoutaccount.withdraw": _("Account {account} was taken back"),
    "settlement.payoutaccount.retire": _("Account {account} is no longer used"),
    "settlement.payoutrun.collected": ngettext(
        "A payout run of {count} payout over {amount} was made",
        "A payout run of {count} payouts over {amount} was made",
        "count",
    ),
    "settlement.payoutrun.submit": _("A second person was asked about the payout run over {amount}"),
    "settlement.payoutrun.clear": _("The payout run over {amount} was approved"),
    "settlement.payoutrun.return": _("The second person returned the payout run over {amount}"),
    "settlement.payoutrun.approve": _("The second person approved the payout run over {amount}"),
    "settlement.payoutrun.begin": ngettext(
        "The sending of {count} payout began", "The sending of {count} payouts began", "count"
    ),
    "settlement.payoutrun.send": ngettext(
        "{count} payout was sent to the bank", "{count} payouts were sent to the bank", "count"
    ),
    "settlement.payoutrun.finish": _("The bank has answered all payouts of the run"),
    "settlement.payoutrun.cancel": _("The payout run was cancelled"),
    "settlement.payout.drop": _("The payout of {amount} was left out"),
    "settlement.payout.send": _("{amount} was sent to account {account}"),
    "settlement.payout.finish": _("The bank paid {amount} to account {account}"),
    "settlement.payout.fail": _("The bank could not pay {amount} to account {account}"),
    "settlement.payout.come_back": _("{amount} came back from account {account}"),
    "settlement.payout.clear": _("The failed payout of {amount} was clarified; it is due again"),
    "settlement.refundrequest.requested": _("{amount} of payment {about} was asked back"),
    "settlement.refundrequest.review": _("Finance would pay {amount} back; a second person decides"),
    "settlement.refundrequest.return": _("The second person returned the refund of {amount}"),
    "settlement.refundrequest.approve": _("A refund of {amount} was granted"),
    "settlement.refundrequest.refuse": _("The refund of {amount} was refused"),
    "settlement.refundrequest.withdraw": _("The request for {amount} was taken back"),
    "settlement.refundrequest.pay": _("{amount} is back at the payer"),
    "settlement.dispute.opened": _("{amount} of payment {about} was disputed and stays frozen"),
    "settlement.dispute.answer": _("The other side answered"),
    "settlement.dispute.pass": _("No answer came in time; the dispute goes on"),
    "settlement.dispute.mediate": _("Mediation was asked for"),
    "settlement.dispute.mediator_named": _("A mediator was named"),
    "settlement.dispute.offered": _("It was offered that {back} goes back and {keeps} stays with the payee"),
    "settlement.dispute.agreed": _("One side agreed that {back} goes back"),
    "settlement.dispute.declined": _("The offer was declined"),
    "settlement.dispute.settle": _("The dispute about {amount} was settled"),
    "settlement.dispute.fail": _("No agreement was found"),
    "settlement.dispute.refer": _("Arbitration or a court has the dispute"),
    "settlement.dispute.rule": _("The ruling about {amount} was carried out"),
    "settlement.dispute.lapse": _("Nobody went to arbitration or court; {amount} is free again"),
    "settlement.dispute.withdraw": _("The dispute about {amount} was withdrawn"),
    "settlement.fees.swept": _("Own fees of {amount} were swept"),
    "settlement.ruleproposal.proposed": _("A rate of {rate} from {day} on was proposed"),
    "settlement.ruleproposal.lay_down": _("A rate of {rate} from {day} on was laid down"),
    "settlement.ruleproposal.refuse": _("A rate of {rate} from {day} on was refused"),
    "settlement.ownentry.proposed": _("An entry over {amount} in the own books was asked for"),
    "settlement.ownentry.post": _("An entry over {amount} in the own books was made"),
    "settlement.ownentry.refuse": _("An entry over {amount} in the own books was refused"),
}
DECIDED = {
    bank_accounts.REVIEW: bank_accounts.decide_account,
    runs.REVIEW: runs.decide_run,
    refund_requests.REVIEW: refund_requests.decide_request,
    own_books.REVIEW: own_books.decide_entry,
    rule_proposals.REVIEW: rule_proposals.decide_rule,
}


def install() -> None:
    """Register all of it."""
    for name, template in PHRASES.items():
        phrases.register(name, template)
    for kind, decide in DECIDED.items():
        handlers.register(f"review.decided:{kind}", decide)
        handlers.register(f"review.facts:{kind}", work_payouts.FACTS[kind])
    handlers.register(f"job.run:{runs.JOB}", paying_out.carry_out)
    handlers.register("my_work:settlement_payouts", work_payouts.my_work)
    notices_payouts.install()
    invariants_payouts.install()
