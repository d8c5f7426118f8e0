"""Tells the worker that deliveries wait. Best effort: the scanner finds what was not told.

At most one wake-up a GATHER and process: the first one goes out at once, the next one is sent to be looked at when
the GATHER is over, and whoever commits until then needs no other.
"""

import logging
import time

from celery import current_app

PAUSE = 30.0  # seconds without trying after the broker did not answer
GATHER = 0.25  # seconds whose later commits share one wake-up
TASK = "audit.deliver"
log = logging.getLogger(__name__)
_breaker = {"closed_until": 0.0}
_told = {"looks_at": 0.0}


def wake() -> None:
    """Send one wake-up; a broker that is away costs one short wait, then nothing for 30 s. Never raises."""
    now = time.monotonic()
    if now < _breaker["closed_until"] or now < _told["looks_at"]:
        return
    later = now < _told["looks_at"] + GATHER
    _told["looks_at"] = now + GATHER if later else now
    try:
        current_app.send_task(TASK, retry=False, ignore_result=True, expires=60, countdown=GATHER if later else None)
    except Exception as error:  # noqa: BLE001, whatever a broker does to us, the commit has happened
        _breaker["closed_until"], _told["looks_at"] = now + PAUSE, 0.0
        log.warning("the queue is away, the scanner will deliver: %s", error)
