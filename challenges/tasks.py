"""What the worker does for challenges."""

from celery import shared_task

from challenges import clock


@shared_task(name="challenges.look")
def look() -> int:
    """Deadlines of proposals, public notices and invitations."""
    return clock.look()
