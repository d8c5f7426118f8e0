"""What the worker does for auctions."""

from celery import shared_task

from auctions import clock_lots


@shared_task(name="auctions.look")
def look() -> int:
    """Lots that open, pause, go on and end."""
    return clock_lots.look()
