"""The buyer does not confirm or pay: found by the clock, the deposit forfeited by officers, the lot goes on.

Sources: Auction Law Art. 39; the Supreme People's Court's rules on judicial online auctions Art. 24 (the deposit is not
given back, the defaulter is barred from the next round).
"""

from datetime import datetime
from typing import Any

from django.db import transaction

from auctions.lifecycle_parties import SaleState
from auctions.models import Bar, Ruling, Sale
from auctions.services import outcomes
from auctions.services.confirmations import deposit_of
from auctions.services.deadlines import due_of
from auctions.services.sales import advance, locked
from foundation.core.actors import CLOCK, SYSTEM
from foundation.core.clock import database_now
from foundation.core.money import Money, at_rate_bp
from settlement import services as settlement
from settlement.lifecycle import ObligationState
from settlement.services import Share
from settlement.services.forfeiting import set_off_on


@transaction.atomic
def find(*, sale: Sale) -> Sale:
    """The clock: a deadline passed (half-open, Shanghai). An underbidder who is silent declines; a winner defaults.

    Before the deadline, or when the buyer was quicker, nothing changes.
    """
    sale, now = locked(sale), database_now()
    due = due_of(sale) if sale.state in (SaleState.PROVISIONAL, SaleState.CONFIRMATION_SIGNED) else None
    if due is None or now < due:
        return sale
    if sale.way == Sale.Way.UNDERBIDDER and sale.state == SaleState.PROVISIONAL:
        sale = advance(sale, "decline", actor=CLOCK, now=now)
        outcomes.fall_through(sale.lot, now=now)
        return sale
    missed = "confirmation" if sale.state == SaleState.PROVISIONAL else "balance"
    return advance(sale, "default", actor=CLOCK, now=now, data={"missed": missed, "due": due})


def shares_of(sale: Sale, deposit: Money) -> tuple[Money, Money]:
    """(platform, seller): the platform's costs first by the season's rate, half up to the fen, then the seller."""
    platform = at_rate_bp(deposit, sale.lot.season.forfeit_platform_bp)
    return platform, deposit - platform


def at_stake(sale: Sale) -> Money:
    """The deposit that a default costs: held still, or counted toward the price already."""
    hold = deposit_of(sale)
    if hold is not None:
        return hold.left
    if sale.obligation_id is None or sale.obligation.state != ObligationState.OPEN:
        return Money(0)
    return set_off_on(sale.obligation)


def forfeit(sale: Sale, *, then: str, reason: str, actor: Any, now: datetime) -> Sale:
    """Carry the decision out: deposit shared, part payments back, buyer barred, the lot offered on or unsold.

    Inside the caller's lock.
    """
    deposit = at_stake(sale)
    platform, rest = shares_of(sale, deposit)
    facts = {"deposit": deposit, "platform": platform, "seller": rest}
    sale = advance(sale, "forfeit", actor=actor, now=now, reason=reason, data=facts, set={"ended_reason": reason})
    _take(sale, deposit, platform, rest, reason=reason)
    if sale.way != Sale.Way.UNDERBIDDER or sale.confirmed_at:
        Bar.objects.get_or_create(organization=sale.buyer, lot=sale.lot, defaults={"reason": reason[:500]})
    offered = then == Ruling.Then.UNDERBIDDER and outcomes.offer_to_underbidder(sale.lot, now=now)
    if not offered:
        outcomes.fall_through(sale.lot, now=now)
    return sale


def _take(sale: Sale, deposit: Money, platform: Money, rest: Money, *, reason: str) -> None:
    parts = [Share("2031", platform), Share("2011", rest, party=sale.seller)]
    parts = [part for part in parts if part.amount]
    hold = deposit_of(sale)
    if hold is not None:
        settlement.forfeit(hold=hold, shares=parts, actor=SYSTEM, reason=reason)
    elif deposit:
        settlement.forfeit_set_off(obligation=sale.obligation, shares=parts, actor=SYSTEM, reason=reason)
    if sale.obligation_id is not None:
        sale.obligation.refresh_from_db()
        if sale.obligation.state == ObligationState.OPEN:
            if sale.obligation.allocated:
                settlement.refund_obligation(obligation=sale.obligation, actor=SYSTEM, reason=reason)
            settlement.cancel_obligation(obligation=sale.obligation, actor=SYSTEM, reason=reason)
