"""The hub of a process: which lots are watched, and the one loop that reads them."""

import asyncio
import contextlib
import logging
import time
from collections.abc import Hashable
from concurrent.futures import ThreadPoolExecutor

import redis.asyncio as redis
from django.conf import settings
from django.db import DatabaseError, InterfaceError, close_old_connections, connections

from auctions import live
from auctions.queries import floors

EVERY = 1.0  # seconds between two looks whatever Redis says
TOGETHER = 0.005  # seconds in which further messages join the same look
APART = 0.1  # seconds between two looks at least: nobody reads faster, and each one is written to every watcher
PULSE = 15  # seconds until a comment keeps the connections open
AGAIN = 2.0  # seconds until Redis is asked again after it was away
RETRY = 1000  # milliseconds a browser waits before it connects again
log = logging.getLogger(__name__)


class Watched:
    """One lot and its watchers in this process. ``frame`` is what they all are sent, encoded once."""

    def __init__(self, lot_id: int):
        self.lot_id, self.watchers, self.facts = lot_id, 0, None
        self.frame = f"retry: {RETRY}\n\n".encode()
        self._waiting: dict[Hashable, asyncio.Future] = {}

    def news(self, watcher: Hashable) -> asyncio.Future:
        """Done when there is another frame, or when it is time to show that the connection lives."""
        waits = self._waiting[watcher] = asyncio.get_running_loop().create_future()
        return waits

    def wake(self, watcher: Hashable) -> None:
        """Let one watcher look again."""
        waits = self._waiting.pop(watcher, None)
        if waits is not None and not waits.done():
            waits.set_result(None)

    def wake_all(self) -> None:
        """Let all watchers look."""
        for watcher in list(self._waiting):
            self.wake(watcher)

    def tell(self, state: dict) -> None:
        """Pass a state on, unless nothing in it but the clock has changed."""
        facts = {name: value for name, value in state.items() if name != "now"}
        if facts == self.facts:
            return
        self.facts = facts
        self.frame = f"retry: {RETRY}\nid: {state['seq']}\nevent: lot\ndata: {floors.as_text(state)}\n\n".encode()
        self.wake_all()


class Hub:
    """Reads the watched lots in one thread of its own; idle while nobody watches."""

    def __init__(self):
        self.lots: dict[int, Watched] = {}
        self._tasks: list[asyncio.Task] = []
        self._changed = asyncio.Event()
        self._reader = ThreadPoolExecutor(1, thread_name_prefix="live-reader")

    async def watch(self, number: str) -> Watched | None:
        """One more watcher of a lot, with its present state in the frame; None where there is no such lot."""
        lot_id = await self._read(floors.public_lot_id, number)
        if lot_id is None:
            return None
        watched = self.lots.setdefault(lot_id, Watched(lot_id))
        watched.watchers += 1
        if watched.facts is None:
            await self._look({lot_id})
        self._start()
        return watched

    def leave(self, watched: Watched) -> None:
        """One watcher less; the last one ends the reading."""
        watched.watchers -= 1
        if not watched.watchers:
            self.lots.pop(watched.lot_id, None)
        if not self.lots:
            self._stop()

    def _start(self) -> None:
        if not self._tasks:
            self._tasks = [asyncio.ensure_future(self._keep_looking()), asyncio.ensure_future(self._listen())]

    def _stop(self) -> None:
        for task in self._tasks:
            task.cancel()
        self._tasks = []
        self._reader.submit(connections.close_all)

    async def _keep_looking(self) -> None:
        """After a message, and once a second; a database that is away is asked again a second later."""
        pulse = looked = time.monotonic()
        while True:
            if time.monotonic() - pulse > PULSE:
                pulse = time.monotonic()
                for watched in list(self.lots.values()):
                    watched.wake_all()
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._changed.wait(), EVERY)
                await asyncio.sleep(max(TOGETHER, looked + APART - time.monotonic()))
            self._changed.clear()
            looked = time.monotonic()
            try:
                await self._look(set(self.lots))
            except (DatabaseError, InterfaceError) as error:
                log.warning("the live stream cannot read: %s", error)
                await asyncio.sleep(EVERY)

    async def _listen(self) -> None:
        """Messages only wake the reader; without Redis it looks once a second."""
        while True:
            client = redis.from_url(settings.REDIS_URL)
            try:
                async with client.pubsub(ignore_subscribe_messages=True) as messages:
                    await messages.subscribe(live.channel())
                    async for message in messages.listen():
                        if _lot_of(message) in self.lots:
                            self._changed.set()
            except (redis.RedisError, OSError) as error:
                log.warning("the live stream does without Redis: %s", error)
                await asyncio.sleep(AGAIN)
            finally:
                with contextlib.suppress(redis.RedisError, OSError):
                    await client.aclose()

    async def _look(self, lot_ids: set[int]) -> None:
        for lot_id, state in (await self._read(floors.states_of, lot_ids)).items():
            if lot_id in self.lots:
                self.lots[lot_id].tell(state)

    async def _read(self, query, argument):
        return await asyncio.get_running_loop().run_in_executor(self._reader, _fresh, query, argument)


def _fresh(query, argument):
    """Run in the reader's thread, on a connection that is not too old."""
    close_old_connections()
    return query(argument)


def _lot_of(message: dict) -> int | None:
    data = message["data"]
    return int(data) if isinstance(data, bytes) and data.isdigit() else None
