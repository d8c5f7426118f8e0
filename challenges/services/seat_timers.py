"""What an expert who accepted is reminded of, and when the seat falls to a reserve. Stored times only."""

from datetime import timedelta

from django.db import transaction

from challenges.lifecycle_parties import SeatState
from challenges.models import Seat
from challenges.services import panels
from foundation import audit
from foundation.core.actors import CLOCK
from foundation.core.clock import database_now
from foundation.core.locking import lock_rows

REMINDED_BEFORE = timedelta(days=2)


@transaction.atomic
def remind_due(*, seat: Seat) -> bool:
    """Tell the expert once, two days before, that scores are missing; False if there is nothing to do."""
    challenge, seat = lock_rows(seat.challenge, seat)
    now, by = database_now(), seat.score_by_at
    if seat.state != SeatState.ACCEPTED or seat.reminded_at is not None or not by - REMINDED_BEFORE <= now < by:
        return False
    Seat.objects.filter(pk=seat.pk).update(reminded_at=now)
    facts = {"challenge": challenge.number, "score_by": by}
    audit.record("challenges.seat.reminded", subject=seat, actor=CLOCK, data=facts, visibility="private", now=now)
    return True


@transaction.atomic
def lapse_due(*, seat: Seat) -> bool:
    """Not everything was scored in time: what was does not count, a reserve is invited. False if not due."""
    challenge, seat = lock_rows(seat.challenge, seat)
    now = database_now()
    if seat.state != SeatState.ACCEPTED or now < seat.score_by_at or not panels.is_scoring(challenge):
        return False
    facts = {"challenge": challenge.number}
    audit.advance(seat, "lapse", actor=CLOCK, visibility="private", now=now, data=facts)
    panels.replace(challenge, seat, now)
    return True
