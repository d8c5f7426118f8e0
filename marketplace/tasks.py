"""Signs of life of the worker and of beat."""

import time

from celery import shared_task
from celery.signals import before_task_publish, heartbeat_sent
from django.core.cache import cache

KEPT = 3600  # seconds
BEAT_TICK = "marketplace.tasks.note_beat"


@shared_task(name=BEAT_TICK)
def note_beat() -> None:
    """Sent by beat every few seconds; sending it is the sign of life."""


@heartbeat_sent.connect
def worker_is_alive(**kwargs: object) -> None:
    """Celery's own heartbeat: comes also while every process of the worker is busy."""
    cache.set("heartbeat:worker", time.time(), KEPT)


@before_task_publish.connect(sender=BEAT_TICK)
def beat_is_alive(**kwargs: object) -> None:
    """Only beat sends this tick, so that sending it is beat's sign of life."""
    cache.set("heartbeat:beat", time.time(), KEPT)
