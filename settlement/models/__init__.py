"""What settlement stores."""

from settlement.models.ledger import JournalEntry, LedgerAccount, Posting
from settlement.models.obligations import Objection, Obligation
from settlement.models.payments import Case, Payment, ProviderEvent, Refund

__all__ = [
    "Case",
    "JournalEntry",
    "LedgerAccount",
    "Objection",
    "Obligation",
    "Payment",
    "Posting",
    "ProviderEvent",
    "Refund",
]
