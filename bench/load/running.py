"""Runs `bench.load.clients` and says what came of it."""

import json
import subprocess
import sys
from collections import Counter
from dataclasses import dataclass

from bench import report
from bench.load import doors
from bench.load.cast import Bidder

PANEL, CREATED, FOUND = 200, 201, 302  # a script, a program, a browser without a script
ACCEPTED = (PANEL, CREATED, FOUND)
TOO_LOW, WAIT = 409, 429  # somebody was faster; too many of one's bids were refused: right answers, and no bids


@dataclass(frozen=True, slots=True)
class Round:
    """One round of clients. ``keys`` are those of accepted bids; ``times`` the seconds of every answer."""

    seconds: float
    next: int
    keys: list[str]
    times: list[float]
    statuses: Counter
    lost: int
    rows: list[tuple]  # as `bench.load.clients` tells them

    @property
    def rate(self) -> float:
        """Accepted bids a second."""
        return len(self.keys) / self.seconds

    @property
    def sent(self) -> dict[int, float]:
        """When each accepted bid was sent, by its number (the machine's steady clock)."""
        return {row[4]: row[5] for row in self.rows if row[2] in ACCEPTED}

    @property
    def sound(self) -> bool:
        """Whether every request was answered: by a receipt, by a higher bid of somebody else, or by a word to wait."""
        return not self.lost and set(self.statuses) <= {*ACCEPTED, TOO_LOW, WAIT}

    @property
    def spread(self) -> float:
        """p99 / p50 of the answers."""
        return report.percentile(self.times, 0.99) / report.percentile(self.times, 0.5)


def by_api(cast: list[Bidder], clients: int) -> list[list[str]]:
    """The requests of so many clients, each with a bidder of its own."""
    made = []
    for n, bidder in enumerate(cast[:clients]):
        asked = [doors.api_bid(lot.number, bidder.token) for lot in bidder.lots]
        made.append(asked[n % len(asked) :] + asked[: n % len(asked)])
    return made


def by_page(port: int, cast: list[Bidder]) -> list[list[str]]:
    """The requests of people who signed in by the page and bid in the room, with its token against forgery."""
    made = []
    for bidder in cast:
        cookies = doors.signed_in(port, bidder.email)
        made.append([doors.page_bid(port, lot.number, cookies) for lot in bidder.lots])
    return made


def run(port: int, requests: list[list[str]], *, seconds: float, first: int, series: int, pause: float = 0.0) -> Round:
    """Let the clients send their requests for so long. ``series`` keeps the keys of one round from another's."""
    clients = [{"name": f"{series:02d}{n:04d}", "requests": mine} for n, mine in enumerate(requests)]
    plan = {"port": port, "seconds": seconds, "first": first, "clients": clients, "pause": pause}
    command = [sys.executable, "-m", "bench.load.clients"]
    ran = subprocess.run(command, input=json.dumps(plan), stdout=subprocess.PIPE, text=True, check=True)
    told = json.loads(ran.stdout)
    return Round(
        seconds=told["seconds"],
        next=told["next"],
        keys=[row[0] for row in told["told"] if row[2] in ACCEPTED],
        times=[row[3] for row in told["told"]],
        statuses=Counter(row[2] for row in told["told"]),
        rows=told["told"],
        lost=told["lost"],
    )
