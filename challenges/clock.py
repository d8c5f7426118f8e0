"""What falls due for challenges. Results depend on stored times only: late or twice changes nothing."""

import logging
from collections.abc import Callable, Iterable
from typing import Any

from django.db.models import Q

from challenges.lifecycle import SEASON, ChallengeState
from challenges.lifecycle_parties import SeatState
from challenges.models import Challenge, Seat
from challenges.services import noticing, panels, publishing, seat_timers
from foundation.core.clock import database_now
from foundation.core.errors import DomainError

BATCH = 100
log = logging.getLogger(__name__)


def look() -> int:
    """One look at everything that may be due; how many rows moved."""
    now = database_now()
    due = Challenge.objects.filter(next_check_at__lte=now).order_by("next_check_at", "pk")
    closing = due.filter(state=ChallengeState.OPEN)[:BATCH]
    noticed = due.filter(state=ChallengeState.PUBLIC_NOTICE)[:BATCH]
    forgotten = Challenge.objects.filter(
        state=ChallengeState.NO_PROPOSAL, state_since__lte=now - publishing.REST_OF_NO_PROPOSAL
    ).order_by("state_since", "pk")[:BATCH]
    unsecured = (
        Challenge.objects.filter(state=ChallengeState.APPROVED)
        .filter(Q(obligation__due_at__lte=now) | ~Q(season__state__in=SEASON.permitting("publish")))
        .order_by("pk")[:BATCH]
    )
    scoring = Seat.objects.filter(state=SeatState.ACCEPTED).order_by("score_by_at", "pk")
    late = scoring.filter(score_by_at__lte=now, challenge__state=ChallengeState.REVIEWING)[:BATCH]
    soon = scoring.filter(
        reminded_at=None, score_by_at__gt=now, score_by_at__lte=now + seat_timers.REMINDED_BEFORE
    )[:BATCH]  # fmt: skip
    silent = Seat.objects.filter(state=SeatState.INVITED, answer_by_at__lte=now).order_by("pk")[:BATCH]
    return (
        each(closing, lambda one: publishing.close_due(challenge=one))
        + each(noticed, lambda one: noticing.confirm_due(challenge=one))
        + each(forgotten, lambda one: publishing.end_without_due(challenge=one))
        + each(unsecured, lambda one: publishing.end_unsecured_due(challenge=one))
        + each(silent, lambda one: panels.expire_due(seat=one))
        + each(soon, lambda one: seat_timers.remind_due(seat=one))
        + each(late, lambda one: seat_timers.lapse_due(seat=one))
    )


def each(rows: Iterable[Any], step: Callable[[Any], bool]) -> int:
    """One that is refused or busy now stops no other; the next look finds it again."""
    done = 0
    for row in rows:
        try:
            done += step(row)
        except DomainError as refusal:
            log.warning("%s waits: %s", row, refusal.code)
    return done
