"""The floor under faults: killed bidders' processes, a lock that is held, Redis away."""

import json
import os
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.conf import settings
from django.db import connection, transaction

from auctions.models import Bid, Floor
from auctions.services import floors
from auctions.services.bids import place_bid
from foundation.audit import instant, invariants, verifying
from foundation.core.errors import Busy
from foundation.core.money import Money
from tests.auctions.test_bidding_on_a_lot import bid
from tests.concurrency.racing import outcome_of
from tests.factories import auction_floor as make

pytestmark = pytest.mark.django_db(transaction=True)
OURS = {"I5", "I6", "I7", "I8"}
# bids again and again, and writes down each receipt before it goes on
BIDDER = """
import os, sys, time
import django
django.setup()
from django.db import connection
connection.settings_dict["NAME"] = sys.argv[1]
from accounts.models import Membership
from auctions.models import Registration
from auctions.services.bids import BidRefused, place_bid
from foundation.core.money import Money
registration, member = Registration.objects.get(pk=int(sys.argv[2])), Membership.objects.get(pk=int(sys.argv[3]))
with open(sys.argv[4], "a") as journal:
    for n in range(100_000):
        try:
            placed = place_bid(registration=registration, amount=Money(time.time_ns() // 1000),
                               key=f"{os.getpid()}:{n}", actor=member)
        except BidRefused:
            continue
        journal.write(f"[{placed.seq}, {placed.amount.fen}, \\"{placed.hash}\\"]\\n")
        journal.flush()
"""


@pytest.fixture
def lot():
    made = make.live_lot(start=Money(1))
    return make.change(made.floor, increment_fen=1, on_grid=False, max_steps=None, own_raise=True).lot


def bidder(lot, journal):
    """A process that bids; its receipts go to the journal."""
    registration, member = make.admitted(lot)
    arguments = [connection.settings_dict["NAME"], str(registration.pk), str(member.pk), str(journal)]
    return subprocess.Popen([sys.executable, "-c", BIDDER, *arguments], env=os.environ, cwd=settings.BASE_DIR)


def test_no_acknowledged_bid_is_lost_when_bidding_processes_are_killed(lot, tmp_path):
    journals = [tmp_path / f"{n}.journal" for n in range(4)]
    running = [bidder(lot, journal) for journal in journals]
    patience = time.monotonic() + 60
    for process, journal in zip(running, journals, strict=True):
        while not journal.exists() or journal.read_text().count("\n") < 5:
            assert time.monotonic() < patience and process.poll() is None
            time.sleep(0.05)
        process.send_signal(signal.SIGKILL)
    for process in running:
        process.wait(10)
    acknowledged = [tuple(json.loads(line)) for journal in journals for line in journal.read_text().splitlines()]
    stored = list(Bid.objects.filter(lot=lot).order_by("seq").values_list("seq", "amount_fen", "hash"))
    assert len(acknowledged) >= 20 and set(acknowledged) <= set(stored)
    assert [seq for seq, _amount, _hash in stored] == list(range(1, len(stored) + 1))
    assert invariants.check(OURS) == [] and verifying.first_broken_event() is None


def test_while_somebody_holds_the_lot_others_are_told_to_try_again_within_seconds(lot):
    registration, member = make.admitted(lot)

    def act():
        return place_bid(registration=registration, amount=Money(100), key="k", actor=member)

    with transaction.atomic():
        floors.lock(lot)
        began = time.monotonic()
        outcome = at_the_same_time(act)
        waited = time.monotonic() - began
    assert isinstance(outcome, Busy) and 2.5 < waited < 6
    assert act().seq == 1


def at_the_same_time(act):
    """What becomes of it on a connection of its own."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(outcome_of, act).result(20)


def test_a_bid_needs_no_redis(lot, monkeypatch, settings):
    settings.REDIS_URL = "redis://127.0.0.1:1/0"
    instant._client.cache_clear()
    monkeypatch.setitem(instant._breaker, "closed_until", 0.0)
    began = time.monotonic()
    assert bid(make.admitted(lot), 1).seq == 1
    assert bid(make.admitted(lot), 2).seq == 2
    assert time.monotonic() - began < 5
    assert instant._breaker["closed_until"] > 0
    instant._client.cache_clear()
    assert Floor.objects.get(pk=lot.pk).seq == 2
