"""After the hammer, by the clock. Results depend on stored times only: late, twice or crashed changes nothing."""

import logging
from collections.abc import Callable, Iterable
from typing import Any

from auctions.lifecycle_parties import ENFORCED_STATES, SaleState
from auctions.queries import after
from auctions.services import defaults, reminders, talks, transfers, unsold
from foundation.core.clock import database_now
from foundation.core.errors import DomainError

BATCH = 200
log = logging.getLogger(__name__)


def run() -> int:
    """One look at every sale and unsold lot that is due; how many moved."""
    return look_at_sales() + look_at_lots()


def look_at_sales() -> int:
    """Deadlines to enforce, steps to remind of, money to release; how many moved."""
    return _each(after.sales_due(database_now())[:BATCH], look_at)


def look_at(sale: Any) -> bool:
    """One sale: enforce, release, or remind."""
    if sale.state == SaleState.TRANSFERRED:
        done = transfers.release_funds(sale=sale)
    elif sale.state in ENFORCED_STATES:
        done = defaults.find(sale=sale)
    else:
        done = sale
    return done.state != sale.state or reminders.remind(sale=sale)


def look_at_lots() -> int:
    """Talks whose last day is over, and unsold lots nobody chose a way for; how many moved."""
    now = database_now()
    ended = _each(after.talks_over(now)[:BATCH], lambda lot: talks.end_due(lot=lot).state != lot.state)
    return ended + _each(after.forgotten(now)[:BATCH], lambda lot: unsold.return_forgotten(lot=lot).state != lot.state)


def _each(due: Iterable[Any], step: Callable[[Any], bool]) -> int:
    """One that is refused or busy now stops no other; the next look finds it again."""
    done = 0
    for row in due:
        try:
            done += bool(step(row))
        except DomainError as refusal:
            log.warning("auctions: %s waits: %s", row, refusal.code)
    return done
