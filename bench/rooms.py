"""One room under load: 50 bidders who signed in by the page, 200 watchers, 5 minutes (`--rows N`: N seconds).

Production's processes: gunicorn, the live stream, jobs and beat. Then the stream is killed and pages poll (F16).
"""

import os
from concurrent.futures import ThreadPoolExecutor
from itertools import count

# ruff: noqa: I001, the first import sets Django up
from bench.settlement import own_database

import json
from auctions.models import Bid
from auctions.stream import path_of
from bench import report, watchers
from bench.bids import recounted
from bench.load import cast, doors, layout, running
from django.conf import settings
from django.db import connection

BIDDERS, WATCHERS, POLLERS, SECONDS, POLLED = 50, 200, 40, 300, 20
RATE, P95_MS, P99_MS, STALE_MS = 150, 400, 800, 2_500
EVERY = 2.0  # seconds between two looks of a page without a stream
series = count(70)


def measure(rows: int | None = None) -> list[report.Figure]:
    """The figures of the room, and how old the price is with and without the stream."""
    seconds = float(rows or SECONDS)
    with own_database():
        (lot,), people = cast.stage(1, BIDDERS)
        database = connection.settings_dict["NAME"]
        connection.close()
        with layout.production(settings.SERVERS, database, "pages", "live", "jobs", "beat") as site:
            asked = running.by_page(site.pages, people)
            with watchers.watching(site.live, path_of(lot.number), WATCHERS, seconds + 3) as audience:
                print(file=audience.stdin, flush=True)
                done = running.run(site.pages, asked, seconds=seconds, first=doors.FIRST, series=next(series))
                seen = json.loads(audience.stdout.read())
            site.kill("live")
            polled, after = _without_stream(site.pages, lot.number, asked, done.next)
        whole = recounted([done, after]) and Bid.objects.count() == len(done.keys) + len(after.keys)
    return _figures(done, whole, aged_by_stream(done, seen), polled)


def _without_stream(port: int, number: str, asked: list, first: int) -> tuple[list[float], running.Round]:
    """Ten bidders, and pages that poll."""
    with ThreadPoolExecutor(2) as pool:
        pages = pool.submit(
            running.run, port, [[doors.live_part(number)]] * POLLERS, seconds=POLLED, first=0, series=next(series),
            pause=EVERY,
        )  # fmt: skip
        bids = pool.submit(
            running.run, port, asked[:10], seconds=POLLED, first=first, series=next(series), pause=0.5
        )  # fmt: skip
        return aged_by_polling(bids.result(), pages.result()), bids.result()


def aged_by_stream(done: running.Round, seen: dict[str, list]) -> list[float]:
    """Seconds from sending each bid until the last watcher knew it or a later one."""
    known = sorted((int(id), last) for id, (_many, _first, last) in seen.items())
    ages, place = [], 0
    for number, sent in sorted(done.sent.items()):
        while place < len(known) and known[place][0] < number:
            place += 1
        if place < len(known):
            ages.append(known[place][1] - sent)
    return ages


def aged_by_polling(bids: running.Round, pages: running.Round) -> list[float]:
    """Seconds from sending each bid until each page showed it or a later one."""
    ages = []
    looks: dict[str, list[tuple[float, int]]] = {}
    for key, _amount, _status, seconds, number, sent in pages.rows:
        looks.setdefault(key.partition("-")[0], []).append((sent + seconds, number))
    for number, sent in bids.sent.items():
        for page in looks.values():
            first = next((moment for moment, shown in page if shown and shown >= number), None)
            if first is not None:
                ages.append(first - sent)
    return ages


def _figures(done: running.Round, whole: bool, streamed: list[float], polled: list[float]) -> list[report.Figure]:
    rate = len(done.times) / done.seconds
    load = f"load {os.getloadavg()[0]:.1f}"
    accepted = f"{len(done.keys)} accepted of {len(done.times)}"
    return [
        report.Figure(
            id="room",
            name=f"bid requests, {BIDDERS} bidders and {WATCHERS} watchers, {accepted}; {load}",
            figure=round(rate, 1),
            unit="requests/s",
            goal=f">= {RATE}",
            met=whole and rate >= RATE,
            rounds=1,
            p50_ms=round(report.percentile(done.times, 0.5) * 1_000, 1),
            p95_ms=round(report.percentile(done.times, 0.95) * 1_000, 1),
        ),
        _ms("answer, p95", done.times, 0.95, P95_MS),
        _ms("answer, p99", done.times, 0.99, P99_MS),
        _ms("age of the price with the stream, p95", streamed, 0.95, STALE_MS),
        _ms("age of the price without the stream, p95", polled, 0.95, STALE_MS),
    ]


def _ms(name: str, times: list[float], part: float, goal: int) -> report.Figure:
    """One percentile in milliseconds."""
    value = round(report.percentile(times, part) * 1_000, 1)
    return report.Figure("room", name, value, "ms", f"<= {goal} ms", value <= goal, 1)
