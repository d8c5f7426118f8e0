"""What settlement stores."""

from settlement.models.allocations import Allocation, Release
from settlement.models.freezes import Freeze
from settlement.models.distribution import (
    Distribution,
    DistributionLine,
    DistributionObjection,
    Income,
    LineKind,
    OwnerShare,
)
from settlement.models.holds import Hold
from settlement.models.invoices import Component, Invoice, InvoiceLine
from settlement.models.ledger import JournalEntry, LedgerAccount, Posting
from settlement.models.obligations import Objection, Obligation
from settlement.models.payments import Case, Payment, ProviderEvent, Refund
from settlement.models.schedules import LateCharge, Reminder, Schedule
from settlement.models.policies import Deduction, IncomePolicy, InventorAgreement, InventorShare, PatentCost
from settlement.models.tax import FeeRule, TaxKind, TaxRule

__all__ = [
    "Allocation",
    "Case",
    "Component",
    "Deduction",
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
    "LineKind",
    "Objection",
    "Obligation",
    "OwnerShare",
    "PatentCost",
    "Payment",
    "Posting",
    "ProviderEvent",
    "Refund",
    "Release",
    "Reminder",
    "Schedule",
    "TaxKind",
    "TaxRule",
]
