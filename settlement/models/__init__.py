"""What settlement stores."""

from settlement.models.accounts import PayoutAccount, SenderAccount
from settlement.models.allocations import Allocation, Release
from settlement.models.closing import AccountingMonth, SignedDay
from settlement.models.disputes import Dispute, SettlementOffer
from settlement.models.distribution import (
    Distribution,
    DistributionLine,
    DistributionObjection,
    Income,
    LineKind,
    OwnerShare,
)
from settlement.models.freezes import Freeze
from settlement.models.holds import Hold
from settlement.models.invoices import Component, Invoice, InvoiceLine
from settlement.models.ledger import JournalEntry, LedgerAccount, Posting
from settlement.models.obligations import Objection, Obligation
from settlement.models.own_books import OwnEntry, Sweep
from settlement.models.payments import Case, Payment, ProviderEvent, Refund
from settlement.models.payouts import Payout, PayoutRun
from settlement.models.policies import Deduction, IncomePolicy, InventorAgreement, InventorShare, PatentCost
from settlement.models.proofs import NightlyProof
from settlement.models.requests import RefundRequest
from settlement.models.rule_proposals import RuleProposal
from settlement.models.schedules import LateCharge, Reminder, Schedule
from settlement.models.statements import BankLine, BankStatement, LineEntry, OwnAccount
from settlement.models.tax import FeeRule, TaxKind, TaxRule
from settlement.models.transfers import TransferReference

__all__ = [
    "AccountingMonth",
    "Allocation",
    "BankLine",
    "BankStatement",
    "Case",
    "Component",
    "Deduction",
    "Dispute",
    "Distribution",
    "DistributionLine",
    "DistributionObjection",
    "FeeRule",
    "Freeze",
    "Hold",
    "Income",
    "IncomePolicy",
    "InventorAgreement",
    "InventorShare",
    "Invoice",
    "InvoiceLine",
    "JournalEntry",
    "LateCharge",
    "LedgerAccount",
    "LineEntry",
    "LineKind",
    "NightlyProof",
    "Objection",
    "Obligation",
    "OwnAccount",
    "OwnEntry",
    "OwnerShare",
    "PatentCost",
    "Payment",
    "Payout",
    "PayoutAccount",
    "PayoutRun",
    "Posting",
    "ProviderEvent",
    "Refund",
    "RefundRequest",
    "Release",
    "Reminder",
    "RuleProposal",
    "Schedule",
    "SenderAccount",
    "SettlementOffer",
    "SignedDay",
    "Sweep",
    "TaxKind",
    "TaxRule",
    "TransferReference",
]
