"""What settlement answers for and listens to about bank accounts, statements and months."""

from foundation.audit import phrases
from foundation.core import handlers
from foundation.core.marks import _, ngettext
from settlement import work_bank
from settlement.services import closing, statement_import, statement_jobs

PHRASES = {
    "settlement.payment.transferred": _("{amount} arrived by bank transfer (line {line})"),
    "settlement.statement.received": _("A statement of account {account} was sent in"),
    "settlement.bankstatement.imported": ngettext(
        "{lines} line of account {account} was imported; known before: {known}",
        "{lines} lines of account {account} were imported; known before: {known}",
        "lines",
    ),
    "settlement.bankline.tick": _("Line {line} ({amount}) was tied to the ledger"),
    "settlement.bankline.match": _("Line {line} ({amount}) was matched"),
    "settlement.bankline.queue": _("Line {line} ({amount}) waits for a person"),
    "settlement.bankline.assign": _("Line {line} ({amount}) was assigned by hand"),
    "settlement.bankline.return": _("Line {line} ({amount}) goes back to its payer"),
    "settlement.bankline.park": _("Line {line} ({amount}) was parked"),
    "settlement.bankline.unpark": _("Line {line} ({amount}) was taken up again"),
    "settlement.bankline.reverse": _("The bank took line {line} ({amount}) back"),
    "settlement.ownaccount.proposed": _("The bank account {number} at {bank} was proposed"),
    "settlement.ownaccount.activate": _("The bank account {number} at {bank} was confirmed"),
    "settlement.ownaccount.close": _("The bank account {number} at {bank} is used no more"),
    "settlement.ownaccount.days_signed": ngettext(
        "{days} day of account {account} up to {until} was signed",
        "{days} days of account {account} up to {until} were signed",
        "days",
    ),
    "settlement.accountingmonth.closed": _("The month {number} was closed"),
    "settlement.accountingmonth.close": _("The month {number} was closed again"),
    "settlement.accountingmonth.ask": _("A second person was asked to reopen the month {number}"),
    "settlement.accountingmonth.reopen": _("The month {number} was reopened"),
    "settlement.accountingmonth.keep": _("The month {number} stays closed"),
}


def install() -> None:
    """Register everything."""
    for name, template in PHRASES.items():
        phrases.register(name, template)
    handlers.register(f"job.run:{statement_import.CHECK}", statement_jobs.check_statement)
    handlers.register(f"job.run:{statement_import.WRITE}", statement_jobs.write_statement)
    handlers.register(f"review.decided:{closing.REVIEW}", closing.decide_reopening)
    handlers.register(f"review.facts:{closing.REVIEW}", work_bank.month_facts)
    handlers.register("my_work:settlement_bank", work_bank.my_work)
