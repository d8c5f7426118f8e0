"""What the worker does for history."""

from datetime import timedelta

from celery import shared_task

from foundation.audit import delivery, feed, invariants, sealing
from foundation.core import clock
from foundation.core.models import KeptAnswer

ANSWERS_KEPT = timedelta(days=30)


@shared_task(name="audit.deliver")
def deliver() -> int:
    """Woken after a commit."""
    feed.place_events()
    return delivery.deliver_pending()


@shared_task(name="audit.deliver_waiting")
def deliver_waiting() -> int:
    """The scanner: finds what nobody was woken for."""
    feed.place_events()
    return delivery.deliver_pending()


@shared_task(name="audit.seal_days")
def seal_days() -> int:
    """Seal every day that is over."""
    return len(sealing.seal_days())


@shared_task(name="audit.check_invariants")
def check_invariants() -> int:
    """Look for broken promises; the result stands in the cache for the banner and in the metrics."""
    return invariants.check_and_note()


@shared_task(name="core.forget_answers")
def forget_answers() -> int:
    """Drop kept answers that nobody repeats any more."""
    return KeptAnswer.objects.filter(created_at__lt=clock.machine_now() - ANSWERS_KEPT).delete()[0]
