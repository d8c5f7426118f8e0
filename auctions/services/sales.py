"""A sale after the hammer: how it begins, moves on, and what it means for its lot.

Everybody who changes a sale locks the lot, then the sale, then what lies in settlement: the same order as everywhere.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from auctions.commission import buyer_commission
from auctions.models import Lot, Registration, Result, Sale
from auctions.services import burdens
from auctions.services.deadlines import next_look
from foundation import audit
from foundation.core import numbering
from foundation.core.actors import SYSTEM
from foundation.core.clock import local_date
from foundation.core.crashes import crash_point
from foundation.core.locking import lock_rows
from foundation.core.money import Money
from foundation.core.workdays import deadline_in_workdays


@transaction.atomic
def begin(*, lot: Lot, result: Result) -> Sale:
    """The hammer fell: the winner's sale begins (handler "auctions.sold"), once a lot. In the closing transaction.

    The days to confirm count from the moment of the decision, as the buyer could not act before it.
    """
    lot = lock_rows(lot)
    standing = Sale.objects.filter(lot=lot, way=Sale.Way.HAMMER).first()
    if standing is not None:
        return standing
    winner = result.winning_bid.registration
    price = Money(result.price_fen)
    return open_sale(
        lot=lot, buyer=winner.organization, price=price, way=Sale.Way.HAMMER, registration=winner, now=result.decided_at
    )


def open_sale(
    *, lot: Lot, buyer: Any, price: Money, way: str, now: datetime, registration: Registration | None = None
) -> Sale:
    """A new sale, to be confirmed within the working days of the season. Inside the caller's transaction and lock.

    The commission is the buyer's, by the tiers of the season (Auction Law Art. 56), VAT included.
    """
    sale = Sale(
        lot=lot,
        way=way,
        buyer=buyer,
        seller=lot.seller,
        registration=registration,
        price_fen=price.fen,
        commission_fen=buyer_commission(price, lot.season.commissions).fen,
        confirm_by_at=deadline_in_workdays(now, lot.season.confirmation_days),
    )
    sale.next_check_at = next_look(sale, now)
    sale.number = numbering.allocate("sale", local_date(now).year)
    sale.save(force_insert=True)
    audit.record(
        "auctions.sale.began",
        subject=sale,
        actor=SYSTEM,
        data={"lot": lot.number, "way": str(way), "price": sale.price, "commission": sale.commission},
        parties=sale.party_ids,
        after={"state": sale.state},
        now=now,
    )
    crash_point("auctions.sale.began")
    return sale


def locked(sale: Sale) -> Sale:
    """The sale, re-read, with its lot and itself locked."""
    lot, sale = lock_rows(sale.lot, sale)
    sale.lot = lot
    return sale


def advance(
    sale: Sale,
    move: str,
    *,
    actor: Any,
    now: datetime,
    data: Mapping[str, Any] | None = None,
    reason: str = "",
    set: Mapping[str, Any] | None = None,
) -> Sale:
    """Move a locked sale and say so to both parties; when the clock looks next follows from the new state."""
    sale = audit.advance(
        sale,
        move,
        actor=actor,
        reason=reason,
        data={"lot": sale.lot.number, **(data or {})},
        parties=sale.party_ids,
        now=now,
        set=set,
    )
    Sale.objects.filter(pk=sale.pk).update(next_check_at=(look := next_look(sale, now)))
    sale.next_check_at = look
    return sale


def move_lot(lot: Lot, move: str, *, actor: Any, now: datetime, reason: str = "", **fields: Any) -> Lot:
    """Move a lot whose bidding is over; everybody may read that."""
    return audit.advance(
        lot, move, actor=actor, reason=reason, parties=[lot.seller_id], visibility="public", now=now, set=fields
    )


def complete(sale: Sale, now: datetime) -> Sale:
    """Money released, rights registered: the sale and its lot are done. Inside the caller's lock."""
    sale = advance(sale, "complete", actor=SYSTEM, now=now, data={"price": sale.price})
    move_lot(sale.lot, "complete", actor=SYSTEM, now=now, next_check_at=None)
    burdens.lift(sale.lot, actor=SYSTEM, reason="sold")
    return sale
