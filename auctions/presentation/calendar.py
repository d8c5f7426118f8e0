"""Sessions and lots as calendar entries (RFC 5545) with their time zone: no calendar shows UTC as local time."""

from collections.abc import Iterable
from datetime import datetime

import icalendar
from django.conf import settings
from django.utils.translation import gettext

from auctions.models import Lot, Session
from foundation.core.clock import LOCAL
from foundation.core.display import money

CANCELLED = ("cancelled", "withdrawn")


def _calendar(name: str) -> icalendar.Calendar:
    calendar = icalendar.Calendar()
    calendar.add("prodid", "-//Kaixu//Auctions//ZH")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", name)
    return calendar


def _add(calendar, *, uid: str, summary: str, starts: datetime, ends: datetime, about: str, path: str, state: str,
         stamp: datetime) -> None:  # fmt: skip
    event = icalendar.Event()
    event.add("uid", f"{uid}@kaixu")
    event.add("dtstamp", stamp)
    event.add("dtstart", starts.astimezone(LOCAL))
    event.add("dtend", ends.astimezone(LOCAL))
    event.add("summary", summary)
    event.add("description", about)
    event.add("url", settings.KAIXU_PUBLIC_URL.rstrip("/") + path)
    event.add("status", "CANCELLED" if state in CANCELLED else "CONFIRMED")
    calendar.add_component(event)


def _bytes(calendar: icalendar.Calendar) -> bytes:
    calendar.add_missing_timezones()
    return calendar.to_ical()


def of_sessions(sessions: Iterable[Session], name: str) -> bytes:
    """The bidding of each session, and the end of its registration."""
    calendar = _calendar(name)
    for session in sessions:
        words = {"season": session.season.title, "n": session.position}
        said = {"path": session.get_absolute_url(), "state": session.state, "stamp": session.state_since}
        key = f"session-{session.season.code}-{session.position}"
        until = session.registration_until_at
        _add(calendar, uid=key, summary=gettext("%(season)s, session %(n)s: bidding") % words,
             starts=session.starts_at, ends=session.planned_ends_at,
             about=gettext("The end moves with late bids."), **said)  # fmt: skip
        _add(calendar, uid=f"{key}-registration", starts=until, ends=until,
             summary=gettext("%(season)s, session %(n)s: registration and deposit end") % words,
             about=gettext("Deposits have to be there by then."), **said)  # fmt: skip
    return _bytes(calendar)


def of_lot(lot: Lot) -> bytes:
    """The bidding on one lot, with the end as it stands now."""
    calendar = _calendar(lot.number)
    floor = getattr(lot, "floor", None)
    facts = {"amount": money(lot.start), "subject": lot.get_subject_display()}
    _add(
        calendar,
        uid=f"lot-{lot.number}",
        summary=f"{lot.number} {lot.title}",
        starts=lot.session.starts_at,
        ends=floor.ends_at if floor else lot.session.planned_ends_at,
        about=gettext("%(subject)s, start price %(amount)s") % facts,
        path=lot.get_absolute_url(),
        state=lot.state,
        stamp=lot.state_since,
    )
    return _bytes(calendar)
