"""Signals of collusion: each rule against its smallest case, kept once, noted by officers, never acted upon."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from django.utils import translation

from auctions import collusion, work_integrity
from auctions.collusion import Bidder, LotFacts, Offered
from auctions.models import Lot, Registration, Signal
from auctions.presentation import integrity as presented
from auctions.queries import suspicions as seen
from auctions.services import suspicions
from foundation.audit.models import Event
from foundation.core.errors import Invalid, NotAllowed
from tests.factories import auction_sales as make
from tests.factories.accounts import finance, officer

T0 = datetime(2026, 3, 2, 2, tzinfo=UTC)
STEP = timedelta(seconds=5)
ONE = Bidder("1001", 1, 1, T0 - timedelta(days=5))
TWO = Bidder("2002", 2, 2, T0 - timedelta(days=4))


def lot(number="L1", bidders=(ONE, TWO), bids=(), **facts):
    offered = tuple(Offered(paddle, amount, T0 + n * STEP) for n, (paddle, amount) in enumerate(bids))
    until = T0 + timedelta(hours=1)
    return LotFacts(number, 100, tuple(bidders), offered, registration_until=until, **facts)


def rules_of(*lots):
    found = [one for each in lots for one in collusion.of_lot(each)] + collusion.of_season(lots)
    return [one.rule for one in found]


@pytest.mark.parametrize(
    ("alike", "rule"),
    [
        ({"group": 1}, "same_group"),
        ({"people": frozenset({7})}, "same_person"),
        ({"representative": "沈清和"}, "same_representative"),
        ({"phone": "84890000"}, "same_contact"),
        ({"domain": "acme.cn"}, "same_contact"),
        ({"addresses": frozenset({"203.0.113.7"})}, "same_line"),
        ({"accounts": frozenset({"32010001"})}, "same_account"),
    ],
)
def test_two_bidders_who_share_something(alike, rule):
    assert rules_of(lot(bidders=[replace(ONE, **alike), replace(TWO, **alike)])) == [rule]


def test_a_common_post_office_or_two_empty_answers_are_no_signal():
    assert rules_of(lot(bidders=[replace(ONE, domain="qq.com"), replace(TWO, domain="qq.com")])) == []
    assert rules_of(lot(bidders=[ONE, TWO])) == []


def test_bids_in_step_take_four_equal_answers_within_seconds():
    five = [("1001", 100), ("2002", 110), ("1001", 120), ("2002", 130), ("1001", 140)]
    assert rules_of(lot(bids=five)) == ["in_step"]
    assert rules_of(lot(bids=five[:4])) == []
    assert rules_of(lot(bids=[*five[:3], ("2002", 150), ("1001", 160)])) == []  # another increment
    quick = lot(bids=five)
    slow = [replace(bid, at=T0 + n * 10 * STEP) for n, bid in enumerate(quick.bids)]
    raised_by_the_engine = [replace(bid, by_hand=False) for bid in quick.bids]
    assert rules_of(replace(quick, bids=slow)) == rules_of(replace(quick, bids=raised_by_the_engine)) == []


def test_a_late_second_who_never_bids_above_the_start():
    late = replace(TWO, registered_at=T0 - timedelta(hours=1))
    assert rules_of(lot(bidders=[ONE, late], bids=[("2002", 100), ("1001", 110)], winner="1001")) == ["late_second"]
    raised = [("2002", 110), ("1001", 120)]
    assert rules_of(lot(bidders=[ONE, late], bids=raised, winner="1001")) == []
    assert rules_of(lot(bids=[("1001", 100)], winner="1001")) == []  # in time
    assert rules_of(lot(bidders=[ONE], bids=[("1001", 100)], winner="1001")) == []  # one bidder is lawful


def test_the_leader_goes_and_the_underbidder_buys_lower():
    went = {"winner": "1001", "failed": ("1001",), "successor": "2002", "successor_price": 150}
    gone = lot(bids=[("2002", 150), ("1001", 400)], **went)
    [found] = collusion.of_lot(gone)
    assert (found.rule, found.evidence) == ("leader_gone", {"difference_fen": 250})
    assert found.paddles == (("L1", "1001"), ("L1", "2002"))


def won(number, winner):
    return lot(number, bids=[("1001", 100), ("2002", 110)], winner=winner)


def test_over_a_season_one_always_loses_to_the_same_other_or_they_take_turns():
    assert rules_of(*(won(f"L{n}", "1001") for n in range(3))) == ["same_loser"]
    assert rules_of(*(won(f"L{n}", "1001") for n in range(2))) == []
    assert rules_of(won("L1", "1001"), won("L2", "2002"), won("L3", "1001")) == ["rotation"]
    assert rules_of(won("L1", "1001"), won("L2", "1001"), won("L3", "2002")) == []


def test_two_defaults_of_one_party_in_a_season():
    failed = [lot(f"L{n}", bids=[("1001", 100)], winner="1001", failed=("1001",)) for n in range(2)]
    assert rules_of(*failed) == ["defaults"]


@pytest.mark.django_db
@pytest.mark.parametrize("names", [("沈清和", " 沈 清和"), ("Ｊane  Doe", "JANE DOE"), ("沈清和", "沈承泽")])
def test_one_legal_representative_of_two_bidders_however_it_was_typed(names):
    sold, parties = make.lot_on_patent(bidding=[(None, make.UNDERBID), (None, make.PRICE)])
    for party, name in zip(parties, names, strict=True):
        type(party.organization).objects.filter(pk=party.organization_id).update(legal_representative=name)
    make.decided(sold)
    [waits] = seen.to_be_asked()
    suspicions.seek(lot=waits)
    found = list(Signal.objects.values_list("rule", flat=True))
    assert found == ([] if names[1] == "沈承泽" else ["same_representative"])


@pytest.mark.django_db
def test_a_natural_person_beside_the_company_that_it_represents():
    sold, (firm, person) = make.lot_on_patent(bidding=[(None, make.UNDERBID), (None, make.PRICE)])
    organizations = type(firm.organization).objects
    organizations.filter(pk=firm.organization_id).update(legal_representative="沈清和")
    organizations.filter(pk=person.organization_id).update(kind="person", name="沈清和", legal_representative="")
    make.decided(sold)
    [waits] = seen.to_be_asked()
    suspicions.seek(lot=waits)
    found = Signal.objects.get()
    with translation.override("zh-hans"):
        words = presented.shown(found)
    assert (found.rule, words["title"]) == ("same_representative", "同一法定代表人")
    assert words["sentence"].startswith("两名竞买人的法定代表人姓名相同")


@pytest.mark.django_db
def test_a_signal_is_found_once_noted_by_an_officer_and_changes_nothing():
    sold, parties = make.lot_on_patent(bidding=[(None, make.UNDERBID), (None, make.PRICE)])
    for party in parties:
        type(party.organization).objects.filter(pk=party.organization_id).update(contact_phone="+86 25 8489 0000")
    make.decided(sold)
    [waits] = seen.to_be_asked()
    assert suspicions.seek(lot=waits) == 1
    assert list(seen.to_be_asked()) == [] and suspicions.seek(lot=waits) == 0
    found, boss = Signal.objects.get(), officer()
    assert (found.rule, found.lot, found.evidence) == ("same_contact", sold, {})
    assert found.paddles == [[sold.number, party.paddle] for party in parties]
    states = list(Registration.objects.order_by("pk").values_list("state", flat=True))
    assert [item.title for item in work_integrity.items_for(boss)] == [sold.number]
    assert work_integrity.items_for(finance()) == []

    with pytest.raises(NotAllowed):
        suspicions.note(signal=found, note="x", actor=make.member_of(sold.seller))
    with pytest.raises(Invalid):
        suspicions.note(signal=found, note="  ", actor=boss)
    suspicions.note(signal=found, note="同一代理机构，已电话核实", actor=boss)
    event = Event.objects.get(name="auctions.lot.signal_noted")
    assert (event.subject_id, event.visibility, event.actor_user_id) == (sold.pk, "private", boss.user_id)
    assert work_integrity.items_for(boss) == []
    assert list(Registration.objects.order_by("pk").values_list("state", flat=True)) == states
    assert Lot.objects.get(pk=sold.pk).state == "sold_provisional"
