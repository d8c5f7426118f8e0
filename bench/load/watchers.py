"""Watchers of a lot's stream, many in one small process: `python -m bench.load.watchers PORT PATH COUNT SECONDS < ...`.

Connects, says "ready" and the memory is counted; then notes for every bid (the event's id) when each watcher had it.
At the end prints, as JSON, for each id how many watchers had it and when the first and the last did (seconds of the
machine's steady clock, the same for all processes of a machine). Standard library only.
"""

import json
import re
import selectors
import socket
import sys
import time

ID = re.compile(rb"^id: (\d+)$", re.MULTILINE)
FULL = 65_536


def connected(port: int, path: str, count: int) -> list[socket.socket]:
    """So many connections that have asked for the stream."""
    asked = f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept: text/event-stream\r\n\r\n".encode()
    made = []
    for _n in range(count):
        one = socket.create_connection(("127.0.0.1", port), timeout=60)
        one.sendall(asked)
        made.append(one)
    return made


def watch(sockets: list[socket.socket], seconds: float) -> dict[int, list[float]]:
    """[how many, first, last] for each id."""
    poll, seen = selectors.DefaultSelector(), {}
    for one in sockets:
        one.setblocking(False)
        poll.register(one, selectors.EVENT_READ)
    until = time.monotonic() + seconds
    while (left := until - time.monotonic()) > 0:
        for key, _events in poll.select(min(left, 0.5)):
            got = key.fileobj.recv(FULL)
            now = time.monotonic()
            if not got:
                poll.unregister(key.fileobj)
            for found in ID.findall(got):
                row = seen.setdefault(int(found), [0, now, now])
                row[0], row[2] = row[0] + 1, now
    return seen


def main() -> None:
    """Connect, tell that we are ready, watch."""
    port, path, count, seconds = int(sys.argv[1]), sys.argv[2], int(sys.argv[3]), float(sys.argv[4])
    sockets = connected(port, path, count)
    for one in sockets:
        one.recv(FULL)  # the present state: the watcher is known now
    print("ready", flush=True)
    sys.stdin.readline()
    json.dump(watch(sockets, seconds), sys.stdout)


if __name__ == "__main__":
    main()
