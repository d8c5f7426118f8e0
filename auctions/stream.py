"""The live stream of a lot: server-sent events from one small ASGI application beside Django's.

One Redis subscription and one reader of the database a process serve all its watchers. A message on Redis only says
which lot changed; what is told is read from PostgreSQL, at once after a message and once a second in any case. So a
lost message, or a Redis that is away, costs at most a second. Public facts only: nobody has to sign in.
"""

import asyncio
import re
from collections.abc import Awaitable, Callable
from typing import Any

from auctions.streaming import Hub, Watched

PATH = re.compile(r"/auctions/lots/([A-Za-z0-9-]{1,40})/stream/")
COMMENT = b": still here\n\n"
HEADERS = [
    (b"content-type", b"text/event-stream; charset=utf-8"),
    (b"cache-control", b"no-store"),
    (b"x-accel-buffering", b"no"),
    (b"x-content-type-options", b"nosniff"),
]
Receive = Callable[[], Awaitable[dict[str, Any]]]
Send = Callable[[dict[str, Any]], Awaitable[None]]


def path_of(number: str) -> str:
    """The address of a lot's stream."""
    return f"/auctions/lots/{number}/stream/"


class Streams:
    """Answers the addresses of streams and leaves all others to the application behind it."""

    def __init__(self, behind: Callable[..., Awaitable[None]]):
        self.behind, self.hub = behind, Hub()

    async def __call__(self, scope: dict[str, Any], receive: Receive, send: Send) -> None:
        found = PATH.fullmatch(scope["path"]) if scope["type"] == "http" else None
        if found is None or scope["method"] != "GET":
            await self.behind(scope, receive, send)
            return
        watched = await self.hub.watch(found[1])
        if watched is None:
            await self.behind(scope, receive, send)  # Django has no such address: its own 404
            return
        try:
            await _stream(watched, receive, send)
        finally:
            self.hub.leave(watched)


async def _stream(watched: Watched, receive: Receive, send: Send) -> None:
    """The present state at once, then every change, until the watcher leaves or the server stops."""
    gone = asyncio.ensure_future(_gone(receive))
    gone.add_done_callback(lambda _left: watched.wake(gone))
    try:
        await send({"type": "http.response.start", "status": 200, "headers": HEADERS})
        sent = None
        while not gone.done():
            body, sent = (COMMENT if watched.frame is sent else watched.frame), watched.frame
            await send({"type": "http.response.body", "body": body, "more_body": True})
            if watched.frame is sent:
                await watched.news(gone)
    except OSError:  # the watcher went while we wrote
        return
    finally:
        gone.cancel()


async def _gone(receive: Receive) -> None:
    """Returns when the watcher has left."""
    while (await receive())["type"] != "http.disconnect":
        pass
