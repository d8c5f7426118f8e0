"""P3: from a bid to the last of a thousand watchers in one live process, beside a bare passing on of Redis' messages.

Also with every message lost (the process then looks once a second), and the memory of three thousand watchers. The
clock starts before the bid is placed, so the bid itself is in the figure. Watchers, bidder and limit share the cores.
"""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

# ruff: noqa: I001, the first import sets Django up
from bench.settlement import own_database

import json
import redis

from auctions.services.bids import place_bid
from auctions.stream import path_of
from bench import report
from bench.load import cast, layout
from django.conf import settings
from django.db import connection
from foundation.core.money import Money
from local import ports, supervisor

WATCHERS, MANY = 1_000, 3_000
ROUNDS, BIDS, PAUSE = 5, 8, 0.5  # seconds between two bids
LAST_MS, STALE_MS, MEMORY = 150, 2_500, 350.0
MB = 1_000
amounts = count(1_000)


@contextmanager
def watching(port: int, path: str, watchers: int, seconds: float) -> Iterator[subprocess.Popen]:
    """So many watchers, connected; write a line to let them note."""
    command = [sys.executable, "-m", "bench.load.watchers", str(port), path, str(watchers), str(seconds)]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    try:
        if process.stdout.readline() != "ready\n":
            raise RuntimeError("the watchers could not connect")
        yield process
    finally:
        process.kill()
        process.communicate()


def latencies(port: int, path: str, act: Callable[[], int]) -> tuple[list[float], bool]:
    """Seconds from each act to the last watcher, and whether each of them had the last one."""
    began = {}
    with watching(port, path, WATCHERS, (BIDS + 3) * PAUSE + STALE_MS / 1_000) as process:
        print(file=process.stdin, flush=True)
        for _n in range(BIDS):
            moment = time.monotonic()
            began[str(act())] = moment
            time.sleep(max(0.0, moment + PAUSE - time.monotonic()))
        seen = json.loads(process.stdout.read())
    last = max(began, key=int)
    return [seen[id][2] - moment for id, moment in began.items() if id in seen], seen[last][0] == WATCHERS


def memory_of(pid: int) -> float:
    """Megabytes that the process holds."""
    status = Path(f"/proc/{pid}/status").read_text()
    return int(status.partition("VmRSS:")[2].split()[0]) / MB


@contextmanager
def passing_on() -> Iterator[tuple[int, Callable[[], int]]]:
    """The limit's server and its act: one publish."""
    port, channel, numbers = ports.free(), f"bench:{os.getpid()}", count(1)
    process = subprocess.Popen([sys.executable, "-m", "bench.limits.watchers", str(port), settings.REDIS_URL, channel])
    client = redis.Redis.from_url(settings.REDIS_URL)

    def act() -> int:
        number = next(numbers)
        client.publish(channel, number)
        return number

    try:
        while client.pubsub_numsub(channel)[0][1] == 0:
            time.sleep(0.05)
        yield port, act
    finally:
        process.kill()
        process.wait()


def measure(rows: int | None = None) -> list[report.Figure]:
    """With messages, without, and the memory."""
    supervisor.raise_file_limit()
    with own_database():
        (lot,), (bidder,) = cast.stage(1, 1)
        registration, database = lot.registrations.get(), connection.settings_dict["NAME"]

        def bid() -> int:
            key = f"watched-{next(amounts)}"
            amount = Money(next(amounts))
            return place_bid(registration=registration, amount=amount, key=key, actor=bidder.member).seq

        with layout.production(settings.SERVERS, database, "live") as site, passing_on() as limit:
            path = path_of(lot.number)
            figures = _times(site.live, path, bid, limit)
            with watching(site.live, path, MANY, 5.0):
                memory = memory_of(site.children["live"].process.pid)
    name = f"memory of the live process with {MANY} watchers"
    return [*figures, report.Figure("P3", name, round(memory, 1), "MB", f"<= {MEMORY:.0f} MB", memory <= MEMORY, 1)]


def _times(live: int, path: str, bid: Callable, limit: tuple[int, Callable]) -> list[report.Figure]:
    ours, theirs, stale, whole = [], [], [], True
    prefix = settings.KAIXU_REDIS_PREFIX
    for _round in range(ROUNDS):
        settings.KAIXU_REDIS_PREFIX = connection.settings_dict["NAME"]  # as the live process has it
        times, all_had = latencies(live, path, bid)
        ours, whole = ours + times, whole and all_had
        theirs += latencies(limit[0], "/", limit[1])[0]
    settings.KAIXU_REDIS_PREFIX = prefix  # what is published now reaches nobody
    for _round in range(2):
        times, all_had = latencies(live, path, bid)
        stale, whole = stale + times, whole and all_had
    load = f"load {os.getloadavg()[0]:.1f}"
    return [
        _figure(f"bid to the last of {WATCHERS} watchers; {load}", ours, LAST_MS, whole, theirs),
        _figure(f"the same with every message lost; {load}", stale, STALE_MS, whole),
    ]


def _figure(name: str, times: list[float], goal: int, whole: bool, limit: list[float] | None = None) -> report.Figure:
    """p95 of the times."""
    slow = report.percentile(times, 0.95) * 1_000
    least = report.percentile(limit, 0.95) * 1_000 if limit else None
    return report.Figure(
        id="P3",
        name=name,
        figure=round(slow, 1),
        unit="ms, p95",
        goal=f"<= {goal} ms",
        met=whole and slow <= goal,
        rounds=ROUNDS if limit else 2,
        limit=least and round(least, 1),
        ratio=least and round(least / slow, 3),
        p50_ms=round(report.percentile(times, 0.5) * 1_000, 2),
        p95_ms=round(slow, 2),
    )
