"""The live stream: what it tells, to whom, and that it needs no message to be right."""

import asyncio
import json
from datetime import timedelta

import pytest
from django.db import connections

from auctions import live
from auctions.services import bids
from auctions.stream import Streams, path_of
from foundation.audit import instant
from tests.factories import accounts
from tests.factories.bidders import START, admitted, open_lot

pytestmark = pytest.mark.django_db(transaction=True)
PATIENCE = 10


class Watcher:
    """One connection to the stream, as a server would hold it."""

    def __init__(self, streams, number):
        self.sent, self.leave = asyncio.Queue(), asyncio.Event()
        scope = {"type": "http", "method": "GET", "path": path_of(number)}
        self.task = asyncio.ensure_future(streams(scope, self.receive, self.sent.put))

    async def receive(self):
        await self.leave.wait()
        return {"type": "http.disconnect"}

    async def state(self):
        """The next state that is told."""
        while True:
            message = await asyncio.wait_for(self.sent.get(), PATIENCE)
            body = message.get("body", b"").decode()
            if "data: " in body:
                return json.loads(body.partition("data: ")[2])

    async def close(self):
        self.leave.set()
        await asyncio.wait_for(self.task, PATIENCE)


async def behind(_scope, _receive, send):
    """Stands for Django: everything is unknown."""
    await send({"type": "http.response.start", "status": 404, "headers": []})


def place(registration, member):
    try:
        return bids.place_bid(registration=registration, amount=START, key="k", actor=member)
    finally:
        connections.close_all()


@pytest.mark.parametrize("redis_is", ["there", "away"])
def test_every_watcher_is_told_of_a_bid_with_and_without_redis(monkeypatch, redis_is):
    lot = open_lot(starts_in=timedelta(seconds=-5))
    member = accounts.member("bidder")
    registration = admitted(lot, member)
    if redis_is == "away":
        monkeypatch.setattr(live, "channel", lambda: "nobody-publishes-here")
        monkeypatch.setattr(instant, "publish", lambda *_message: None)

    async def watch():
        streams = Streams(behind)
        watchers = [Watcher(streams, lot.number) for _one in range(3)]
        first = [await watcher.state() for watcher in watchers]
        await asyncio.to_thread(place, registration, member)
        after = [await watcher.state() for watcher in watchers]
        for watcher in watchers:
            await watcher.close()
        assert streams.hub.lots == {}
        streams.hub._reader.shutdown()
        return first, after

    first, after = asyncio.run(watch())
    assert {state["seq"] for state in first} == {0}
    assert {(state["seq"], state["price"], state["paddle"]) for state in after} == {(1, START.fen, registration.paddle)}
    assert set(after[0]) == {
        "seq", "price", "paddle", "opens_at", "ends_at", "extensions", "paused", "closed", "now",
    }  # fmt: skip


def test_there_is_no_stream_of_a_lot_that_is_not_public():
    lot = open_lot()
    type(lot).objects.filter(pk=lot.pk).update(is_practice=True)

    async def ask(number):
        streams, sent = Streams(behind), []

        async def send(message):
            sent.append(message)

        scope = {"type": "http", "method": "GET", "path": path_of(number)}
        await streams(scope, None, send)
        streams.hub._reader.submit(connections.close_all)
        streams.hub._reader.shutdown()
        return sent[0]["status"]

    assert [asyncio.run(ask(number)) for number in (lot.number, "JSPA-NONE")] == [404, 404]
