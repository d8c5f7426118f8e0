"""What falls due on the license side. Results depend on stored times only: late or twice changes nothing."""

import logging
from collections.abc import Callable, Iterable
from datetime import timedelta

from django.conf import settings

from foundation.core.clock import database_now, local_date
from foundation.core.errors import DomainError
from licenses.models import License
from licenses.queries import licenses
from licenses.services import endings

BATCH = 200
# Money that the bank booked in time may still be announced a little later.
MESSAGE_MAY_TAKE = timedelta(minutes=10)
log = logging.getLogger(__name__)


def lapse_unpaid() -> int:
    """Lapse the notices whose payment deadline has passed; how many did."""
    due = licenses.payment_overdue(database_now() - MESSAGE_MAY_TAKE).order_by("pay_by_at", "pk")
    return _each(due[:BATCH], endings.lapse)


def return_held() -> int:
    """Give fees back that waited for the end of a suspension longer than settings.KAIXU_HOLD_DAYS; how many did."""
    since = database_now() - timedelta(days=settings.KAIXU_HOLD_DAYS)
    return _each(licenses.held_since(since).order_by("pk")[:BATCH], endings.give_up_held)


def expire_ended() -> int:
    """End the licenses whose last day is over; how many did."""
    due = licenses.term_over(local_date(database_now())).order_by("ends_on", "pk")
    return _each(due[:BATCH], endings.expire)


def _each(due: Iterable[License], step: Callable[..., bool]) -> int:
    """One that is refused or busy now stops no other; the next look finds it again."""
    done = 0
    for license in due:
        try:
            done += step(license=license)
        except DomainError as refusal:
            log.warning("license %s waits: %s", license.number, refusal.code)
    return done
