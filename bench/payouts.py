"""A payout run of 10,000 payables: finished though its process is killed (kill -9) in the middle, each paid once.

Runs in a database of its own, dropped afterwards.
"""

import os
import sys

os.environ["DJANGO_SETTINGS_MODULE"] = "marketplace.settings.test"

import django

django.setup()

from django.conf import settings  # noqa: E402
from django.db import connections  # noqa: E402

from bench import report  # noqa: E402
from bench.paying import pay_out  # noqa: E402
from foundation.audit import invariants  # noqa: E402
from local import test_database  # noqa: E402

ID, DEFAULT_ROWS = "payouts", 10_000
RULES = {"I1", "I3", "I4", "I12"}


def measure(rows: int | None = None) -> list[report.Figure]:
    """One run."""
    copies = test_database.Copies(settings.DATA_DIR, settings.SERVERS.owner, settings.SERVERS.app)
    copies.renew(settings.KAIXU_TEST_DATABASE)
    connections.close_all()
    try:
        found = pay_out(rows or DEFAULT_ROWS)
        wrong = [*found.wrong, *map(str, invariants.check(RULES))]
    finally:
        connections.close_all()
        copies.drop(settings.KAIXU_TEST_DATABASE)
    for one in wrong:
        print(f"wrong: {one}", file=sys.stderr)
    print(f"killed when {found.sent_when_killed} of {found.count} were sent", file=sys.stderr)
    cut = 0 < found.sent_when_killed < found.count
    return [
        report.Figure(ID, f"{found.count} paid once each, killed once in the middle", len(wrong), "faults", "0",
                      not wrong and cut, 1),
        report.Figure(ID, "collected and approved", round(found.collected_s, 1), "s", "told", met=True, rounds=1),
        report.Figure(ID, "booked and written into the bank's file", round(found.count / found.sent_s, 1), "payouts/s",
                      "told", met=True, rounds=1),
        report.Figure(ID, "confirmed by the bank", round(found.count / found.confirmed_s, 1), "payouts/s", "told",
                      met=True, rounds=1),
    ]  # fmt: skip
