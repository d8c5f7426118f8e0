"""Many bid on one lot at the same moment. The lock keeps sequence and price; the twin without it loses both."""

import itertools
from contextlib import closing as closed

import psycopg2
import pytest

from auctions.models import Bid, Floor, Result
from auctions.services import closing
from auctions.services.bids import BidRefused, place_bid
from foundation.audit import invariants, verifying
from foundation.core import clock, locking
from foundation.core.money import Money
from tests.concurrency.racing import at_once
from tests.factories import auction_floor as make

pytestmark = pytest.mark.django_db(transaction=True)
BIDDERS, ROUNDS = 8, 12
OURS = {"I5", "I6", "I7", "I8", "I9"}


@pytest.fixture
def lot():
    made = make.live_lot()
    return make.change(made.floor, increment_fen=1, on_grid=False, max_steps=None, own_raise=True).lot


def bidding_on(lot, who, rounds=ROUNDS):
    """One bidder: looks at the price and bids a little more, again and again."""
    registration, member = who

    def bid():
        told = []
        for n in range(rounds):
            price = Floor.objects.get(pk=lot.pk).price_fen or lot.start_fen
            try:
                placed = place_bid(
                    registration=registration, amount=Money(price + 1 + n % 3), key=f"k{n}", actor=member
                )
                told.append((placed.seq, placed.amount.fen, placed.hash))
            except BidRefused:
                pass
        return told

    return bid


def race(lot):
    told = at_once([bidding_on(lot, make.admitted(lot)) for _n in range(BIDDERS)])
    assert [one for one in told if isinstance(one, Exception)] == []
    rows = list(Bid.objects.filter(lot=lot).order_by("pk").values_list("seq", "amount_fen", "hash"))
    return rows, sorted(receipt for one in told for receipt in one)


def test_bids_at_the_same_moment_keep_sequence_price_and_receipts(lot):
    rows, receipts = race(lot)
    assert [seq for seq, _amount, _hash in rows] == list(range(1, len(rows) + 1))
    assert [amount for _seq, amount, _hash in rows] == sorted({amount for _seq, amount, _hash in rows})
    assert receipts == rows and len(rows) > BIDDERS
    assert invariants.check(OURS) == [] and verifying.first_broken_event() is None


def test_twin_without_the_lock_loses_sequence_numbers_and_lets_the_price_fall(lot, owner_url):
    with closed(psycopg2.connect(owner_url)) as own, own, own.cursor() as cursor:
        cursor.execute("ALTER TABLE auctions_bid DROP CONSTRAINT auctions_bid_seq_once")
    with locking.without_locks():
        rows, _receipts = race(lot)
    numbers, amounts = [row[0] for row in rows], [row[1] for row in rows]
    assert len(set(numbers)) < len(numbers)
    assert any(later <= earlier for earlier, later in itertools.pairwise(amounts))
    assert {finding.invariant.id for finding in invariants.check(OURS)} >= {"I5", "I6"}


def test_the_same_bid_sent_ten_times_at_once_counts_once(lot):
    registration, member = make.admitted(lot)

    def send():
        placed = place_bid(registration=registration, amount=Money(lot.start_fen), key="same", actor=member)
        return placed.seq, placed.hash, placed.received_at

    assert len(set(at_once([send] * 10))) == 1
    assert Bid.objects.count() == 1


def test_three_closers_at_once_make_one_result(lot):
    registration, member = make.admitted(lot)
    place_bid(registration=registration, amount=Money(lot.start_fen), key="k", actor=member)
    make.change(lot.floor, opens_at=clock.database_now() - 2 * make.DAY, ends_at=clock.database_now())

    def close():
        return closing.close_lot(lot=lot).pk

    assert len(set(at_once([close] * 3))) == 1
    assert Result.objects.count() == 1
