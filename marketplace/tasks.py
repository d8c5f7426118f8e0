"""Signs of life of the worker and of beat."""

import time

from celery import shared_task
from celery.signals import before_task_publish
from django.core.cache import cache

KEPT = 3600  # seconds
BEAT_TICK = "marketplace.tasks.note_beat"


@shared_task(name=BEAT_TICK)
def note_beat() -> None:
    """Sent by beat, run by a worker: the worker is alive."""
    cache.set("heartbeat:worker", time.time(), KEPT)


@before_task_publish.connect(sender=BEAT_TICK)
def beat_is_alive(**kwargs: object) -> None:
    """Only beat sends this tick, so that sending it is beat's sign of life."""
    cache.set("heartbeat:beat", time.time(), KEPT)
