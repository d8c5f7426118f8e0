"""Sends the messages the bank owes until they are answered with 2xx; they wait in the database, so none is lost."""

import json
import logging
from datetime import timedelta

import urllib3
from celery import current_app
from django.db import transaction
from django.db.models import F

from foundation.core.clock import machine_now
from sandboxbank import signing
from sandboxbank.models import Message

TIMEOUT = urllib3.Timeout(connect=2, read=10)
CLAIMED_FOR = timedelta(seconds=30)
FIRST_PAUSE, LONGEST_PAUSE, MOST_TRIES = 3, 900, 40  # seconds, seconds, then it is given up
BATCH = 50
TASK = "sandboxbank.send_due"
pool = urllib3.PoolManager(timeout=TIMEOUT, retries=False, maxsize=4)
log = logging.getLogger(__name__)


def wake() -> None:
    """Tell the worker; where the queue is away the scanner finds the rows. Never raises."""
    try:
        current_app.send_task(TASK, retry=False, ignore_result=True, expires=30)
    except Exception as error:  # noqa: BLE001, whatever a broker can do to us, the money is booked
        log.warning("the queue is away, the scanner will send: %s", error)


def send_due(limit: int = BATCH) -> int:
    """Send what is due; how many messages were answered with 2xx."""
    return sum(send(message) for message in _claim(limit))


@transaction.atomic
def _claim(limit: int) -> list[Message]:
    waiting = Message.objects.select_for_update(skip_locked=True).filter(
        delivered_at=None, given_up_at=None, next_try_at__lte=machine_now()
    )
    rows = list(waiting.order_by("next_try_at", "pk")[:limit])
    Message.objects.filter(pk__in=[row.pk for row in rows]).update(
        next_try_at=machine_now() + CLAIMED_FOR, tries=F("tries") + 1
    )
    return rows


def send(message: Message) -> bool:
    """One try, freshly signed. Whether it was answered with 2xx."""
    body = json.dumps(message.body)
    try:
        answer = pool.request("POST", message.url, body=body, headers=signing.headers(body, message.event_id))
        status, said = answer.status, f"{answer.status}"
    except urllib3.exceptions.HTTPError as error:
        status, said = 0, type(error).__name__
    now = machine_now()
    rows = Message.objects.filter(pk=message.pk)
    if 200 <= status < 300:  # noqa: PLR2004
        return bool(rows.update(delivered_at=now, last_answer=said))
    tries = message.tries + 1
    pause = min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** min(tries, 10))
    rows.update(
        next_try_at=now + timedelta(seconds=pause),
        last_answer=said,
        given_up_at=now if tries >= MOST_TRIES else None,
    )
    return False
