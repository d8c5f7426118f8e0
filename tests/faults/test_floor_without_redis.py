"""Redis is stopped while people bid and a lot ends (F4): no bid fails, and deposits go back soon after its return."""

import threading
import time

import pytest
import requests
from django.conf import settings
from django.db import connection

from auctions.models import Floor
from bench.load import cast, layout
from foundation.core.clock import database_now
from local.servers import Addresses
from tests.faults import floor_load as load
from tests.faults.figures import ALL, tell
from tests.faults.test_lots_end import check_once, contested, settled
from tests.faults.test_queue_away import own_redis
from tests.harness import eventually

__all__ = ["own_redis"]
pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
AWAY, LEAST = (60.0, 200) if ALL else (3.0, 5)
BACK = 60  # seconds until a lot that ended meanwhile is decided and its deposits are back


def keep_alive(site: layout.Layout, over: threading.Event) -> None:
    """What every installation has: somebody who starts again what has ended."""
    while not over.wait(0.5):
        for child in site.children.values():
            child.restart_if_dead()


def test_without_redis_no_bid_fails_and_lots_end_when_it_is_back(own_redis, tmp_path):
    lots, bidders = cast.stage(1, 4)
    ending, _parties = contested()
    addresses = Addresses(settings.SERVERS.app, settings.SERVERS.owner, own_redis.url)
    over = threading.Event()
    with layout.production(addresses, connection.settings_dict["NAME"], "pages", "jobs", "beat") as site:
        keeper = threading.Thread(target=keep_alive, args=[site, over])
        keeper.start()
        try:
            own_redis.stop()
            with load.bidding(site.pages, bidders, tmp_path / "journals", 8, seconds=AWAY) as clients:
                Floor.objects.filter(pk=ending.pk).update(ends_at=database_now())
                room = f"http://127.0.0.1:{site.pages}/auctions/lots/{lots[0].number}/room/"
                assert requests.get(room, timeout=30).status_code == 200
                ended = load.told(clients)
            assert not own_redis.answers() and not settled(ending)
            own_redis.start()
            begun = time.monotonic()
            eventually(lambda: settled(ending), seconds=BACK, what="the lot is decided, the deposits are back")
            tell("Redis away: decided and given back after its return", time.monotonic() - begun)
        finally:
            over.set()
            keeper.join()
    statuses = load.compare(tmp_path / "journals", lots, least=LEAST)
    assert (ended["lost"], ended["unanswered"], set(statuses) - {201, 409, "bids"}) == (0, 0, set())
    check_once(ending)
