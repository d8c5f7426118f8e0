"""What runs by the clock: "look now"; the rows say what is due."""

from celery import shared_task

from licenses.services import publishing, suspending


@shared_task(name="licenses.publish_due")
def publish_due() -> int:
    """Approved declarations and terms whose delay is over."""
    return publishing.publish_due()


@shared_task(name="licenses.recheck_open")
def recheck_open() -> int:
    """Open offers against the register: suspend, cure, end."""
    return suspending.recheck_all()
