"""The secret reserve of a lot: sealed at rest, opened by the engine that decides and for the seller."""

from auctions.models import Lot
from foundation.core import crypto
from foundation.core.money import Money


def seal(amount: Money | None) -> str:
    """What is stored; empty where the start price is the reserve."""
    return crypto.encrypt(str(amount.fen)) if amount else ""


def reserve_of(lot: Lot) -> Money | None:
    """The reserve; None where the start price is the reserve. Raises crypto.Unreadable."""
    return Money(int(crypto.decrypt(lot.reserve_sealed))) if lot.reserve_sealed else None
