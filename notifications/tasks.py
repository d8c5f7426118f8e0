"""What the worker does to tell people. Both look in the database for what is due."""

from celery import shared_task

from notifications import services


@shared_task(name="notifications.send_waiting")
def send_waiting() -> int:
    """Send the mails that wait."""
    return services.send_waiting()


@shared_task(name="notifications.run_searches")
def run_searches() -> int:
    """Look through the saved searches that are due."""
    return services.run_due_searches()
