"""A bid by the number of its lot is the bid of one's registration: one call where that can decide, else the other way.

Outside of any transaction, as in production.
"""

import pytest
from django.urls import reverse

from auctions.models import Bid, BidAttempt
from auctions.services import calling, proxies
from auctions.services.bids import BidRefused, place_bid, place_bid_by_number
from foundation import audit
from foundation.audit import invariants, verifying
from foundation.core import locking
from foundation.core.actors import SYSTEM
from foundation.core.errors import NotAllowed
from foundation.core.money import Money
from tests.factories import accounts
from tests.factories import auction_floor as make

pytestmark = pytest.mark.django_db(transaction=True)
SCRIPT = {"HX-Request": "true", "HX-Target": "bid-panel"}


@pytest.fixture
def decided(monkeypatch):
    """Whether the one call decided each bid."""
    told, call = [], calling.call_by_number

    def spy(*given, **more):
        found = call(*given, **more)
        told.append(found is not None and found[0].outcome != "together")
        return found

    monkeypatch.setattr(calling, "call_by_number", spy)
    return told


def by_number(who, yuan, key, **more):
    registration, member = who
    return place_bid_by_number(number=registration.lot.number, amount=Money(yuan * 100), key=key, actor=member, **more)


def by_registration(who, yuan, key, **more):
    registration, member = who
    return place_bid(registration=registration, amount=Money(yuan * 100), key=key, actor=member, **more)


def told(way, *asked, **more):
    """What the bidder is told, without moments and hashes."""
    try:
        placed = way(*asked, **more)
    except BidRefused as refused:
        return refused.code, refused.minimum
    return placed.seq, placed.amount, placed.extended, placed.leading, placed.repeated


CASES = [
    ("ada", 100_000, "a1", {}),
    ("ada", 100_000, "a1", {}),
    ("ada", 105_000, "a1", {}),
    ("ada", 105_000, "a2", {}),
    ("bob", 105_000, "b1", {"seen_seq": 1}),
    ("ada", 105_000, "a3", {"seen_seq": 1}),
    ("ada", 900_000, "a4", {}),
    ("ada", 110_000, "a5", {"seen_seq": 2}),
]


def test_both_ways_tell_the_same_and_leave_the_same(decided):
    left = []
    for way in (by_number, by_registration):
        lot = make.live_lot()
        people = {"ada": make.admitted(lot, paddle="1001"), "bob": make.admitted(lot, paddle="2002")}
        answers = [told(way, people[who], *asked, **more) for who, *asked, more in CASES]
        made = list(Bid.objects.filter(lot=lot).order_by("seq").values_list("seq", "paddle", "amount_fen"))
        refused = list(BidAttempt.objects.filter(lot=lot).order_by("pk").values_list("code", "minimum_fen"))
        left.append((answers, made, refused))
    assert left[0] == left[1]
    assert len(left[0][1]) == 3 and len(left[0][2]) == 4
    assert decided == [True] * len(CASES)
    assert invariants.check({"I5", "I6", "I7", "I8"}) == [] and verifying.first_broken_event() is None


def test_a_maximum_on_the_lot_is_answered_in_one_transaction(decided):
    lot = make.live_lot()
    ada, bob = make.admitted(lot), make.admitted(lot)
    proxies.place_proxy(registration=bob[0], maximum=Money(150_000_00), key="m", actor=bob[1])
    assert told(by_number, ada, 105_000, "a1") == (2, Money(105_000_00), False, False, False)
    assert decided == [False]
    assert [bid.registration_id for bid in Bid.objects.order_by("seq")] == [bob[0].pk, ada[0].pk, bob[0].pk]


def test_who_is_not_admitted_any_more_is_refused_and_the_attempt_is_kept(decided):
    registration, member = make.admitted(make.live_lot())
    audit.advance(registration, "withdraw", actor=SYSTEM)
    assert told(by_number, (registration, member), 100_000, "k") == ("not_admitted", None)
    assert decided == [False] and BidAttempt.objects.get().code == "not_admitted"


def test_strangers_and_members_without_the_right_do_not_bid(decided):
    registration, member = make.admitted(make.live_lot())
    colleague = accounts.member("inventor", member.organization)
    for actor in (accounts.member("bidder"), colleague):
        with pytest.raises(NotAllowed):
            by_number((registration, actor), 100_000, "k")
    member.is_active = False
    with pytest.raises(NotAllowed):
        by_number((registration, member), 100_000, "k")
    assert decided == [False] and not Bid.objects.exists()


def test_twins_without_locks_go_the_way_that_knows_them(decided, settings):
    settings.KAIXU_LOCKS_MAY_BE_OFF = True
    with locking.without_locks():
        assert by_number(make.admitted(make.live_lot()), 100_000, "k").seq == 1
    assert decided == []


def test_a_bid_by_the_page_asks_five_questions(client, decided, django_assert_num_queries):
    registration, member = make.admitted(make.live_lot())
    client.force_login(member.user)
    address = reverse("auctions:bid_place", args=[registration.lot.number])
    with django_assert_num_queries(5):  # session, user, memberships, the bid, the flush
        answer = client.post(address, {"amount": "100000.00", "key": "k", "seen_seq": "0"}, headers=SCRIPT)
    assert answer.status_code == 200 and decided == [True]
    with django_assert_num_queries(6):  # session, user, memberships, the bid, the floor, its moment
        answer = client.post(address, {"amount": "100000.00", "key": "k2", "seen_seq": "0"}, headers=SCRIPT)
    assert answer.status_code == 409


@pytest.mark.parametrize("headers", [SCRIPT, {}])
@pytest.mark.parametrize("amount", ["100000.00", "x"])
def test_rights_that_were_taken_bite_with_the_next_bid_of_the_page(client, headers, amount):
    registration, member = make.admitted(make.live_lot())
    client.force_login(member.user)
    address = reverse("auctions:bid_place", args=[registration.lot.number])
    member.role = "inventor"
    member.save()
    assert client.post(address, {"amount": amount, "key": "k"}, headers=headers).status_code == 403
    client.force_login(accounts.member("bidder").user)
    assert client.post(address, {"amount": amount, "key": "k"}, headers=headers).status_code == 403
    gone = reverse("auctions:bid_place", args=["JSPA-NONE"])
    assert client.post(gone, {"amount": amount, "key": "k"}, headers=headers).status_code == 404
    assert not Bid.objects.exists()
