"""Maximums bid against each other to the right price, inside the bid they answer, and are shown to nobody."""

from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from auctions import bidding, proxying
from auctions.models import Bid, Floor, Proxy
from auctions.services.bids import BidRefused
from auctions.services.proxies import cancel_proxy, place_proxy
from foundation.audit.models import Event
from foundation.core import clock
from foundation.core.money import Money
from tests.auctions.test_bidding_on_a_lot import bid
from tests.factories import auction_floor as make

db = pytest.mark.django_db


def leave(who, yuan, key="m"):
    registration, member = who
    return place_proxy(registration=registration, maximum=Money(yuan * 100), key=f"{key}{yuan}", actor=member)


def story(lot):
    """(paddle, yuan, by a maximum) of each bid."""
    rows = Bid.objects.filter(lot=lot).order_by("seq")
    return [(row.paddle, row.amount_fen // 100, row.by_proxy) for row in rows]


@pytest.fixture
def lot():
    return make.live_lot()


@db
def test_a_maximum_bids_the_start_price_and_answers_a_bid_by_one_increment(lot):
    ada, bob = make.admitted(lot, paddle="1001"), make.admitted(lot, paddle="2002")
    assert leave(ada, 130_000)
    placed = bid(bob, 110_000)
    assert (placed.seq, placed.leading) == (2, False)
    assert story(lot) == [("1001", 100_000, True), ("2002", 110_000, False), ("1001", 115_000, True)]
    assert len(set(Bid.objects.filter(seq__gte=2).values_list("received_at", flat=True))) == 1
    again = bid(bob, 110_000)
    assert again.repeated and not again.leading


@db
def test_two_maximums_end_one_increment_above_the_lower_one(lot):
    ada, bob = make.admitted(lot, paddle="1001"), make.admitted(lot, paddle="2002")
    leave(ada, 200_000)
    assert not leave(bob, 183_000)
    assert story(lot)[-2:] == [("2002", 180_000, True), ("1001", 185_000, True)]
    assert leave(bob, 300_000)
    assert story(lot)[-1] == ("2002", 205_000, True)
    assert Floor.objects.get(pk=lot.pk).price_fen == 20_500_000


@db
def test_the_maximum_stands_nowhere_in_the_open(lot):
    ada = make.admitted(lot)
    leave(ada, 123_456)
    kept = Proxy.objects.get()
    assert "123456" not in kept.maximum_sealed
    texts = [str(row) for row in Event.objects.values()] + [str(row) for row in Bid.objects.values()]
    assert not [text for text in texts if "12345600" in text or "123456" in text]


@db
def test_a_maximum_taken_back_bids_no_more_and_a_repeat_changes_nothing(lot):
    ada, bob = make.admitted(lot), make.admitted(lot)
    leave(ada, 130_000)
    assert cancel_proxy(registration=ada[0], actor=ada[1])
    assert not cancel_proxy(registration=ada[0], actor=ada[1])
    assert leave(ada, 130_000)  # the same key: the first answer, and no maximum again
    assert bid(bob, 105_000).leading


@db
def test_a_maximum_below_the_lowest_bid_or_out_of_time_is_refused(lot):
    ada, bob = make.admitted(lot), make.admitted(lot)
    bid(ada, 100_000)
    with pytest.raises(BidRefused) as error:
        leave(bob, 104_000)
    assert (error.value.code, error.value.minimum) == ("below_min", Money(105_000_00))
    with clock.at(lot.floor.ends_at + timedelta(seconds=1)), pytest.raises(BidRefused) as error:
        leave(bob, 200_000)
    assert error.value.code == "not_live"


@given(
    tops=st.lists(st.integers(100, 160), min_size=2, max_size=4),
    ranks=st.lists(st.sampled_from([0, 0, 1, 2]), min_size=4, max_size=4),
    steps=st.sampled_from([None, 1, 5]),
)
@settings(max_examples=300, deadline=None)
def test_the_strongest_maximum_wins_at_most_one_increment_above_the_second(tops, ranks, steps):
    moment = clock.machine_now()
    rules = bidding.Rules(start=100, increment=5, max_steps=steps)
    state = bidding.State(opens_at=moment, ends_at=moment + timedelta(days=1))
    standing = [proxying.Maximum(n, proxying.reach(rules, top), ranks[n], n) for n, top in enumerate(tops)]
    for _turn in range(200):
        offer = proxying.next_offer(rules, state, standing)
        if offer is None:
            break
        state = bidding.accept(rules, state, offer, moment)
        assert offer.amount <= standing[offer.bidder].amount
    best, second = sorted(standing, key=lambda m: m.weakness)[:2]
    assert min(best.amount, second.amount) <= state.price <= min(best.amount, second.amount + 5)
    if best.amount > second.amount:
        assert state.leader == best.bidder
