"""Clients of the site, many in one small process: `python -m bench.load.clients < plan.json > told.json`.

Each client sends one request after the other and waits for the answer, on a connection of its own that is kept where
the server keeps it. Nothing is imported but the standard library, and a request costs some 100 microseconds, because
the clients share the machine with what they measure.

The plan: `port`, `seconds`, `first` (the lowest amount in fen; each request bids one fen more than any before it) and
`clients`, each with a `name` and its `requests` (whole HTTP requests, taken in turn, in which @YUAN@ and @KEY@ are
filled in). With `journals` (a folder) every intent is on disk before it is sent and every answer before the next one,
and a request without an answer (or answered 5xx) is sent again under the same key until there is one. With `pause`
each client rests so many seconds between two requests.
"""

import contextlib
import json
import selectors
import socket
import sys
import time
from itertools import count, cycle
from pathlib import Path

AGAIN = 0.25  # seconds until a request without an answer is sent again
PATIENCE = 20.0  # seconds after which an answer counts as lost
AFTERWARDS = 30.0  # seconds that clients with a journal have at the end to get their last answer
FULL = 65_536


class Client:
    """One bidder: at most one request under way."""

    def __init__(self, plan: dict, mine: dict, amounts: count):
        self.port, self.name, self.amounts = plan["port"], mine["name"], amounts
        self.requests, self.numbers = cycle(mine["requests"]), count(1)
        self.insists = "journals" in plan
        self.journal = (Path(plan["journals"]) / f"{self.name}.jsonl").open("a") if self.insists else None
        self.socket: socket.socket | None = None
        self.open: tuple[str, int, bytes] | None = None  # the key, amount and bytes of the request under way
        self.not_before = self.sent = 0.0
        self.got = b""
        self.told: list[tuple] = []  # key, amount, status, seconds, number of the bid, when it was sent
        self.lost = 0

    def note(self, **line) -> None:
        """Put a line into the journal."""
        if self.journal:
            self.journal.write(json.dumps(line) + "\n")
            self.journal.flush()

    def begin(self, poll: selectors.BaseSelector) -> None:
        """Send the next request, or the last one again."""
        if self.open is None:
            key, amount = f"{self.name}-{next(self.numbers):08d}", next(self.amounts)
            filled = next(self.requests).replace("@YUAN@", f"{amount // 100}.{amount % 100:02d}").replace("@KEY@", key)
            self.open = key, amount, filled.encode()
            self.note(intent=key, amount=amount)
        self.sent, self.got = time.perf_counter(), b""
        try:
            if self.socket is None:
                self.socket = socket.create_connection(("127.0.0.1", self.port), timeout=PATIENCE)
                self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                poll.register(self.socket, selectors.EVENT_READ, self)
            self.socket.sendall(self.open[2])
        except OSError:
            self.failed(poll)

    def read(self, poll: selectors.BaseSelector) -> bool:
        """Take what arrived; whether the answer is whole."""
        try:
            part = self.socket.recv(FULL)
        except OSError:
            part = b""
        self.got += part
        head, _between, body = self.got.partition(b"\r\n\r\n")
        fields = head.lower()
        length = fields.partition(b"content-length: ")[2].partition(b"\r\n")[0]
        whole = len(body) >= int(length) if length else not part and bool(body)
        if not whole:
            if not part:
                self.failed(poll)
            return False
        if b"connection: close" in fields or not length:
            self.hang_up(poll)
        self.answered(int(head[9:12]), head, body)
        return True

    def answered(self, status: int, head: bytes, body: bytes) -> None:
        """Note the answer; one that says "later" is no answer where this client insists."""
        key, amount, _bytes = self.open
        seconds = time.perf_counter() - self.sent
        number = number_of(status, head, body)
        self.told.append((key, amount, status, seconds, number, self.sent))
        if self.insists and status >= 500:
            self.not_before = time.perf_counter() + AGAIN
            return
        self.note(answer=key, status=status, number=number)
        self.open = None

    def failed(self, poll: selectors.BaseSelector) -> None:
        """No answer: try it again a little later (only a client with a journal sends the same once more)."""
        self.hang_up(poll)
        self.lost += 1
        self.not_before = time.perf_counter() + AGAIN
        if not self.insists:
            self.open = None

    def hang_up(self, poll: selectors.BaseSelector) -> None:
        """End the connection."""
        if self.socket is not None:
            with contextlib.suppress(KeyError, ValueError):
                poll.unregister(self.socket)
            self.socket.close()
            self.socket = None

    @property
    def waits(self) -> bool:
        """Whether a request of this client is under way on a connection."""
        return self.socket is not None and self.open is not None and self.not_before == 0.0


def number_of(status: int, head: bytes, body: bytes) -> int | None:
    """The number of the bid: where the page leads to, or in the API's answer; in a room, of the latest."""
    if status == 302:
        return int(head.partition(b"?bid=")[2].partition(b"\r\n")[0] or 0) or None
    if status == 200 and (placed := body.partition(b"?bid=")[2]):
        return int(placed.partition(b'"')[0])
    if status == 200:
        return int(body.partition(b'data-seq="')[2].partition(b'"')[0] or 0)
    if status != 201:
        return None
    with contextlib.suppress(ValueError, KeyError, TypeError):
        return int(json.loads(body)["seq"])
    return None


def run(plan: dict) -> dict:
    """Let all clients work for so many seconds; what they were told."""
    poll = selectors.DefaultSelector()
    amounts = count(plan["first"])
    clients = [Client(plan, mine, amounts) for mine in plan["clients"]]
    pause = plan.get("pause", 0.0)
    begun = time.perf_counter()
    until = begun + plan["seconds"]
    for n, client in enumerate(clients):
        client.not_before = begun + pause * n / len(clients) + 1e-9
    while (now := time.perf_counter()) < until or (now < until + AFTERWARDS and unanswered(clients)):
        for client in clients:
            if client.not_before and client.not_before <= now and (now < until or client.open):
                client.not_before = 0.0
                client.begin(poll)
            elif client.waits and now - client.sent > PATIENCE:
                client.failed(poll)
        for ready, _events in poll.select(0.005):
            client = ready.data
            if client.read(poll) and client.open is None:
                client.not_before = time.perf_counter() + pause if pause else 0.0
                if not pause and time.perf_counter() < until:
                    client.begin(poll)
    spent = min(time.perf_counter() - begun, plan["seconds"]) if not plan.get("journals") else plan["seconds"]
    for client in clients:
        client.hang_up(poll)
    return {
        "seconds": spent,
        "next": next(amounts),
        "lost": sum(client.lost for client in clients),
        "told": [row for client in clients for row in client.told],
        "unanswered": sum(client.open is not None for client in clients),
    }


def unanswered(clients: list[Client]) -> bool:
    """Whether somebody still waits for the answer to the last request."""
    return any(client.open is not None for client in clients)


if __name__ == "__main__":
    json.dump(run(json.load(sys.stdin)), sys.stdout)
