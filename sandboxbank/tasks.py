"""What the worker does for the bank."""

from celery import shared_task

from sandboxbank import sending


@shared_task(name=sending.TASK)
def send_due() -> int:
    """Woken after a payment, and by the clock for whatever was missed."""
    return sending.send_due()
