"""How the bidding on a lot ends: by the stored bids and times, once, however late the clock looks."""

from datetime import time, timedelta

import pytest

from auctions import clock_lots
from auctions.models import BidAttempt, Floor, Lot, Registration, Result
from auctions.services import closing, opening, pausing
from foundation.audit import invariants, verifying
from foundation.core import clock, handlers
from foundation.core.money import Money
from tests.auctions.test_bidding_on_a_lot import bid, refusal
from tests.factories import accounts
from tests.factories import auction_floor as make

pytestmark = pytest.mark.django_db
MS = timedelta(milliseconds=1)
SECOND = timedelta(seconds=1)
OURS = {"I5", "I6", "I7", "I8", "I9"}


@pytest.fixture(autouse=True)
def followers(monkeypatch):
    """Whoever goes on after the end goes on; the calls are kept."""
    calls = []

    def keep(key, owner):
        def follow(**facts):
            calls.append((key, facts["result"].outcome))
            return owner(**facts)

        monkeypatch.setitem(handlers._owners, key, follow)

    for key in ("auctions.sold", "auctions.unsold"):
        keep(key, handlers._owners[key])
    return calls


def end(lot, late=SECOND):
    """The clock looks after the end."""
    with clock.at(Floor.objects.get(pk=lot.pk).ends_at + late):
        clock_lots.look()
    return Result.objects.get(lot=lot)


def states(lot):
    lot.refresh_from_db()
    return lot.state, list(Registration.objects.filter(lot=lot).order_by("pk").values_list("state", flat=True))


def test_the_highest_bid_wins_and_the_others_lose(followers):
    lot = make.live_lot()
    ada, bob, eve = (make.admitted(lot) for _n in range(3))
    bid(ada, 100_000)
    bid(bob, 105_000)
    result = end(lot)
    assert states(lot) == ("sold_provisional", ["lost", "won", "lost"])
    assert (result.outcome, result.price, result.bids, result.bidders) == ("sold", Money(105_000_00), 2, 2)
    assert followers == [("auctions.sold", "sold")]
    assert eve[0].pk and verifying.first_broken_event() is None
    assert invariants.check(OURS) == []


@pytest.mark.parametrize("late", [0 * MS, MS, timedelta(days=3)])
def test_a_late_clock_changes_nothing_of_the_result(late):
    lot = make.live_lot()
    bid(make.admitted(lot), 100_000)
    until = Floor.objects.get(pk=lot.pk).ends_at
    result = end(lot, late)
    assert (result.ended_at, result.outcome, Floor.objects.get(pk=lot.pk).closed_at) == (until, "sold", until)


def test_it_is_not_decided_before_its_end_and_only_once(followers):
    lot = make.live_lot()
    bid(make.admitted(lot), 100_000)
    with clock.at(lot.floor.ends_at - MS), pytest.raises(closing.NotEnded):
        closing.close_lot(lot=lot)
    first = end(lot)
    assert closing.close_lot(lot=lot) == first
    assert followers == [("auctions.sold", "sold")]


def test_without_a_bid_it_ends_unsold(followers):
    lot = make.live_lot()
    make.admitted(lot)
    assert end(lot).outcome == "no_bid"
    assert states(lot) == ("unsold", ["lost"])
    assert followers == [("auctions.unsold", "no_bid")]


@pytest.mark.parametrize(("yuan", "outcome"), [(105_000, "below_reserve"), (110_000, "sold")])
def test_below_the_secret_reserve_the_highest_bid_has_no_effect(yuan, outcome):
    lot = make.live_lot(reserve=Money(110_000_00))
    bid(make.admitted(lot), yuan)
    assert end(lot).outcome == outcome


def test_a_lot_whose_start_the_clock_missed_takes_bids_and_is_decided_all_the_same():
    at = make.session(starts_at=clock.database_now() + timedelta(days=1))
    lot = make.announced_lot(at)
    ada = make.admitted(lot)
    with clock.at(at.starts_at):
        assert bid(ada, 100_000).seq == 1
    assert end(lot).outcome == "sold"


def test_the_clock_opens_a_lot_at_its_time():
    at = make.session(starts_at=clock.database_now() + timedelta(hours=1))
    lot = make.announced_lot(at)
    assert not opening.go_live(lot=lot)
    with clock.at(at.starts_at):
        assert clock_lots.look() == 1
        assert clock_lots.look() == 0
    assert states(lot)[0] == "live"


def test_a_pause_keeps_what_was_left_to_the_millisecond():
    lot, officer = make.live_lot(), accounts.officer()
    ada, until = make.admitted(lot), Floor.objects.get(pk=lot.pk).ends_at
    with clock.at(until - 1234 * MS):
        pausing.pause(lot=lot, actor=officer, reason="系统故障")
    with clock.at(until + timedelta(hours=2)):
        assert refusal(ada, 100_000)[0] == "paused"
        assert clock_lots.look() == 0
        resumed = pausing.resume(lot=Lot.objects.get(pk=lot.pk), actor=officer)
    assert Floor.objects.get(pk=lot.pk).ends_at == until + timedelta(hours=2) + 1234 * MS
    with clock.at(until + timedelta(hours=2) + 1233 * MS):
        assert bid(ada, 100_000).extended
    assert resumed.state == "live" and end(lot).outcome == "sold"
    assert invariants.check(OURS) == []


def test_bidding_that_is_over_cannot_be_paused():
    lot = make.live_lot()
    with clock.at(lot.floor.ends_at), pytest.raises(pausing.BiddingOver):
        pausing.pause(lot=lot, actor=accounts.officer(), reason="x")


def test_a_lot_called_off_has_no_winner_and_takes_no_bid():
    lot, officer = make.live_lot(), accounts.officer()
    ada = make.admitted(lot)
    bid(ada, 100_000)
    pausing.pause(lot=lot, actor=officer, reason="x")
    pausing.call_off(lot=Lot.objects.get(pk=lot.pk), actor=officer, reason="权属争议")
    assert states(lot)[0] == "withdrawn"
    assert refusal(ada, 105_000)[0] == "not_live"
    with clock.at(lot.floor.ends_at + SECOND):
        assert clock_lots.look() == 0


def at_the_limit():
    """A lot that is extended past 22:00 of Shanghai, its bidder, and 22:00."""
    day = clock.local_date(clock.database_now()) + timedelta(days=1)
    limit = clock.start_of_local_day(day) + timedelta(hours=22)
    of = make.season(hard_limit=time(22), resume_at=time(10))
    lot = make.live_lot(make.session(of, lasts=limit - 2 * SECOND - clock.database_now()))
    ada = make.admitted(lot)
    with clock.at(limit - 60 * SECOND):
        bid(ada, 100_000)
    return lot, ada, limit


@pytest.mark.parametrize("late", [0 * SECOND, 600 * SECOND])
def test_at_the_hard_limit_it_pauses_until_the_morning_with_its_rest(late):
    lot, ada, limit = at_the_limit()
    morning = limit + timedelta(hours=12)
    with clock.at(limit + late):
        clock_lots.look()
    floor = Floor.objects.get(pk=lot.pk)
    assert (floor.paused_at, floor.remaining_ms, floor.resumes_at) == (limit, 240_000, morning)
    with clock.at(morning - MS):
        assert clock_lots.look() == 0
    with clock.at(morning + late):
        assert clock_lots.look() == 1
        assert refusal(ada, 105_000)[0] == "self_outbid"
    floor.refresh_from_db()
    assert floor.ends_at == morning + late + 240 * SECOND
    assert floor.hard_limit_at == limit + timedelta(days=1)
    assert end(lot).outcome == "sold"


def test_the_repeated_refusals_of_a_lot_do_not_move_its_result():
    lot = make.live_lot()
    ada, bob = make.admitted(lot), make.admitted(lot)
    bid(ada, 100_000)
    with clock.at(lot.floor.ends_at):
        assert refusal(bob, 105_000)[0] == "not_live"
    assert BidAttempt.objects.count() == 1
    assert end(lot).price == Money(100_000_00)
