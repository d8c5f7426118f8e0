"""Promises as SQL: each query returns the rows that break it, so no rows is good. Apps register theirs at start-up."""

import logging
from dataclasses import dataclass

from django.core.cache import cache
from django.db import connection

from foundation.core.handlers import HandlerTaken

SHOWN_ROWS = 20
NOTE = "audit:broken-invariants"
NOTE_KEPT = 3600  # seconds
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Invariant:
    """``id`` as in docs/invariants.md ("I15"), one sentence, and the SQL of the rows that break it."""

    id: str
    sentence: str
    sql: str


@dataclass(frozen=True, slots=True)
class Finding:
    """What a check found: the first rows that break the promise, and how many there are."""

    invariant: Invariant
    rows: list[dict]
    count: int


_registered: dict[str, list[Invariant]] = {}


def register(id: str, sentence: str, sql: str) -> None:
    """Add a promise. Several queries may stand under one id; the same query twice raises HandlerTaken."""
    made = Invariant(id, sentence, sql)
    group = _registered.setdefault(id, [])
    if made in group:
        raise HandlerTaken(id)
    group.append(made)


def everything() -> list[Invariant]:
    """All promises, by number."""
    ids = sorted(_registered, key=lambda name: (int("".join(filter(str.isdigit, name)) or 0), name))
    return [invariant for name in ids for invariant in _registered[name]]


def check(ids: set[str] | None = None) -> list[Finding]:
    """Run the queries (of some ids) and return those that found rows."""
    found = []
    for invariant in everything():
        if ids and invariant.id not in ids:
            continue
        with connection.cursor() as cursor:
            cursor.execute(invariant.sql)
            names = [column[0] for column in cursor.description]
            rows = cursor.fetchmany(SHOWN_ROWS)
            count = len(rows) + len(cursor.fetchall())
        if rows:
            found.append(Finding(invariant, [dict(zip(names, row, strict=True)) for row in rows], count))
    return found


def noted() -> list[str] | None:
    """The ids of the promises that the last check found broken; None where nobody checked within the hour."""
    return cache.get(NOTE)


def check_and_note() -> int:
    """Check all, log each broken promise, and leave their ids in the cache for the administrators' banner."""
    found = check()
    for finding in found:
        log.error("invariant %s broken by %s rows: %s", finding.invariant.id, finding.count, finding.rows[:3])
    cache.set(NOTE, sorted({finding.invariant.id for finding in found}), NOTE_KEPT)
    return len(found)
