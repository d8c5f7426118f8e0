"""What settlement stores."""

from settlement.models.allocations import Allocation, Release
from settlement.models.freezes import Freeze
from settlement.models.holds import Hold
from settlement.models.ledger import JournalEntry, LedgerAccount, Posting
from settlement.models.obligations import Objection, Obligation
from settlement.models.payments import Case, Payment, ProviderEvent, Refund
from settlement.models.schedules import LateCharge, Reminder, Schedule
from settlement.models.tax import FeeRule, TaxKind, TaxRule

__all__ = [
    "Allocation",
    "Case",
    "FeeRule",
    "Freeze",
    "Hold",
    "JournalEntry",
    "LateCharge",
    "LedgerAccount",
    "Objection",
    "Obligation",
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
