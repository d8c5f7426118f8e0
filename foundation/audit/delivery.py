"""The outbox: hands each event to each subscriber at least once, and lets it take effect once.

A delivery is claimed by its row lock (SKIP LOCKED), the subscriber runs in a savepoint of the same transaction, and
its writes commit together with the note "done". A killed worker leaves the row as it was.
"""

import logging
from datetime import timedelta

from django.db import transaction
from django.db.models.functions import Now

from foundation.audit import subscriptions
from foundation.audit.models import Delivery
from foundation.core import clock

MOST_ATTEMPTS = 12
FIRST_WAIT, LONGEST_WAIT = timedelta(seconds=5), timedelta(hours=1)
BATCH = 500
log = logging.getLogger(__name__)


def deliver_pending(limit: int = BATCH) -> int:
    """Deliver what is due, oldest first, up to ``limit``. Returns how many were tried."""
    tried = 0
    while tried < limit and _deliver_one():
        tried += 1
    return tried


def _deliver_one() -> bool:
    with transaction.atomic():
        due = Delivery.objects.filter(state=Delivery.State.PENDING, next_try_at__lte=Now())
        delivery = due.select_for_update(skip_locked=True, of=("self",)).order_by("next_try_at", "id").first()
        if delivery is None:
            return False
        _try(delivery)
    return True


def _try(delivery: Delivery) -> None:
    attempts = delivery.attempts + 1
    try:
        with transaction.atomic():
            subscriber = subscriptions.find(delivery.subscriber)
            if subscriber is not None:  # one that no longer exists wants nothing
                subscriber.func(delivery.event)
        changed = {"state": Delivery.State.DONE, "done_at": clock.machine_now(), "last_error": ""}
    except Exception as error:
        log.warning("delivery of %s to %s failed", delivery.event_id, delivery.subscriber, exc_info=True)
        changed = {
            "state": Delivery.State.DEAD if attempts >= MOST_ATTEMPTS else Delivery.State.PENDING,
            "last_error": f"{type(error).__name__}: {error}"[:500].replace("\x00", ""),
            "next_try_at": clock.machine_now() + wait_after(attempts),
        }
    Delivery.objects.filter(pk=delivery.pk).update(attempts=attempts, **changed)


def wait_after(attempts: int) -> timedelta:
    """The pause after so many failures: 5 s, doubled each time, at most an hour."""
    return min(FIRST_WAIT * 2 ** (attempts - 1), LONGEST_WAIT)


def revive(name: str | None = None) -> int:
    """Let dead letters (of one subscriber) be tried again. Returns how many."""
    dead = Delivery.objects.filter(state=Delivery.State.DEAD)
    if name:
        dead = dead.filter(subscriber=name)
    return dead.update(state=Delivery.State.PENDING, attempts=0, next_try_at=clock.machine_now())
