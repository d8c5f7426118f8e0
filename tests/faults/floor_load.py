"""Bidders on a floor whose processes die: clients with journals on disk, and the comparison with the database."""

import json
import os
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import cycle
from pathlib import Path

from django.conf import settings
from django.db import connection

from auctions.models import Bid, Lot
from bench.load import cast, doors
from foundation.audit import invariants, verifying
from tests.faults.killing import children

OURS = {"I5", "I6", "I7", "I8", "I17"}
LONGEST = 120  # seconds a run of clients may take over its time


@contextmanager
def bidding(port: int, bidders: list[cast.Bidder], folder: Path, count: int, **plan) -> Iterator[subprocess.Popen]:
    """So many clients of these bidders bid by the API for `seconds`, in one process; wait for it by `told`."""
    folder.mkdir(exist_ok=True)
    clients = [
        {"name": f"{n:06d}", "requests": [doors.api_bid(lot.number, bidder.token) for lot in bidder.lots]}
        for n, bidder in zip(range(count), cycle(bidders), strict=False)
    ]
    asked = {"port": port, "first": doors.FIRST, "clients": clients, "journals": str(folder), **plan}
    process = subprocess.Popen(
        [sys.executable, "-m", "bench.load.clients"],
        cwd=settings.BASE_DIR,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        with process.stdin as plan_goes_in:
            plan_goes_in.write(json.dumps(asked))
        yield process
    finally:
        process.kill()
        process.wait()


def told(process: subprocess.Popen) -> dict:
    """What the clients report at their end."""
    answer = json.loads(process.stdout.read())
    assert process.wait(LONGEST) == 0
    return answer


def compare(folder: Path, lots: list[Lot], *, least: int) -> Counter:
    """Hold all journals against the database: nothing acknowledged is lost or there twice, and the rules are kept.

    Answers how many requests ended with which status, and under "bids" how many were acknowledged.
    """
    lines = [json.loads(line) for path in sorted(folder.glob("*.jsonl")) for line in path.read_text().splitlines()]
    intents = {line["intent"]: line["amount"] for line in lines if "intent" in line}
    answers = {line["answer"]: line for line in lines if "answer" in line}
    acknowledged = {key: line["number"] for key, line in answers.items() if line["status"] == 201}
    bids = list(Bid.objects.filter(lot__in=lots).order_by("lot", "seq").values_list("lot", "seq", "key", "amount_fen"))
    stored = {key: (seq, amount) for _lot, seq, key, amount in bids}
    assert len(stored) == len(bids), "a key stands twice"
    lost = {key for key, seq in acknowledged.items() if stored.get(key) != (seq, intents[key])}
    assert not lost, f"acknowledged and lost, or with another number: {sorted(lost)[:5]}"
    assert set(stored) <= set(intents), "a bid that nobody sent"
    refused = {key for key, line in answers.items() if line["status"] != 201}
    assert not refused & set(stored), "refused, and stored all the same"
    for lot in lots:
        assert [row[1] for row in bids if row[0] == lot.pk] == list(range(1, 1 + sum(row[0] == lot.pk for row in bids)))
    assert invariants.check(OURS) == [] and verifying.first_broken_event() is None
    assert len(acknowledged) >= least, f"only {len(acknowledged)} bids were acknowledged"
    return Counter(line["status"] for line in answers.values()) + Counter({"bids": len(acknowledged)})


def kill_one_child(pid: int) -> int:
    """kill -9 of the eldest child of a process (a worker of gunicorn's); its number, 0 where there is none."""
    found = sorted(children(pid))
    if found:
        os.kill(found[0], signal.SIGKILL)
    return found[0] if found else 0


@contextmanager
def database_at(server: dict) -> Iterator[None]:
    """This process reads and writes that server's database (host, port, user, password) for a while."""
    before = dict(connection.settings_dict)
    connection.close()
    connection.settings_dict.update(server)
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict.update(before)
