"""Deadlines of challenges as calendar entries."""

from collections.abc import Iterable

from django.utils.translation import gettext

from challenges.models import Challenge
from foundation.core import calendars
from foundation.core.display import money

CANCELLED = ("cancelled",)


def of(challenges: Iterable[Challenge], name: str) -> bytes:
    """The last moment for proposals and the opening of each challenge."""
    made = calendars.calendar(name, "Challenges")
    for one in challenges:
        said = {"path": one.get_absolute_url(), "cancelled": one.state in CANCELLED, "stamp": one.state_since}
        calendars.add(
            made,
            uid=f"challenge-{one.number}",
            summary=gettext("Proposals until now: %(title)s") % {"title": one.title},
            starts=one.closes_at,
            ends=one.closes_at,
            about=gettext("%(number)s, bounty %(amount)s") % {"number": one.number, "amount": money(one.bounty)},
            **said,
        )
        if one.opening_planned_at:
            calendars.add(
                made,
                uid=f"challenge-{one.number}-opening",
                summary=gettext("Opening of the proposals: %(title)s") % {"title": one.title},
                starts=one.opening_planned_at,
                ends=one.opening_planned_at,
                about=one.number,
                **said,
            )
    return calendars.content(made)
