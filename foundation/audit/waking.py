"""Tells the worker that deliveries wait. Best effort: the scanner finds what was not told."""

import logging
import time

from celery import current_app

PAUSE = 30.0  # seconds without trying after the broker did not answer
TASK = "audit.deliver"
log = logging.getLogger(__name__)
_breaker = {"closed_until": 0.0}


def wake() -> None:
    """Send one wake-up; a broker that is away costs one short wait, then nothing for 30 s. Never raises."""
    if time.monotonic() < _breaker["closed_until"]:
        return
    try:
        current_app.send_task(TASK, retry=False, ignore_result=True, expires=60)
    except Exception as error:  # noqa: BLE001, whatever a broker does to us, the commit has happened
        _breaker["closed_until"] = time.monotonic() + PAUSE
        log.warning("the queue is away, the scanner will deliver: %s", error)
