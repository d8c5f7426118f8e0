"""Each promise about bids and results finds the row that breaks it, written past triggers and services."""

from contextlib import closing as closed

import psycopg2
import pytest

from auctions import clock_lots
from foundation.audit import invariants
from foundation.core import clock
from tests.auctions.test_bidding_on_a_lot import bid
from tests.factories import auction_floor as make

pytestmark = pytest.mark.django_db(transaction=True)
BREAKS = [
    ("I5", "auctions_floor", "UPDATE auctions_floor SET seq = 3"),
    ("I5", "audit_event", "DELETE FROM audit_delivery; DELETE FROM audit_eventposition; "
     "DELETE FROM audit_event WHERE name = 'auctions.bid.placed' AND data -> 'facts' ->> 'seq' = '1'"),
    ("I6", "auctions_bid", "UPDATE auctions_bid SET amount_fen = 10000000 WHERE seq = 2"),
    ("I6", "auctions_bid", "UPDATE auctions_bid SET seq = 4 WHERE seq = 2"),
    ("I7", "auctions_bid", "UPDATE auctions_bid SET received_at = received_at - interval '1 hour' WHERE seq = 1"),
    ("I7", "auctions_lot", "UPDATE auctions_lot SET seller_id = "
     "(SELECT min(organization_id) FROM auctions_registration)"),
    ("I8", "auctions_bid", "UPDATE auctions_bid SET ends_at = ends_at + interval '1 minute' WHERE seq = 1"),
    ("I8", "auctions_floor", "UPDATE auctions_floor SET extensions = 1"),
    ("I9", "auctions_result", "UPDATE auctions_result SET winning_bid_id = "
     "(SELECT id FROM auctions_bid WHERE seq = 1)"),
    ("I9", "auctions_result", "DELETE FROM auctions_result"),
]  # fmt: skip


def broken(cursor, id):
    """Whether a promise of that id finds rows, seen from inside this transaction."""
    found = False
    for promise in invariants.everything():
        if promise.id == id:
            cursor.execute(promise.sql)
            found = found or bool(cursor.fetchall())
    return found


def test_each_promise_finds_the_row_that_breaks_it(owner_url):
    lot = make.live_lot()
    bid(make.admitted(lot), 100_000)
    bid(make.admitted(lot), 105_000)
    with clock.at(lot.floor.ends_at):
        clock_lots.look()
    unfound = []
    with closed(psycopg2.connect(owner_url)) as own, own.cursor() as cursor:
        for id, table, statement in BREAKS:
            if broken(cursor, id):
                unfound.append(f"{id} was broken before {statement}")
            for disabled in {table, "audit_event", "audit_eventposition", "audit_delivery"}:
                cursor.execute(f"ALTER TABLE {disabled} DISABLE TRIGGER USER")
            cursor.execute(statement)
            if not broken(cursor, id):
                unfound.append(f"{id} did not find {statement}")
            own.rollback()
    assert unfound == []
