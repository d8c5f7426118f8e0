"""What the worker does for money: look for what is due."""

from celery import shared_task

from settlement import clock


@shared_task(name="settlement.release_due")
def release_due() -> int:
    """Escrow whose time without objection is over."""
    return clock.release_due()


@shared_task(name="settlement.pursue_refunds")
def pursue_refunds() -> int:
    """Refunds on their way through the bank."""
    return clock.pursue_refunds()


@shared_task(name="settlement.ask_about_payments")
def ask_about_payments() -> int:
    """Payments whose confirmation never came."""
    return clock.ask_about_payments()
