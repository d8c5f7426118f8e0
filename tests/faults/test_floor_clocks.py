"""Web servers whose clocks are five minutes off (F6), and one that stops while it holds a lot (F11)."""

import os
import signal
import subprocess
import sys
import time
from contextlib import ExitStack, contextmanager
from datetime import datetime, timedelta

import pytest
import requests
from django.conf import settings
from django.db import connection

from auctions.models import Floor
from bench.load import cast, layout
from foundation.core.clock import database_now
from local import roles
from tests.factories import auction_floor as make
from tests.harness import eventually

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
MINUTE = timedelta(minutes=1)
IDLE_MS = 4_000  # a transaction that does nothing for so long is ended by the server (production: 10 s)
HOLD = """
import sys, time, psycopg2
holder = psycopg2.connect(sys.argv[1])
with holder.cursor() as cursor:
    cursor.execute("SET idle_in_transaction_session_timeout = %s", [int(sys.argv[3])])
    cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"audit:auctions.lot:{sys.argv[2]}"])
print("held", flush=True)
time.sleep(600)
"""


@contextmanager
def webs(*skews: int):
    """A web server for each clock; the addresses."""
    name = connection.settings_dict["NAME"]
    with ExitStack() as open_ones:
        yield [
            open_ones.enter_context(
                layout.production(
                    settings.SERVERS,
                    name,
                    "pages",
                    workers=1,
                    application="tests.faults.skewed:application",
                    KAIXU_TEST_SKEW=str(skew),
                )
            ).pages
            for skew in skews
        ]


def bid(port, lot, bidder, yuan):
    address = f"http://127.0.0.1:{port}/api/v1/lots/{lot.number}/bids/"
    body = {"amount": f"{yuan}.00", "key": f"{port}-{yuan}"}
    return requests.post(address, json=body, headers={"Authorization": f"Token {bidder.token}"}, timeout=30)


@contextmanager
def a_stopped_holder(lot):
    """A process that took the lot's lock and was stopped."""
    address = roles.with_database(settings.SERVERS.app, connection.settings_dict["NAME"])
    command = [sys.executable, "-c", HOLD, address, str(lot.pk), str(IDLE_MS)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdout.readline() == "held\n"
        os.kill(process.pid, signal.SIGSTOP)
        yield
    finally:
        process.kill()
        process.wait()
        process.stdout.close()


def test_neither_wrong_clocks_nor_a_stopped_process_decide_about_a_bid():
    (running, over, coming), (bidder,) = cast.stage(3, 1)
    now = database_now()
    make.change(Floor.objects.get(pk=running.pk), opens_at=now - 2 * MINUTE, ends_at=now + 2 * MINUTE)
    make.change(Floor.objects.get(pk=over.pk), opens_at=now - 9 * MINUTE, ends_at=now - 2 * MINUTE)
    make.change(Floor.objects.get(pk=coming.pk), opens_at=now + 2 * MINUTE, ends_at=now + 9 * MINUTE)
    with webs(300, -300) as ports:
        for n, port in enumerate(ports, start=1):
            assert bid(port, running, bidder, n).status_code == 201
            for lot in (over, coming):
                refused = bid(port, lot, bidder, n)
                assert (refused.status_code, refused.json()["code"]) == (409, "not_live")
            told = requests.get(f"http://127.0.0.1:{port}/api/v1/lots/{running.number}/live/", timeout=30).json()
            assert abs(datetime.fromisoformat(told["now"]) - database_now()) < timedelta(seconds=20)
        assert Floor.objects.get(pk=running.pk).seq == 2
        with a_stopped_holder(running):
            begun = time.monotonic()
            busy = bid(ports[0], running, bidder, 3)
            waited = time.monotonic() - begun
            assert (busy.status_code, busy.json()["code"], busy.headers["Retry-After"]) == (503, "busy", "1")
            assert 2.5 < waited < 6  # 3 s in the database
            eventually(lambda: bid(ports[1], running, bidder, 4).status_code == 201, what="the lot is free again")
    assert Floor.objects.get(pk=running.pk).seq == 3
