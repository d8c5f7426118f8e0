"""P1 and P2: accepted bids a second by HTTP, beside pgbench in the same run; also where a flush takes a millisecond.

Production's layout: gunicorn with 2 x cores + 1 sync workers, a token, permissions, history and outbox for every
bid. The clients (one small process) and pgbench share the cores with what they measure. A bid counts when the
receipt came and the database has it; a bid that was too low when it arrived, or came from somebody who has to wait
after too many of those, counts as none.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count

# ruff: noqa: I001, the first import sets Django up
from bench.settlement import own_database

import psycopg2

from auctions.models import Bid
from bench import report
from bench.limits import bids as limit
from bench.load import cast, doors, layout, running
from django.conf import settings
from django.db import connection
from foundation.audit import invariants, verifying
from local import places, postgres, roles

ROUNDS, SECONDS = 5, 3
RULES = {"I5", "I6", "I7", "I8"}
HOT, SPREAD, STEADY, CALM = 0.30, 0.08, 0.8, 3.0  # shares of the limit; 32 clients of 16; p99 of p50
LOTS, APART = 100, 4
FLUSHES = {"": {}, ", 1 ms flush": {"commit_delay": 1000, "commit_siblings": 0}}
series = count(1)


@contextmanager
def flush(options: dict[str, int]) -> Iterator[bool]:
    """New connections to this database flush so; False where the server is not ours to tell."""
    if not options:
        yield True
        return
    if os.environ.get("DATABASE_URL"):
        yield False
        return
    account = places.account()
    url = postgres.Postgres(places.server_folder(settings.DATA_DIR, account), account).url(postgres.ADMIN, "postgres")
    name = connection.settings_dict["NAME"]
    server = psycopg2.connect(url)
    server.autocommit = True
    with server.cursor() as cursor:
        for option, value in options.items():
            cursor.execute(f'ALTER DATABASE "{name}" SET {option} = {value}')
    server.close()
    yield True


def measure(rows: int | None = None) -> list[report.Figure]:
    """One hot lot and a hundred lots, with the disk as it is and with a slow one."""
    figures = []
    for name, options in FLUSHES.items():
        for lots, apart, clients in ((1, 1, (16, 32)), (LOTS, APART, (16,))):
            with own_database():
                figures += _lots(lots, apart, clients, name, options)
    return figures


def _lots(lots: int, apart: int, clients: tuple[int, ...], name: str, options: dict) -> list[report.Figure]:
    _lots, bidders = cast.stage(lots, max(clients), apart=apart)
    database = connection.settings_dict["NAME"]
    owner = roles.with_database(settings.SERVERS.owner, database)
    connection.close()
    with flush(options) as told:
        if not told:
            return []
        limit.prepare(owner)
        with layout.production(settings.SERVERS, database, "pages") as site:
            ours, theirs = _rounds(site.pages, owner, lots, bidders, clients)
    whole = recounted([one for rounds in ours.values() for one in rounds])
    id = "P1" if lots == 1 else "P2"
    figures = [_rate(id, f"{n} clients on {lots} lots{name}", ours[n], theirs[n], whole) for n in clients]
    return figures + (_shape(ours, name) if lots == 1 else [])


def _rounds(port: int, owner: str, lots: int, bidders: list, clients: tuple[int, ...]) -> tuple[dict, dict]:
    """Ours and the limit in turn."""
    first, ours, theirs = doors.FIRST, {n: [] for n in clients}, {n: [] for n in clients}
    for turn in range(ROUNDS + 1):
        for n in clients:
            done = running.run(port, running.by_api(bidders, n), seconds=SECONDS, first=first, series=next(series))
            first = done.next
            rate = limit.bids_a_second(owner, clients=n, lots=lots, seconds=SECONDS) if turn else 0.0
            ours[n].append(done)
            theirs[n].append(rate)
    return ours, theirs  # the first round warms up; its bids are recounted, its times are not


def recounted(rounds: list[running.Round]) -> bool:
    """Whether the database holds the acknowledged bids and no others, and keeps its rules."""
    stored = list(Bid.objects.values_list("key", flat=True))
    same = sorted(stored) == sorted(key for one in rounds for key in one.keys)
    return (
        same
        and all(one.sound for one in rounds)
        and invariants.check(RULES) == []
        and verifying.first_broken_event() is None
    )


def _rate(id: str, what: str, ours: list, theirs: list, whole: bool) -> report.Figure:
    mine, limits = report.median([one.rate for one in ours[1:]]), report.median(theirs[1:])
    times = [moment for one in ours[1:] for moment in one.times]
    late, told_to_wait = (sum(one.statuses[code] for one in ours[1:]) for code in (running.TOO_LOW, running.WAIT))
    no_bids = f"of {len(times)} {late} came too late and {told_to_wait} were asked to wait"
    goal = {"P1": HOT, "P2": SPREAD}[id]
    return report.Figure(
        id=id,
        name=f"bids by HTTP, {what}; {no_bids}; load {os.getloadavg()[0]:.1f}",
        figure=round(mine, 1),
        unit="bids/s",
        goal=f">= {goal} of the limit",
        met=whole and mine / limits >= goal,
        rounds=ROUNDS,
        limit=round(limits, 1),
        ratio=round(mine / limits, 3),
        p50_ms=round(report.percentile(times, 0.5) * 1000, 2),
        p95_ms=round(report.percentile(times, 0.95) * 1000, 2),
    )


def _shape(ours: dict[int, list], name: str) -> list[report.Figure]:
    """How even the answers are, and what twice as many clients cost."""
    spread = report.median([one.spread for one in ours[16][1:]])
    steady = report.median([one.rate for one in ours[32][1:]]) / report.median([one.rate for one in ours[16][1:]])
    return [
        report.Figure(
            "P1", f"p99 of p50, 16 clients{name}", round(spread, 2), "x", f"<= {CALM}", spread <= CALM, ROUNDS
        ),
        report.Figure("P1", f"32 clients of 16{name}", round(steady, 2), "x", f">= {STEADY}", steady >= STEADY, ROUNDS),
    ]
