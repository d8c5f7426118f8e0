"""What runs by the clock."""

from celery import shared_task

from approvals import services


@shared_task(name="approvals.lapse_due")
def lapse_due() -> int:
    """Cases not corrected in time."""
    return services.lapse_due()
