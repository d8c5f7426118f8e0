"""What the worker does for accounts."""

from celery import shared_task

from accounts import services


@shared_task(name="accounts.expire_verifications")
def expire_verifications() -> int:
    """Let verifications end whose last day is over."""
    return services.expire_verifications()
