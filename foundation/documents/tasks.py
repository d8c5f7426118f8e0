"""What the worker does for files."""

from celery import shared_task

from foundation.core.clock import machine_now
from foundation.documents import sweeping


@shared_task(name="documents.forget_orphans")
def forget_orphans() -> int:
    """Delete stored files that no row names."""
    return sweeping.forget_orphans(now=machine_now())
