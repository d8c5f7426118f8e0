"""What runs by the clock: "look now"; the rows say what is due."""

from celery import shared_task

from licenses import clock_licenses, clock_royalties
from licenses.services import publishing, suspending


@shared_task(name="licenses.publish_due")
def publish_due() -> int:
    """Approved declarations and terms whose delay is over."""
    return publishing.publish_due()


@shared_task(name="licenses.recheck_open")
def recheck_open() -> int:
    """Open offers against the register: suspend, cure, end."""
    return suspending.recheck_all()


@shared_task(name="licenses.lapse_unpaid")
def lapse_unpaid() -> int:
    """Notices whose fee was not paid in time."""
    return clock_licenses.lapse_unpaid()


@shared_task(name="licenses.expire_ended")
def expire_ended() -> int:
    """Licenses whose term is over."""
    return clock_licenses.expire_ended()


@shared_task(name="licenses.return_held")
def return_held() -> int:
    """Fees that waited too long for the end of a suspension."""
    return clock_licenses.return_held()


@shared_task(name="licenses.late_instalments")
def late_instalments() -> int:
    """Instalments that were not paid in time: their licenses are in default."""
    return clock_licenses.note_late_instalments()


@shared_task(name="licenses.royalties_due")
def royalties_due() -> int:
    """Royalty periods that begin or end, reports and royalties that are late, reports nobody answered."""
    return clock_royalties.run()
