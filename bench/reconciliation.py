"""A made-up month of 5,000 lines and 4,800 obligations, from the bank's files to the closed month.

How many lines are matched without hands, how many of them wrongly (the story knows), and what bank and ledger differ by
at the end. Runs in a database of its own, dropped afterwards.
"""

import os
import sys
import time
from datetime import timedelta

os.environ["DJANGO_SETTINGS_MODULE"] = "marketplace.settings.test"

import django

django.setup()

from django.conf import settings  # noqa: E402
from django.db import connections  # noqa: E402

from bench import report  # noqa: E402
from bench.month import story, world  # noqa: E402
from foundation.audit import invariants  # noqa: E402
from foundation.core.clock import database_now, local_date  # noqa: E402
from local import test_database  # noqa: E402

ID, DEFAULT_ROWS, GOAL = "reconciliation", 5_000, 95.0
RULES = {"I1", "I3", "I4", "I12"}


def happen(lines: int) -> tuple[world.Score, dict[str, float], tuple[int, int], int, int]:
    """The score, the seconds of each step, lines decided by a person and left, the difference in fen, broken rules."""
    first = (local_date(database_now()).replace(day=1) - timedelta(days=1)).replace(day=1)
    spent, begun = {}, time.perf_counter()

    def lap(name: str) -> None:
        nonlocal begun
        spent[name], begun = time.perf_counter() - begun, time.perf_counter()

    made = world.build(story.invent(lines, first))
    lap("build")
    world.take_in(made)
    lap("import")
    found = world.score(made)
    decided = world.work_queue(made)
    lap("queue")
    difference = world.close(made)
    lap("close")
    return found, spent, (decided, world.undecided(made)), difference.fen, len(invariants.check(RULES))


def measure(rows: int | None = None) -> list[report.Figure]:
    """One month."""
    lines = rows or DEFAULT_ROWS
    copies = test_database.Copies(settings.DATA_DIR, settings.SERVERS.owner, settings.SERVERS.app)
    copies.renew(settings.KAIXU_TEST_DATABASE)
    connections.close_all()
    try:
        found, spent, (decided, undecided), difference, broken = happen(lines)
    finally:
        connections.close_all()
        copies.drop(settings.KAIXU_TEST_DATABASE)
    for kind, reasons in sorted(found.left.items()):
        print(f"left to a person, {kind}: {dict(reasons)}", file=sys.stderr)
    for one in found.wrong[:20]:
        print(f"wrong: {one}", file=sys.stderr)
    print({name: round(seconds, 1) for name, seconds in spent.items()}, file=sys.stderr)
    share, rate = 100 * found.share, found.lines / spent["import"]
    return [
        figure(
            f"matched without hands, of {found.lines} lines", round(share, 2), "%", f">= {GOAL:.0f} %", share >= GOAL
        ),
        figure("matched wrongly", len(found.wrong), "lines", "0", not found.wrong),
        figure("decided by a person", decided, "lines", "told", met=True),
        figure("left in the queue", undecided, "lines", "0", undecided == 0),
        figure("bank less ledger, month closed", difference / 100, "CNY", "0.00", difference == 0 and broken == 0),
        figure("imported, matched and booked", round(rate, 1), "lines/s", "told", met=True),
    ]


def figure(name: str, value: float, unit: str, goal: str, met: bool) -> report.Figure:
    """One line of the report."""
    return report.Figure(ID, name, value, unit, goal, met, 1)
