"""What the worker does for auctions."""

from celery import shared_task

from auctions import clock_bidders, clock_lots
from auctions.services import sessions


@shared_task(name="auctions.seal_records")
def seal_records() -> int:
    """The sealed records of decided lots."""
    return clock_lots.seal_records()


@shared_task(name="auctions.look")
def look() -> int:
    """Lots that open, pause, go on and end."""
    return clock_lots.look()


@shared_task(name="auctions.bidders")
def bidders() -> int:
    """Deposits that did not come in time, deposits of those who did not win, lots that end soon."""
    return clock_bidders.lapse_unpaid() + clock_bidders.release_lost() + clock_bidders.tell_closing_soon()


@shared_task(name="auctions.seek_signals")
def seek_signals() -> int:
    """The rules about collusion, for lots that moved on."""
    return clock_lots.seek_signals()


@shared_task(name="auctions.turn_sessions")
def turn_sessions() -> int:
    """Sessions that begin, and those whose lots are all decided."""
    return sessions.turn_due()
