"""The chart of accounts, the kinds of movements and the purposes of obligations: pure tables.

Client money lies in a bank's supervised account; the ledger mirrors it and never counts it as income.
"""

from dataclasses import dataclass
from enum import StrEnum

from foundation.core.marks import _


class Type(StrEnum):
    """What an account is; assets and expenses grow by debits, the others by credits."""

    ASSET = "asset"
    LIABILITY = "liability"
    INCOME = "income"
    EXPENSE = "expense"


@dataclass(frozen=True, slots=True)
class Account:
    """``client``: money of others that the supervised account must cover; such a sub-account is never below zero."""

    code: str
    name: str
    type: Type
    client: bool = False


@dataclass(frozen=True, slots=True)
class Movement:
    """One kind of entry: the accounts it may debit and credit, and what it means."""

    kind: str
    debits: tuple[str, ...]
    credits: tuple[str, ...]
    sentence: str


@dataclass(frozen=True, slots=True)
class Purpose:
    """What an obligation is for: the account that holds the money, and the movements of its life."""

    key: str
    label: str
    held_in: str
    received: str
    released: str
    refunded: str


BANK, IN_TRANSIT = "1001", "1131"
LICENSE_FEES, PAYABLE, REFUNDS, UNIDENTIFIED = "2002", "2011", "2013", "2014"
ASSET, LIABILITY, INCOME, EXPENSE = Type.ASSET, Type.LIABILITY, Type.INCOME, Type.EXPENSE

ACCOUNTS = {
    account.code: account
    for account in (
        Account("1001", _("Supervised bank account"), ASSET),
        Account("1002", _("Own operating bank account"), ASSET),
        Account("1121", _("License fees due from licensees (memo)"), ASSET),
        Account("1122", _("Commissions and service fees due"), ASSET),
        Account("1131", _("Bank in transit"), ASSET),
        Account("2001", _("Auction deposits held"), LIABILITY, client=True),
        Account("2002", _("License fees in escrow"), LIABILITY, client=True),
        Account("2003", _("Auction prices held"), LIABILITY, client=True),
        Account("2004", _("Challenge bounties held"), LIABILITY, client=True),
        Account("2005", _("Trial and performance deposits held"), LIABILITY, client=True),
        Account("2011", _("Payable to patentees and sellers"), LIABILITY, client=True),
        Account("2012", _("Payable to inventors"), LIABILITY, client=True),
        Account("2013", _("Refunds payable"), LIABILITY, client=True),
        Account("2014", _("Unidentified receipts"), LIABILITY, client=True),
        Account("2015", _("Insurance premiums payable"), LIABILITY, client=True),
        Account("2021", _("VAT payable on own fees"), LIABILITY),
        Account("2031", _("Own fees, not yet swept"), LIABILITY, client=True),
        Account("2101", _("License fees due to patentees when collected (memo)"), LIABILITY),
        Account("4001", _("Service fees earned"), INCOME),
        Account("4002", _("Buyer's commissions earned"), INCOME),
        Account("4003", _("Certificate fees earned"), INCOME),
        Account("4101", _("Forfeited deposits due to the platform"), INCOME),
        Account("5001", _("Bank charges"), EXPENSE),
        Account("5002", _("Compensation"), EXPENSE),
    )
}
CLIENT_MONEY = tuple(code for code, account in ACCOUNTS.items() if account.client)
HELD = ("2001", "2002", "2003", "2004", "2005")
OWN_INCOME = ("4001", "4002", "4003", "4101")

MOVEMENTS = {
    movement.kind: movement
    for movement in (
        Movement("deposit_received", ("1001",), ("2001",), _("A bidder's deposit arrived")),
        Movement("deposit_released", ("2001",), ("2013",), _("A deposit goes back to its bidder")),
        Movement("deposit_applied", ("2001",), ("2003",), _("The winner's deposit counts toward the price")),
        Movement("deposit_forfeited", ("2001",), ("2011", "2031"), _("A deposit was forfeited")),
        Movement("price_received", ("1001",), ("2003",), _("The rest of an auction price arrived")),
        Movement(
            "sale_completed", ("2003",), ("2011", "2031"), _("A sale was completed; the price is due to the seller")
        ),
        Movement("license_fee_received", ("1001",), ("2002",), _("A license fee arrived and is held in escrow")),
        Movement("license_fee_released", ("2002",), ("2011", "2031"), _("A license fee is due to the patentee")),
        Movement("license_fee_refunded", ("2002",), ("2013",), _("A license fee goes back to the licensee")),
        Movement("royalty_due", ("1121",), ("2101",), _("A royalty report was accepted; the royalty is due (memo)")),
        Movement("royalty_received", ("1001",), ("2002",), _("A royalty arrived and is held in escrow")),
        Movement("royalty_settled", ("2101",), ("1121",), _("A royalty was paid (memo)")),
        Movement("late_fee_due", ("1121",), ("2101",), _("A fee for late payment is due (memo)")),
        Movement("late_fee_received", ("1001",), ("2002",), _("A fee for late payment arrived")),
        Movement("late_fee_settled", ("2101",), ("1121",), _("A fee for late payment was paid (memo)")),
        Movement("bounty_funded", ("1001",), ("2004",), _("A bounty was funded")),
        Movement(
            "bounty_accepted", ("2004",), ("2011", "2031"), _("A milestone was accepted; its part is due to the team")
        ),
        Movement("bounty_cancelled", ("2004",), ("2013",), _("A bounty goes back to the challenge's owner")),
        Movement("trial_deposit_received", ("1001",), ("2005",), _("A trial or performance deposit arrived")),
        Movement("trial_deposit_returned", ("2005",), ("2013",), _("A trial or performance deposit goes back")),
        Movement("premium_received", ("1001",), ("2015",), _("An insurance premium arrived")),
        Movement("premium_sent", ("2015",), ("1131",), _("An insurance premium was sent to the insurer")),
        Movement("inventor_share_assigned", ("2011",), ("2012",), _("A share is due to an inventor")),
        Movement("inventor_share_sent", ("2012",), ("1131",), _("A share was sent to an inventor")),
        Movement("receipt_unidentified", ("1001",), ("2014",), _("Money arrived that is to be clarified")),
        Movement("receipt_matched", ("2014",), HELD, _("Unclear money was assigned to what it is for")),
        Movement("receipt_returned", ("2014",), ("2013",), _("Unclear money goes back to its payer")),
        Movement("refund_sent", ("2013",), ("1131",), _("A refund was sent to the bank")),
        Movement("refund_confirmed", ("1131",), ("1001",), _("The bank confirmed a refund")),
        Movement("refund_failed", ("1131",), ("2013",), _("The bank could not carry out a refund")),
        Movement("payout_sent", ("2011",), ("1131",), _("A payout was sent to the bank")),
        Movement("payout_confirmed", ("1131",), ("1001",), _("The bank confirmed a payout")),
        Movement("payout_failed", ("1131",), ("2011",), _("The bank could not carry out a payout")),
        Movement("fee_invoiced", ("1122",), (*OWN_INCOME, "2021"), _("A commission or service fee was invoiced")),
        Movement("fee_swept", ("2031",), ("1001",), _("Own fees left the supervised account")),
        Movement(
            "fee_earned", ("1002",), (*OWN_INCOME, "1122", "2021"), _("Own fees arrived in the operating account")
        ),
        Movement("bank_charged", ("5001",), ("1002",), _("The bank took its charges")),
        Movement("compensation_paid", ("5002",), ("1002",), _("A compensation was paid")),
        Movement("correction", tuple(ACCOUNTS), tuple(ACCOUNTS), _("An entry was reversed")),
    )
}

PURPOSES = {
    purpose.key: purpose
    for purpose in (
        Purpose("license.fee", _("License fee"), LICENSE_FEES,
                "license_fee_received", "license_fee_released", "license_fee_refunded"),
        Purpose("license.royalty", _("Royalty"), LICENSE_FEES,
                "royalty_received", "license_fee_released", "license_fee_refunded"),
    )
}  # fmt: skip
