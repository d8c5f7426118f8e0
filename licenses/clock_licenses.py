"""What falls due on the license side. Results depend on stored times only: late or twice changes nothing."""

import logging
from collections.abc import Callable, Iterable
from datetime import timedelta
from typing import Any

from django.conf import settings

from foundation.core.clock import database_now, local_date
from foundation.core.errors import DomainError
from licenses.queries import instalments, licenses
from licenses.services import breach, endings

BATCH = 200
# Money that the bank booked in time may still be announced a little later.
MESSAGE_MAY_TAKE = timedelta(minutes=10)
log = logging.getLogger(__name__)


def lapse_unpaid() -> int:
    """Lapse the notices whose payment deadline has passed; how many did."""
    due = licenses.payment_overdue(database_now() - MESSAGE_MAY_TAKE).order_by("pay_by_at", "pk")
    return _each(due[:BATCH], lambda license: endings.lapse(license=license))


def return_held() -> int:
    """Give fees back that waited for the end of a suspension longer than settings.KAIXU_HOLD_DAYS; how many did."""
    since = database_now() - timedelta(days=settings.KAIXU_HOLD_DAYS)
    return _each(
        licenses.held_since(since).order_by("pk")[:BATCH], lambda license: endings.give_up_held(license=license)
    )


def expire_ended() -> int:
    """End the licenses whose last day is over; how many did."""
    due = licenses.term_over(local_date(database_now())).order_by("ends_on", "pk")
    return _each(due[:BATCH], lambda license: endings.expire(license=license))


def note_late_instalments() -> int:
    """Put the licenses in default whose instalment is late; how many."""
    due = instalments.missed(database_now() - MESSAGE_MAY_TAKE).order_by("due_at", "pk")
    return _each(due[:BATCH], lambda obligation: breach.miss_instalment(obligation=obligation))


def _each(due: Iterable[Any], step: Callable[..., bool]) -> int:
    """One that is refused or busy now stops no other; the next look finds it again."""
    done = 0
    for row in due:
        try:
            done += step(row)
        except DomainError as refusal:
            log.warning("license: %s waits: %s", row.number, refusal.code)
    return done
