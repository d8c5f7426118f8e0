"""Daily seals: a digest over all events of a day and the seal before it. An exported seal finds a chain made anew."""

from datetime import date, timedelta
from typing import Any

from django.db import transaction

from foundation.audit import feed
from foundation.audit.canonical import digest
from foundation.audit.models import EventPosition, Seal
from foundation.core import clock

DAY = timedelta(days=1)
BATCH = 5000


def rolling(previous: str, after: int, upto: int) -> str:
    """The digest over (position, hash) of all events in (after, upto], on top of the digest before."""
    rows = EventPosition.objects.filter(position__gt=after, position__lte=upto).order_by("position")
    head = previous
    for position, event_hash in rows.values_list("position", "event__hash").iterator(chunk_size=BATCH):
        head = digest(head, str(position), event_hash)
    return digest(head, str(upto))


def seal_days() -> list[Seal]:
    """Seal yesterday (Shanghai) unless it is sealed: everything that has a position by now. Returns new seals."""
    feed.place_events()
    return [made] if (made := seal(clock.local_date(clock.machine_now()) - DAY)) else []


def seal(day: date) -> Seal | None:
    """Seal all events placed so far under a day; None if that day or a later one is sealed."""
    with transaction.atomic():
        last = Seal.objects.select_for_update().order_by("-date").first()
        if last is not None and last.date >= day:
            return None
        top = EventPosition.objects.exclude(position=None).order_by("-position").first()
        head = (top.position if top else None) or 0
        before = last.hash if last else ""
        made = rolling(before, last.head if last else 0, head)
        return Seal.objects.create(date=day, head=head, previous_hash=before, hash=made)


def exported() -> list[dict[str, Any]]:
    """All seals, oldest first, as they are written to a file."""
    return [
        {"date": seal.date.isoformat(), "head": seal.head, "previous_hash": seal.previous_hash, "hash": seal.hash}
        for seal in Seal.objects.order_by("date")
    ]
