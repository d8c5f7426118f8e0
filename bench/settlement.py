"""P5: journal entries a second through `ledger.post`, beside the same rows and commits by psycopg2 alone.

Runs in a database of its own, dropped afterwards: entries cannot be taken out of a ledger again.
"""

import os
import time
from contextlib import contextmanager
from uuid import uuid4

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "marketplace.settings.local")

import django

django.setup()

from django.conf import settings  # noqa: E402
from django.db import connection, connections  # noqa: E402

from accounts.models import Organization  # noqa: E402
from bench import report  # noqa: E402
from bench.limits import settlement as limit  # noqa: E402
from foundation.audit import invariants  # noqa: E402
from foundation.core.actors import SYSTEM  # noqa: E402
from foundation.core.money import Money  # noqa: E402
from foundation.core.refs import Ref  # noqa: E402
from local.test_database import Copies  # noqa: E402
from settlement import ledger  # noqa: E402
from settlement.models import JournalEntry, Posting  # noqa: E402

ID, NAME, GOAL, ROUNDS = "P5", "journal entries through ledger.post", 0.35, 7
AMOUNT = Money(100_00)
RULES = {"I1", "I3"}


@contextmanager
def own_database():
    """A fresh copy of the migrated template."""
    copies = Copies(settings.DATA_DIR, settings.SERVERS.owner, settings.SERVERS.app)
    name, before = f"kaixu_bench_{os.getpid()}", settings.DATABASES["default"]["NAME"]
    copies.renew(name)
    connections.close_all()
    connection.settings_dict["NAME"] = name
    try:
        yield
    finally:
        connections.close_all()
        connection.settings_dict["NAME"] = before
        copies.drop(name)


def ours(count: int, party_id: int) -> list[float]:
    """Seconds of each entry through the product."""
    run, times = uuid4().hex, []
    for n in range(count):
        began = time.perf_counter()
        about = Ref("licenses.license", n + 1, "LIC")
        lines = [ledger.debit("1001", AMOUNT), ledger.credit("2002", AMOUNT, party=party_id, ref=about)]
        ledger.post(kind="license_fee_received", key=f"{run}:{n}", lines=lines, ref=about, actor=SYSTEM)
        times.append(time.perf_counter() - began)
    return times


def alone(count: int, party_id: int, raw) -> list[float]:
    """Seconds of each entry by the driver alone."""
    run, times = uuid4().hex, []
    for n in range(count):
        began = time.perf_counter()
        limit.post(raw, f"{run}:{n}", n + 1, party_id)
        times.append(time.perf_counter() - began)
    return times


def recount(entries: int) -> bool:
    """Whether the database holds what was counted, and keeps the rules."""
    return (
        JournalEntry.objects.count() == entries
        and Posting.objects.count() == 2 * entries
        and invariants.check(RULES) == []
    )


def measure(rows: int | None = None) -> list[report.Figure]:
    """Both sides in turn, seven rounds, medians of the rates."""
    count = rows or 1_000
    with own_database():
        party_id = Organization.objects.create(kind="administration", name="bench").pk
        raw = limit.connect(connection.settings_dict)
        ours(50, party_id)
        alone(50, party_id, raw)
        mine, theirs, all_times = [], [], []
        for _round in range(ROUNDS):
            times = ours(count, party_id)
            all_times += times
            mine.append(count / sum(times))
            theirs.append(count / sum(alone(count, party_id, raw)))
        raw.close()
        agrees = recount(2 * 50 + 2 * ROUNDS * count)
    ratio = report.median(mine) / report.median(theirs)
    return [
        report.Figure(
            id=ID,
            name=NAME,
            figure=round(report.median(mine), 1),
            unit="entries/s",
            goal=f">= {GOAL} of the limit",
            met=ratio >= GOAL and agrees,
            rounds=ROUNDS,
            limit=round(report.median(theirs), 1),
            ratio=round(ratio, 3),
            p50_ms=round(report.percentile(all_times, 0.5) * 1000, 3),
            p95_ms=round(report.percentile(all_times, 0.95) * 1000, 3),
        )
    ]
