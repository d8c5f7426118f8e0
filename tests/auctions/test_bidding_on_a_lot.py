"""A bid goes through one door: what it leaves behind, what is refused, what a repeat gets."""

from datetime import timedelta

import pytest

from auctions import chain
from auctions.models import Bid, BidAttempt, Floor
from auctions.notices_bidders import QUIET
from auctions.queries import bids as queries
from auctions.services.bids import BidRefused, place_bid
from foundation.audit import verifying
from foundation.audit.models import Delivery, Event
from foundation.audit.subscriptions import subscribers_of
from foundation.core import clock
from foundation.core.errors import NotAllowed
from foundation.core.money import Money
from tests.factories import accounts
from tests.factories import auction_floor as make

pytestmark = pytest.mark.django_db
MS = timedelta(milliseconds=1)


def bid(who, yuan, key=None, **more):
    registration, member = who
    return place_bid(registration=registration, amount=Money(yuan * 100), key=key or f"k{yuan}", actor=member, **more)


def refusal(who, yuan, **more):
    with pytest.raises(BidRefused) as error:
        bid(who, yuan, **more)
    return error.value.code, error.value.minimum and error.value.minimum.fen // 100


@pytest.fixture
def lot():
    return make.live_lot()


@pytest.fixture
def ada(lot):
    return make.admitted(lot, paddle="1001")


@pytest.fixture
def bob(lot):
    return make.admitted(lot, paddle="2002")


def test_an_accepted_bid_leaves_receipt_floor_chain_and_event(lot, ada, bob):
    first, second = bid(ada, 100_000), bid(bob, 105_000)
    rows = list(Bid.objects.filter(lot=lot).order_by("seq"))
    assert [(row.seq, row.paddle, row.amount_fen) for row in rows] == [(1, "1001", 10_000_000), (2, "2002", 10_500_000)]
    assert [row.hash for row in rows] == [first.hash, second.hash]
    head = ""
    for row in rows:
        head = chain.bid_hash(head, lot.number, row.seq, row.paddle, row.amount_fen, row.rank, row.received_at)
        assert row.hash == head
    floor = Floor.objects.get(pk=lot.pk)
    assert (floor.seq, floor.price_fen, floor.leader_id, floor.head_hash) == (2, 10_500_000, bob[0].pk, head)
    assert (second.leading, second.extended, second.ends_at) == (True, False, floor.ends_at)


def test_the_event_of_a_bid_is_public_names_nobody_and_stands_in_the_chain(lot, ada):
    bid(ada, 100_000)
    event = Event.objects.get(name="auctions.bid.placed")
    assert (event.actor_user_id, event.actor_organization_id, event.party_ids) == (None, None, [])
    assert event.facts["paddle"] == "1001" and event.facts["amount"] == {"fen": 10_000_000, "currency": "CNY"}
    assert verifying.first_broken_event() is None


def test_a_bid_is_delivered_where_it_ends_somebody_elses_lead_of_a_minute(lot, ada, bob):
    began = lot.floor.opens_at + QUIET
    for who, yuan, later in ((ada, 100_000, 0 * MS), (bob, 105_000, QUIET - MS), (ada, 110_000, 2 * QUIET - MS)):
        with clock.at(began + later):
            bid(who, yuan)
    told = Delivery.objects.filter(event__name="auctions.bid.placed").values_list(
        "event__data__facts__seq", "subscriber"
    )
    assert sorted(told) == [(3, name) for name in sorted(subscribers_of("auctions.bid.placed"))]


@pytest.mark.parametrize(
    ("yuan", "code", "lowest"),
    [
        (104_000, "below_min", 105_000),
        (107_000, "off_grid", 110_000),
        (130_000, "over_limit", 105_000),
    ],
)
def test_a_refusal_names_the_next_valid_amount_and_is_kept(ada, bob, yuan, code, lowest):
    bid(ada, 100_000)
    assert refusal(bob, yuan) == (code, lowest)
    kept = BidAttempt.objects.get()
    assert (kept.code, kept.minimum_fen, kept.seq, kept.registration_id) == (code, lowest * 100, 1, bob[0].pk)
    assert bid(bob, lowest).leading


def test_the_leader_may_not_outbid_itself(ada):
    bid(ada, 100_000)
    assert refusal(ada, 105_000) == ("self_outbid", 105_000)


def test_who_was_overtaken_while_bidding_is_told_so(ada, bob):
    bid(ada, 100_000)
    assert refusal(bob, 100_000, key="x", seen_seq=0) == ("stale", 105_000)
    assert refusal(bob, 100_000, key="x", seen_seq=1) == ("below_min", 105_000)


def test_a_repeat_with_the_same_key_gets_the_first_answer(lot, ada, bob):
    first = bid(ada, 100_000, key="same")
    bid(bob, 105_000)
    again = bid(ada, 100_000, key="same")
    assert again.repeated and (again.seq, again.hash, again.leading) == (first.seq, first.hash, True)
    assert Bid.objects.filter(lot=lot).count() == 2
    assert refusal(ada, 110_000, key="same") == ("duplicate", None)


def test_nobody_bids_without_admission_deposit_or_on_its_own_lot(lot, ada):
    stranger = accounts.member("bidder")
    with pytest.raises(NotAllowed):
        place_bid(registration=ada[0], amount=make.START, key="k", actor=stranger)
    make.change(Floor.objects.get(pk=lot.pk), deposit_fen=10_000_00)
    assert refusal(ada, 100_000) == ("not_admitted", None)
    affiliate = accounts.OrganizationFactory(group=lot.seller)
    make.change(Floor.objects.get(pk=lot.pk), deposit_fen=0)
    assert refusal(make.admitted(lot, organization=affiliate), 100_000) == ("seller_related", None)


def test_a_deposit_that_is_held_admits(lot):
    make.change(Floor.objects.get(pk=lot.pk), deposit_fen=10_000_00)
    assert bid(make.admitted(lot, secured=True), 100_000).seq == 1


@pytest.mark.parametrize(
    ("edge", "shift", "code"),
    [
        ("opens_at", -MS, "not_live"),
        ("opens_at", 0 * MS, None),
        ("opens_at", MS, None),
        ("ends_at", -MS, None),
        ("ends_at", 0 * MS, "not_live"),
        ("ends_at", MS, "not_live"),
    ],
)
def test_bids_are_taken_from_the_opening_until_before_the_end(lot, ada, edge, shift, code):
    with clock.at(getattr(lot.floor, edge) + shift):
        assert (refusal(ada, 100_000)[0] if code else bid(ada, 100_000).seq) == (code or 1)


@pytest.mark.parametrize(("left", "extended"), [(300_001, False), (300_000, False), (299_999, True), (1, True)])
def test_only_a_bid_in_the_last_five_minutes_extends_to_five_minutes_from_itself(lot, ada, left, extended):
    end = lot.floor.ends_at
    now = end - left * MS
    with clock.at(now):
        placed = bid(ada, 100_000)
    assert (placed.extended, placed.ends_at) == (extended, now + timedelta(minutes=5) if left < 300_000 else end)


def test_a_refused_bid_extends_nothing(lot, ada):
    end = lot.floor.ends_at
    with clock.at(end - MS):
        assert refusal(ada, 90_000)[0] == "below_min"
    assert Floor.objects.get(pk=lot.pk).ends_at == end


def test_past_the_hard_limit_the_lot_counts_as_paused_even_before_the_clock_looks(lot, ada):
    floor = lot.floor
    make.change(floor, hard_limit_at=floor.ends_at - timedelta(minutes=1))
    with clock.at(floor.hard_limit_at - MS):
        assert bid(ada, 100_000).extended
    with clock.at(floor.hard_limit_at):
        assert refusal(ada, 105_000)[0] == "paused"


def test_a_priority_holder_takes_the_lead_at_the_same_price_and_others_must_go_higher(lot, ada):
    holder, lesser = make.admitted(lot, rank=1), make.admitted(lot, rank=2)
    bid(ada, 100_000)
    assert bid(lesser, 100_000, key="l").leading
    assert bid(holder, 100_000, key="h").leading
    assert refusal(lesser, 100_000, key="m") == ("below_min", 105_000)
    assert refusal(ada, 100_000, key="n") == ("below_min", 105_000)


def test_more_than_ten_refused_bids_in_a_second_are_not_even_kept(lot, ada):
    with clock.at(clock.database_now()):
        codes = [refusal(ada, 90_000 + n)[0] for n in range(12)]
    assert codes == ["below_min"] * 10 + ["rate_limit"] * 2
    assert BidAttempt.objects.count() == 10


def test_the_public_list_of_bids_knows_paddles_only(lot, ada, bob):
    bid(ada, 100_000)
    bid(bob, 105_000)
    rows = list(queries.bids_of(lot))
    assert [row["paddle"] for row in rows] == ["2002", "1001"]
    assert set(rows[0]) == set(queries.PUBLIC_FIELDS)
    mine = queries.my_position(lot, ada[1])
    assert (mine.leads, mine.minimum, mine.highest, mine.bids) == (False, Money(110_000_00), Money(100_000_00), 1)
    assert queries.my_position(lot, accounts.member("bidder")) is None
