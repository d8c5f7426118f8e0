"""What settlement stores."""

from settlement.models.ledger import JournalEntry, LedgerAccount, Posting
from settlement.models.obligations import Objection, Obligation
from settlement.models.payments import Case, Payment, ProviderEvent, Refund
from settlement.models.tax import FeeRule, TaxKind, TaxRule

__all__ = [
    "Case",
    "FeeRule",
    "JournalEntry",
    "LedgerAccount",
    "Objection",
    "Obligation",
    "Payment",
    "Posting",
    "ProviderEvent",
    "Refund",
    "TaxKind",
    "TaxRule",
]
