"""Calendar entries (RFC 5545) with their time zone: no calendar shows UTC as local time."""

from datetime import datetime

import icalendar
from django.conf import settings

from foundation.core.clock import LOCAL


def calendar(name: str, product: str) -> icalendar.Calendar:
    """An empty calendar; ``product`` is what made it."""
    made = icalendar.Calendar()
    made.add("prodid", f"-//Kaixu//{product}//ZH")
    made.add("version", "2.0")
    made.add("method", "PUBLISH")
    made.add("x-wr-calname", name)
    return made


def add(made: icalendar.Calendar, *, uid: str, summary: str, starts: datetime, ends: datetime, about: str, path: str,
        cancelled: bool, stamp: datetime) -> None:  # fmt: skip
    """Add one entry; moments are aware, ``path`` is the page it is about."""
    event = icalendar.Event()
    event.add("uid", f"{uid}@kaixu")
    event.add("dtstamp", stamp)
    event.add("dtstart", starts.astimezone(LOCAL))
    event.add("dtend", ends.astimezone(LOCAL))
    event.add("summary", summary)
    event.add("description", about)
    event.add("url", settings.KAIXU_PUBLIC_URL.rstrip("/") + path)
    event.add("status", "CANCELLED" if cancelled else "CONFIRMED")
    made.add_component(event)


def content(made: icalendar.Calendar) -> bytes:
    """The bytes of a calendar, with the zones it uses."""
    made.add_missing_timezones()
    return made.to_ical()
