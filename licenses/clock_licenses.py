"""What falls due on the license side. Results depend on stored times only: late or twice changes nothing."""

from foundation.core.clock import database_now, local_date
from licenses.queries import licenses
from licenses.services import endings

BATCH = 200


def lapse_unpaid() -> int:
    """Lapse the notices whose payment deadline has passed; how many did."""
    due = licenses.payment_overdue(database_now()).order_by("pay_by_at")[:BATCH]
    return sum(endings.lapse(license=license) for license in due)


def expire_ended() -> int:
    """End the licenses whose last day is over; how many did."""
    due = licenses.term_over(local_date(database_now())).order_by("ends_on")[:BATCH]
    return sum(endings.expire(license=license) for license in due)
