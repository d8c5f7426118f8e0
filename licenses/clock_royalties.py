"""Royalties by the clock. Results depend on stored times only: late, twice or crashed changes nothing."""

import logging
from collections.abc import Callable, Iterable
from typing import Any

from foundation.core.clock import database_now
from foundation.core.errors import DomainError
from licenses.queries import royalties
from licenses.services import breach, royalty_answers, royalty_periods

BATCH = 200
log = logging.getLogger(__name__)


def run() -> int:
    """One look at everything that falls due; how many rows moved."""
    return sum(step() for step in (open_begun, close_over, accept_unanswered, note_missed, remind_due))


def open_begun() -> int:
    """Write down the periods that have begun; how many licenses got one."""
    due = royalties.without_period(database_now()).order_by("pk")
    return _each(due[:BATCH], lambda license: bool(royalty_periods.open_periods(license=license)))


def close_over() -> int:
    """Ask for the reports of periods that are over; how many."""
    due = royalties.over(database_now()).order_by("ends_on", "pk")
    return _each(due[:BATCH], lambda period: royalty_periods.close_period(period=period))


def accept_unanswered() -> int:
    """Accept the reports that the licensor let pass; how many."""
    due = royalties.unanswered(database_now()).order_by("answer_due_at", "pk")
    return _each(due[:BATCH], lambda period: royalty_answers.accept_silently(period=period))


def note_missed() -> int:
    """Note late reports and payments, and put their licenses in default; how many."""
    due = royalties.missed(database_now()).order_by("pk")
    return _each(due[:BATCH], lambda period: breach.miss(period=period))


def remind_due() -> int:
    """Remind of reports; how many messages."""
    due = royalties.to_remind(database_now()).order_by("report_due_at", "pk")
    return _each(due[:BATCH], lambda period: royalty_periods.remind(period=period))


def _each(due: Iterable[Any], step: Callable[[Any], bool]) -> int:
    """One that is refused or busy now stops no other; the next look finds it again."""
    done = 0
    for row in due:
        try:
            done += step(row)
        except DomainError as refusal:
            log.warning("royalties: %s waits: %s", row, refusal.code)
    return done
