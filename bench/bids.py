"""P1 and P2: accepted bids a second through the service, 16 clients on one lot and on a hundred, beside pgbench.

Two processes of eight threads bid (as two web workers would); every bid is checked, chained, written into the history
and the outbox, and on disk before it counts. Runs in a database of its own, dropped afterwards.
"""

import multiprocessing
import os
import threading
import time

# ruff: noqa: I001, the first import sets Django up
from bench.settlement import own_database

from auctions.models import Bid, Floor, Registration
from accounts.models import Membership
from auctions.services.bids import BidRefused, place_bid
from bench import report
from bench.limits import bids as limit
from django.conf import settings
from django.db import connection, connections
from foundation.audit import invariants, verifying
from foundation.core.money import Money
from local import roles
from tests.factories import auction_floor as make

ROUNDS, SECONDS, WORKERS = 5, 3, 2
RULES = {"I5", "I6", "I7", "I8"}
# id, lots, clients, goal as a share of the limit
CASES = [("P1", 1, 16, 0.30), ("P1b", 1, 32, None), ("P2", 100, 16, 0.08)]
FREE = {"increment_fen": 1, "max_steps": None, "on_grid": False, "own_raise": True}


def stage(lots: int, clients: int) -> list[list[tuple[int, int]]]:
    """Lots that take every higher bid, and for each client its (registration, membership) on each of them."""
    cast: list[list[tuple[int, int]]] = [[] for _n in range(clients)]
    at, members = make.session(), [make.accounts.member("bidder") for _n in range(clients)]
    seller = make.accounts.member("ip_manager")
    for _lot in range(lots):
        lot = make.live_lot(at, seller=seller, start=Money(1))
        make.change(Floor.objects.get(pk=lot.pk), **FREE)
        for n, member in enumerate(members):
            made, _member = make.admitted(lot, organization=member.organization)
            cast[n].append((made.pk, member.pk))
    return cast


def client(name: str, mine: list[tuple[int, int]], until: float, told: list) -> None:
    """Bid on one's lots in turn, each time a little more than anybody could have bid before."""
    known = [
        (Registration.objects.get(pk=pk), Membership.objects.select_related("user", "organization").get(pk=who))
        for pk, who in mine
    ]
    n = 0
    while time.time() < until:
        registration, member = known[n % len(known)]
        n, began = n + 1, time.perf_counter()
        try:
            place_bid(registration=registration, amount=Money(time.time_ns() // 1000), key=f"{name}:{n}", actor=member)
            told.append(time.perf_counter() - began)
        except BidRefused:
            continue
    connections.close_all()


def worker(number: int, cast: list, until: float, queue) -> None:
    """One process of eight (sixteen) threads."""
    connections.close_all()
    told: list[float] = []
    names = [f"{os.getpid()}:{until}:{n}" for n in range(len(cast))]
    threads = [threading.Thread(target=client, args=(names[n], mine, until, told)) for n, mine in enumerate(cast)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    queue.put((number, told))


def ours(cast: list) -> list[float]:
    """Seconds of each acknowledged bid in one round."""
    connections.close_all()
    context = multiprocessing.get_context("fork")
    queue, until = context.Queue(), time.time() + SECONDS + 1
    parts = [cast[n::WORKERS] for n in range(WORKERS)]
    processes = [context.Process(target=worker, args=(n, part, until, queue)) for n, part in enumerate(parts)]
    for process in processes:
        process.start()
    times = [moment for _process in processes for moment in queue.get()[1]]
    for process in processes:
        process.join()
    return times


def measure(rows: int | None = None) -> list[report.Figure]:
    """Both sides in turn; a bid that was acknowledged and is not there, or a broken promise, fails."""
    figures = []
    for id, lots, clients, goal in CASES:
        with own_database():
            figures.append(_case(id, lots, clients, goal))
    return figures


def _case(id: str, lots: int, clients: int, goal: float | None) -> report.Figure:
    owner = roles.with_database(settings.SERVERS.owner, connection.settings_dict["NAME"])
    cast = stage(lots, clients)
    limit.prepare(owner)
    mine, theirs, times = [], [], []
    for _round in range(ROUNDS):
        acknowledged = ours(cast)
        times += acknowledged
        mine.append(len(acknowledged) / (SECONDS + 1))
        theirs.append(limit.bids_a_second(owner, clients=clients, lots=lots, seconds=SECONDS))
    whole = Bid.objects.count() == len(times) and invariants.check(RULES) == []
    whole = whole and verifying.first_broken_event() is None
    ratio = report.median(mine) / report.median(theirs)
    return report.Figure(
        id=id,
        name=f"bids through the service, {clients} clients on {lots} lots",
        figure=round(report.median(mine), 1),
        unit="bids/s",
        goal=f">= {goal} of the limit" if goal else "nothing lost",
        met=whole and (goal is None or ratio >= goal),
        rounds=ROUNDS,
        limit=round(report.median(theirs), 1),
        ratio=round(ratio, 3),
        p50_ms=round(report.percentile(times, 0.5) * 1000, 2),
        p95_ms=round(report.percentile(times, 0.95) * 1000, 2),
    )
