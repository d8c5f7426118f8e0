"""An expert's seats as lists and facts."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from challenges.lifecycle_parties import SeatState
from challenges.models import Seat
from foundation.core.display import enumerated, last_moment, money

T = SeatState
FIRST = {T.INVITED: 0, T.ACCEPTED: 1}


def mine(found: QuerySet[Seat]) -> list[dict[str, Any]]:
    """What waits first, by its deadline; then what is over, the newest first."""
    rows = list(found.select_related("challenge__owner"))
    rows.sort(key=lambda seat: (FIRST.get(SeatState(seat.state), 2), -seat.pk))
    return [{"seat": seat, "challenge": seat.challenge, "due": due_of(seat)} for seat in rows]


def due_of(seat: Seat) -> Any:
    """Until when the expert has to act."""
    return {T.INVITED: seat.answer_by_at, T.ACCEPTED: seat.score_by_at}.get(SeatState(seat.state))


def facts(seat: Seat) -> list[dict[str, Any]]:
    """What the seat is about; nothing about who proposes."""
    challenge = seat.challenge
    rows = [
        {"label": _("Challenge"), "value": challenge.title},
        {"label": _("Firm"), "value": challenge.owner.display_name},
        {"label": _("IPC classes"), "value": enumerated(challenge.ipc)},
        {"label": _("Bounty"), "value": money(challenge.bounty)},
        {"label": _("Your seat"), "value": seat.alias},
    ]
    if seat.state == T.INVITED:
        rows.append({"label": _("Answer before"), "value": last_moment(seat.answer_by_at)})
    elif seat.score_by_at:
        rows.append({"label": _("Scores before"), "value": last_moment(seat.score_by_at)})
    return rows
