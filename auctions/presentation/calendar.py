"""Sessions and lots as calendar entries."""

from collections.abc import Iterable

from django.utils.translation import gettext

from auctions.models import Lot, Session
from foundation.core import calendars
from foundation.core.display import money

CANCELLED = ("cancelled", "withdrawn")


def of_sessions(sessions: Iterable[Session], name: str) -> bytes:
    """The bidding of each session, and the end of its registration."""
    calendar = calendars.calendar(name, "Auctions")
    for session in sessions:
        words = {"season": session.season.title, "n": session.position}
        said = {
            "path": session.get_absolute_url(),
            "cancelled": session.state in CANCELLED,
            "stamp": session.state_since,
        }
        key = f"session-{session.season.code}-{session.position}"
        until = session.registration_until_at
        calendars.add(calendar, uid=key, summary=gettext("%(season)s, session %(n)s: bidding") % words,
             starts=session.starts_at, ends=session.planned_ends_at,
             about=gettext("The end moves with late bids."), **said)  # fmt: skip
        calendars.add(calendar, uid=f"{key}-registration", starts=until, ends=until,
             summary=gettext("%(season)s, session %(n)s: registration and deposit end") % words,
             about=gettext("Deposits have to be there by then."), **said)  # fmt: skip
    return calendars.content(calendar)


def of_lot(lot: Lot) -> bytes:
    """The bidding on one lot, with the end as it stands now."""
    calendar = calendars.calendar(lot.number, "Auctions")
    floor = getattr(lot, "floor", None)
    facts = {"amount": money(lot.start), "subject": lot.get_subject_display()}
    calendars.add(
        calendar,
        uid=f"lot-{lot.number}",
        summary=f"{lot.number} {lot.title}",
        starts=lot.session.starts_at,
        ends=floor.ends_at if floor else lot.session.planned_ends_at,
        about=gettext("%(subject)s, start price %(amount)s") % facts,
        path=lot.get_absolute_url(),
        cancelled=lot.state in CANCELLED,
        stamp=lot.state_since,
    )
    return calendars.content(calendar)
