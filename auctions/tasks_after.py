"""What runs by the clock after the hammer: "look now"; the rows say what is due."""

from celery import shared_task

from auctions import clock_sales


@shared_task(name="auctions.look_at_sales")
def look_at_sales() -> int:
    """Sales, talks and unsold lots whose deadline is near or over, money to release."""
    return clock_sales.run()
