"""kill -9 of web workers and of PostgreSQL under bidding clients (F1, F3): no acknowledged bid is lost, none is twice.

`bin/test` takes seconds; `bin/bench faults` (KAIXU_ALL_FAULTS) bids for a minute with each fault.
"""

import time

import pytest

from bench.load import cast, layout
from tests.faults import floor_load as load
from tests.faults.figures import ALL, tell
from tests.faults.own_postgres import own_postgres

__all__ = ["own_postgres"]
pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
CLIENTS, BIDDERS, EVERY = 40, 4, 1.2  # seconds between two kills of a web worker
SECONDS, LEAST = (66.0, 2000) if ALL else (4.0, 10)
BACK = 5.0  # seconds until a killed PostgreSQL serves again


def kill_workers(site: layout.Layout, until: float) -> int:
    """One web worker every 1.2 s; how many died."""
    died = 0
    while time.monotonic() < until:
        time.sleep(EVERY)
        died += bool(load.kill_one_child(site.children["pages"].process.pid))
    return died


def test_no_bid_is_lost_when_web_workers_and_postgresql_are_killed(own_postgres, tmp_path):
    lots, bidders = cast.stage(1, BIDDERS)
    own_postgres.copy_database()
    with layout.production(own_postgres.addresses(), "kaixu", "pages") as site:
        with load.bidding(site.pages, bidders, tmp_path / "journals", CLIENTS, seconds=SECONDS) as clients:
            started, died, outages = time.monotonic(), 0, []
            for turn in (1, 2):
                died += kill_workers(site, started + SECONDS * turn / 3)
                own_postgres.kill()
                killed = time.monotonic()
                own_postgres.start()
                outages.append(time.monotonic() - killed)
            died += kill_workers(site, started + SECONDS)
            ended = load.told(clients)
        with load.database_at(own_postgres.as_settings):
            statuses = load.compare(tmp_path / "journals", lots, least=LEAST)
    assert ended["unanswered"] == 0
    assert died >= 2 and (max(outages) < BACK or not ALL)
    assert set(statuses) <= {201, 409, 429, "bids"}
    tell("the floor: web workers every 1.2 s and PostgreSQL twice, acknowledged bids lost", 0.0)
    tell("the floor: PostgreSQL serves again after kill -9", max(outages))
