"""What the worker does for challenges."""

from celery import shared_task

from challenges import clock, clock_contracts


@shared_task(name="challenges.look")
def look() -> int:
    """Deadlines of proposals, notices, invitations, contracts and milestones."""
    return clock.look() + clock_contracts.look()
