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
    """What an obligation is for: the account that holds the money, and the movements of its life.

    ``released`` leads to the payee, ``refunded`` back to the payer. ``partial``: part payments are kept. ``hold``: the
    money stays the payer's and becomes a hold, of which ``applied`` counts toward another obligation, ``forfeited`` is
    lost and ``expired`` goes back undecided; ``in_parts``: captured milestone by milestone. ``due_kind`` and
    ``settled_kind`` are the memo movements of what is due. ``late``: may be paid after its deadline; ``late_fee`` is
    the purpose of the fee for that. ``income``: the account that an own fee out of this money is earned on.
    ``owner_optional``: accepted where no owner is registered. ``fee_from_payer``: the payer bears the own fee, as a
    buyer's commission, and gets the invoice over it; else the payee.
    """

    key: str
    label: str
    held_in: str
    received: str
    released: str
    refunded: str
    partial: bool = False
    hold: bool = False
    in_parts: bool = False
    applied: str = ""
    forfeited: str = ""
    expired: str = ""
    due_kind: str = ""
    settled_kind: str = ""
    late: bool = False
    late_fee: str = ""
    income: str = "4001"
    owner_optional: bool = False
    fee_from_payer: bool = False


BANK, OPERATING, IN_TRANSIT = "1001", "1002", "1131"
LICENSE_FEES, PAYABLE, REFUNDS, UNIDENTIFIED = "2002", "2011", "2013", "2014"
PAYABLE_TO_INVENTORS = "2012"
DUE_FROM, DUE_TO, OWN_FEES, OWN_VAT = "1121", "2101", "2031", "2021"
FORFEITED = "4101"
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
        Movement("deposit_applied", ("2001",), ("2003", "2013"), _("The winner's deposit counts toward the price")),
        Movement("deposit_forfeited", ("2001", "2003"), ("2011", "2031", "2013"), _("A deposit was forfeited")),
        Movement("deposit_expired", ("2001",), ("2013",), _("A deposit nobody decided on goes back to its bidder")),
        Movement("price_received", ("1001",), ("2003",), _("The rest of an auction price arrived")),
        Movement("sale_completed", ("2003",), ("2011", "2031"), _("A sale was completed; the seller is to be paid")),
        Movement("withdrawal_cost_received", ("1001",), ("2003",), _("The cost of a withdrawn lot arrived")),
        Movement("withdrawal_cost_taken", ("2003",), ("2011", "2031"), _("The cost of a withdrawn lot was taken")),
        Movement("damages_received", ("1001",), ("2003",), _("Damages for a sale that failed arrived")),
        Movement("damages_released", ("2003",), ("2011",), _("Damages are due to the other side of the sale")),
        Movement("damages_returned", ("2003",), ("2013",), _("Costs or damages of a failed sale go back")),
        Movement("sale_annulled", ("2003",), ("2013",), _("A sale was annulled; the price goes back to the buyer")),
        Movement("license_fee_received", ("1001",), ("2002",), _("A license fee arrived and is held in escrow")),
        Movement("license_fee_released", ("2002",), ("2011", "2031"), _("A license fee is due to the patentee")),
        Movement("license_fee_refunded", ("2002",), ("2013",), _("A license fee goes back to the licensee")),
        Movement("royalty_due", ("1121",), ("2101",), _("A royalty report was accepted; the royalty is due (memo)")),
        Movement("royalty_received", ("1001",), ("2002",), _("A royalty arrived and is held in escrow")),
        Movement("inspection_cost_received", ("1001",), ("2002",), _("The cost of a royalty inspection arrived")),
        Movement("royalty_settled", ("2101",), ("1121",), _("A royalty was paid (memo)")),
        Movement("late_fee_due", ("1121",), ("2101",), _("A fee for late payment is due (memo)")),
        Movement("late_fee_received", ("1001",), ("2002",), _("A fee for late payment arrived")),
        Movement("late_fee_settled", ("2101",), ("1121",), _("A fee for late payment was paid (memo)")),
        Movement("memo_cancelled", ("2101",), ("1121",), _("What was due is due no longer (memo)")),
        Movement("bounty_funded", ("1001",), ("2004",), _("A bounty was funded")),
        Movement(
            "bounty_accepted", ("2004",), ("2011", "2031", "2013"), _("A milestone was accepted; its part is due")
        ),
        Movement("bounty_cancelled", ("2004",), ("2013",), _("A bounty goes back to the challenge's owner")),
        Movement("bounty_expired", ("2004",), ("2013",), _("A bounty nobody won goes back to the challenge's owner")),
        Movement("trial_deposit_received", ("1001",), ("2005",), _("A trial or performance deposit arrived")),
        Movement("trial_deposit_returned", ("2005",), ("2013",), _("A trial or performance deposit goes back")),
        Movement(
            "trial_deposit_applied",
            ("2005",),
            ("2002", "2013"),
            _("A trial was converted; its deposit counts toward the license fee"),
        ),
        Movement(
            "trial_deposit_captured",
            ("2005",),
            ("2011", "2031", "2013"),
            _("A trial or performance deposit was used for what it secures"),
        ),
        Movement(
            "trial_deposit_forfeited",
            ("2005",),
            ("2011", "2031", "2013"),
            _("A trial or performance deposit was forfeited"),
        ),
        Movement("trial_deposit_expired", ("2005",), ("2013",), _("A deposit nobody decided on goes back")),
        Movement("premium_received", ("1001",), ("2015",), _("An insurance premium arrived")),
        Movement("premium_sent", ("2015",), ("1131",), _("An insurance premium was sent to the insurer")),
        Movement("co_owner_share_assigned", ("2011",), ("2011",), _("A share of an income is due to a co-owner")),
        Movement("inventor_share_assigned", ("2011",), ("2012",), _("A share is due to an inventor")),
        Movement("inventor_share_sent", ("2012",), ("1131",), _("A share was sent to an inventor")),
        Movement("receipt_unidentified", ("1001",), ("2014",), _("Money arrived that is to be clarified")),
        Movement("receipt_matched", ("2014",), HELD, _("Unclear money was assigned to what it is for")),
        Movement("payable_returned", ("2011",), ("2013",), _("Money released to the payee goes back to the payer")),
        Movement("receipt_returned", ("2014",), ("2013",), _("Unclear money goes back to its payer")),
        Movement("refund_sent", ("2013",), ("1131",), _("A refund was sent to the bank")),
        Movement("refund_confirmed", ("1131",), ("1001",), _("The bank confirmed a refund")),
        Movement("refund_failed", ("1131",), ("2013",), _("The bank could not carry out a refund")),
        Movement("payout_sent", ("2011",), ("1131",), _("A payout was sent to the bank")),
        Movement("payout_confirmed", ("1131",), ("1001",), _("The bank confirmed a payout")),
        Movement("payout_failed", ("1131",), ("2011", "2012", "2015"), _("The bank could not carry out a payout")),
        Movement("payout_returned", ("1001",), ("2011", "2012", "2015"), _("A payout came back from the payee's bank")),
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
        Purpose("license.instalment", _("Instalment of a license fee"), LICENSE_FEES,
                "license_fee_received", "license_fee_released", "license_fee_refunded",
                partial=True, late=True, late_fee="license.late_fee", owner_optional=True),
        Purpose("license.royalty", _("Royalty"), LICENSE_FEES,
                "royalty_received", "license_fee_released", "license_fee_refunded",
                partial=True, due_kind="royalty_due", settled_kind="royalty_settled",
                late=True, late_fee="license.late_fee", owner_optional=True),
        Purpose("license.inspection_cost", _("Cost of a royalty inspection"), LICENSE_FEES,
                "inspection_cost_received", "license_fee_released", "license_fee_refunded",
                partial=True, late=True, late_fee="license.late_fee", owner_optional=True),
        Purpose("license.late_fee", _("Fee for late payment"), LICENSE_FEES,
                "late_fee_received", "license_fee_released", "license_fee_refunded",
                partial=True, due_kind="late_fee_due", settled_kind="late_fee_settled", late=True, owner_optional=True),
        Purpose("license.trial_deposit", _("Trial deposit"), "2005",
                "trial_deposit_received", "trial_deposit_captured", "trial_deposit_returned",
                hold=True, applied="trial_deposit_applied", forfeited="trial_deposit_forfeited",
                expired="trial_deposit_expired", income="4101", owner_optional=True),
        Purpose("auction.deposit", _("Auction deposit"), "2001",
                "deposit_received", "deposit_applied", "deposit_released",
                hold=True, applied="deposit_applied", forfeited="deposit_forfeited",
                expired="deposit_expired", income="4101", owner_optional=True),
        Purpose("auction.price", _("Auction price"), "2003",
                "price_received", "sale_completed", "sale_annulled",
                partial=True, income="4002", owner_optional=True, fee_from_payer=True),
        Purpose("auction.withdrawal_cost", _("Cost of a withdrawn lot"), "2003",
                "withdrawal_cost_received", "withdrawal_cost_taken", "damages_returned",
                partial=True, late=True, owner_optional=True, fee_from_payer=True),
        Purpose("auction.damages", _("Damages for a sale that failed"), "2003",
                "damages_received", "damages_released", "damages_returned",
                partial=True, late=True, owner_optional=True),
        Purpose("challenge.bounty", _("Challenge bounty"), "2004",
                "bounty_funded", "bounty_accepted", "bounty_cancelled",
                partial=True, hold=True, in_parts=True, expired="bounty_expired", late=True, owner_optional=True),
    )
}  # fmt: skip


FEE_FROM_PAYER = tuple(key for key, purpose in PURPOSES.items() if purpose.fee_from_payer)


def movement_choices() -> list[tuple[str, str]]:
    """The kinds of entries, for a model field: a new kind changes no schema."""
    return [(kind, kind) for kind in MOVEMENTS]


def purpose_choices() -> list[tuple[str, str]]:
    """The purposes of obligations, for a model field: a new purpose changes no schema."""
    return [(key, key) for key in PURPOSES]
