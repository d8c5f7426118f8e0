"""A sale that must not stand: annulled, or the seller in default. The buyer gets everything back.

Source: the Supreme People's Court's rules on judicial online auctions Art. 31 (gross misdescription, technical failure,
collusion, illegality).
"""

from datetime import datetime
from typing import Any

from auctions.models import Sale
from auctions.services import outcomes
from auctions.services.confirmations import deposit_of
from auctions.services.sales import advance
from foundation.core.actors import SYSTEM
from foundation.core.money import Money
from settlement import services as settlement
from settlement.lifecycle import ObligationState


def annul(sale: Sale, *, reason: str, actor: Any, now: datetime, then: str = "") -> Sale:
    """Carry an annulment out. Inside the caller's lock."""
    return _undo(sale, "annul", reason=reason, actor=actor, now=now)


def find_seller_in_default(sale: Sale, *, reason: str, actor: Any, now: datetime, then: str = "") -> Sale:
    """The seller does not deliver: the buyer's money goes back; what more the seller owes is a case of its own."""
    return _undo(sale, "seller_default", reason=reason, actor=actor, now=now)


def _undo(sale: Sale, move: str, *, reason: str, actor: Any, now: datetime) -> Sale:
    sale = advance(sale, move, actor=actor, now=now, reason=reason, set={"ended_reason": reason})
    back = _give_back(sale, reason=reason)
    sale = advance(sale, "refund", actor=SYSTEM, now=now, data={"amount": back})
    outcomes.fall_through(sale.lot, now=now)
    return sale


def _give_back(sale: Sale, *, reason: str) -> Money:
    """Deposit and everything paid on the price, to where it came from; the amount."""
    back, hold, obligation = Money(0), deposit_of(sale), sale.obligation
    if hold is not None:
        back += hold.left
        settlement.release_hold(hold=hold, actor=SYSTEM, reason=reason)
    if obligation is None:
        return back
    paid = obligation.allocated
    if paid:
        back += paid
        settlement.refund_obligation(obligation=obligation, actor=SYSTEM, reason=reason)
        obligation.refresh_from_db()
    if obligation.state == ObligationState.OPEN:
        settlement.cancel_obligation(obligation=obligation, actor=SYSTEM, reason=reason)
    return back
