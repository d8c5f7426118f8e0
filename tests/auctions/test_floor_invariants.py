"""Each promise about bids, results and lots finds the row that breaks it, written past triggers and services."""

from contextlib import closing as closed

import psycopg2
import pytest

from auctions.models import LotPatent
from auctions.services import burdens, closing
from foundation.audit import invariants
from foundation.core import clock
from foundation.core.actors import SYSTEM
from tests.auctions.test_bidding_on_a_lot import bid
from tests.factories import auction_floor as make
from tests.factories.patents import make_patent

pytestmark = pytest.mark.django_db(transaction=True)
IDS = ("I5", "I6", "I7", "I8", "I9")
BREAKS = [  # promise, table whose triggers are off, what is written
    ("The floor of every lot counts exactly its bids.", "auctions_floor",
     "UPDATE auctions_floor SET seq = 3 WHERE seq = 2"),
    ("Every bid has exactly one event.", "audit_event",
     "DELETE FROM audit_delivery; DELETE FROM audit_eventposition; "
     "DELETE FROM audit_event WHERE name = 'auctions.bid.placed' AND data -> 'facts' ->> 'seq' = '1'"),
    ("Bids rise by the increment, without a gap and in one chain.", "auctions_bid",
     "UPDATE auctions_bid SET amount_fen = 10000000 WHERE seq = 2"),
    ("Bids rise by the increment, without a gap and in one chain.", "auctions_bid",
     "UPDATE auctions_bid SET seq = 4 WHERE seq = 2"),
    ("No bid was taken before the opening or after the end.", "auctions_bid",
     "UPDATE auctions_bid SET received_at = received_at - interval '1 hour' WHERE seq = 1"),
    ("Who bid was admitted with a deposit and is not the seller.", "auctions_lot",
     "UPDATE auctions_lot SET seller_id = (SELECT min(organization_id) FROM auctions_registration)"),
    ("Who bid was admitted with a deposit and is not the seller.", "settlement_hold", "DELETE FROM settlement_hold"),
    ("Only a bid in the last minutes moved the end, to just as long after itself.", "auctions_bid",
     "UPDATE auctions_bid SET ends_at = ends_at + interval '1 minute' WHERE seq = 1"),
    ("The floor counts the extensions.", "auctions_floor", "UPDATE auctions_floor SET extensions = 1"),
    ("The highest bid wins.", "auctions_result",
     "UPDATE auctions_result SET winning_bid_id = (SELECT id FROM auctions_bid WHERE seq = 1)"),
    ("A lot has one winner.", "auctions_registration", "UPDATE auctions_registration SET state = 'won'"),
    ("A lot has one winner.", "auctions_registration", "UPDATE auctions_registration SET state = 'lost'"),
    ("Every lot that has ended was decided.", "auctions_result", "DELETE FROM auctions_result"),
    ("Deposits of losers go back within 24 hours.", "auctions_registration",
     "UPDATE auctions_registration SET ended_at = clock_timestamp() - interval '25 hours' WHERE state = 'lost'"),
    ("A lot that is knocked down or sold has its one sale.", "auctions_sale", "DELETE FROM auctions_sale"),
    ("A running sale belongs to a lot that is knocked down.", "auctions_lot",
     "UPDATE auctions_lot SET state = 'unsold' WHERE state = 'sold_provisional'"),
    ("The hammer price is the winning bid.", "auctions_sale", "UPDATE auctions_sale SET price_fen = price_fen + 1"),
    ("Two lots of a season never share a number.", "auctions_lot",
     "UPDATE auctions_lot SET number = (SELECT left(number, -1) || 'Y' FROM auctions_lot "
     "WHERE state = 'sold_provisional') WHERE state = 'live'"),
    ("A lot under way lies on all its patents.", "patents_encumbrance",
     "UPDATE patents_encumbrance SET until_at = now()"),
    ("An announced lot has a floor.", "auctions_floor", "DELETE FROM auctions_floor WHERE seq = 0"),
]  # fmt: skip


def found(cursor, sentence):
    """Whether a promise finds rows, seen from inside this transaction."""
    [promise] = [one for one in invariants.everything() if one.id in IDS and str(one.sentence) == sentence]
    cursor.execute(promise.sql)
    return bool(cursor.fetchall())


def test_every_promise_from_i5_to_i9_has_a_row_that_breaks_it():
    assert {str(one.sentence) for one in invariants.everything() if one.id in IDS} == {one for one, _t, _s in BREAKS}


def test_each_promise_finds_the_row_that_breaks_it(owner_url):
    session = make.session()
    lot, running = make.live_lot(session, deposit=None), make.live_lot(session)
    LotPatent.objects.create(lot=running, patent=make_patent(running.seller))
    burdens.place(running, actor=SYSTEM)
    bid(make.admitted(lot, secured=True), 100_000)
    bid(make.admitted(lot, secured=True), 105_000)
    with clock.at(lot.floor.ends_at):
        closing.close_lot(lot=lot)
    unfound = []
    with closed(psycopg2.connect(owner_url)) as own, own.cursor() as cursor:
        for sentence, table, statement in BREAKS:
            if found(cursor, sentence):
                unfound.append(f"{sentence} was broken before {statement}")
            for disabled in {table, "audit_event", "audit_eventposition", "audit_delivery"}:
                cursor.execute(f"ALTER TABLE {disabled} DISABLE TRIGGER USER")
            cursor.execute(statement)
            if not found(cursor, sentence):
                unfound.append(f"{sentence} did not find {statement}")
            own.rollback()
    assert unfound == []
