"""What falls due on the floors: lots that open, pause at the hard limit, go on in the morning, and end.

Results depend on stored times only: late or twice changes nothing. Several workers may look at once; each lot is
claimed by one of them (an advisory lock that is tried, as SKIP LOCKED does for rows), the others pass by.
"""

import logging
from collections.abc import Callable

from django.db import connection, transaction
from django.db.models import F, Q, QuerySet

from auctions.lifecycle import LotState
from auctions.models import Lot
from auctions.queries import records as records_of
from auctions.queries import suspicions as suspicions_of
from auctions.services import closing, opening, pausing, records, suspicions
from foundation.core.clock import database_now
from foundation.core.errors import DomainError

BATCH = 500
FEW = 10
SOUGHT = 50
CLAIM = "SELECT pg_try_advisory_xact_lock(hashtextextended('auctions.clock:' || %s, 0))"
BEFORE_LIVE = (LotState.ANNOUNCED, LotState.REGISTRATION_OPEN)
PAST_LIMIT = Q(floor__hard_limit_at__isnull=False, floor__hard_limit_at__lt=F("floor__ends_at"))
log = logging.getLogger(__name__)


def look() -> int:
    """Do everything that is due; how much was done."""
    return sum(_each(due[:BATCH], step) for due, step in _due())


def seal_records() -> int:
    """Seal the records of decided lots, a few at a time: typesetting is slow, and deposits must not wait for it."""
    return _each(records_of.without_paper()[:FEW], _sealed)


def _sealed(*, lot: Lot) -> bool:
    records.make_record(lot=lot)
    return True


def seek_signals() -> int:
    """Ask the rules about collusion for lots that began, ended, or went another way; how many signals are new."""
    return sum(suspicions.seek(lot=lot) for lot in suspicions_of.to_be_asked()[:SOUGHT])


def _due() -> list[tuple[QuerySet[Lot], Callable]]:
    now = database_now()
    lots = Lot.objects.filter(is_practice=False, floor__closed_at=None).order_by("floor__ends_at", "pk")
    running = lots.filter(floor__paused_at=None, state__in=[*BEFORE_LIVE, LotState.LIVE])
    paused = lots.filter(state=LotState.PAUSED, floor__paused_at__isnull=False)
    return [
        (lots.filter(state__in=BEFORE_LIVE, floor__opens_at__lte=now), opening.go_live),
        (running.filter(PAST_LIMIT, floor__hard_limit_at__lte=now), pausing.pause_at_limit),
        (paused.filter(floor__resumes_at__lte=now), pausing.resume_in_the_morning),
        (running.filter(~PAST_LIMIT, floor__ends_at__lte=now), closing.close_lot),
    ]


def _each(due: QuerySet[Lot], step: Callable) -> int:
    """One that is refused or busy now stops no other; the next look finds it again."""
    done = 0
    for lot in due:
        try:
            done += _claimed(lot, step)
        except DomainError as refusal:
            log.warning("lot %s waits: %s", lot, refusal.code)
    return done


@transaction.atomic
def _claimed(lot: Lot, step: Callable) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(CLAIM, [lot.pk])
        if not cursor.fetchone()[0]:
            return False
    return bool(step(lot=lot))
