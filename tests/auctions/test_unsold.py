"""Unsold is a path: what the bidding showed, talks, another round, an open license, back to the pool."""

from datetime import timedelta

import pytest

from auctions import clock_sales
from auctions.models import Bar, Offer
from auctions.services import converting, relisting, talks, unsold
from foundation.core import clock
from foundation.core.clock import database_now, local_date
from foundation.core.errors import Invalid, NotAllowed, NotPossibleNow
from foundation.core.money import Money
from licenses.models import Declaration
from licenses.services.drafting import draft_of
from patents import encumbrances
from tests.factories import accounts
from tests.factories import auction_sales as make
from tests.factories import auctions as market

pytestmark = pytest.mark.django_db
yuan = Money.parse
TEN_DAYS = timedelta(days=10)


def seller_of(lot):
    return make.member_of(lot.seller)


def in_talks(lot=None):
    lot = lot or make.unsold_lot()
    until = local_date(database_now()) + TEN_DAYS
    return talks.open_talks(lot=lot, until=until, actor=seller_of(lot))


def test_the_seller_learns_what_the_bidding_showed():
    lot, _parties = make.lot_on_patent(bidding=[(None, yuan("1,200,000"))], reserve_sealed=make.seal(yuan("1,500,000")))
    shown = unsold.what_was_shown(make.decided(lot))
    assert (shown.outcome, shown.registrations, shown.admitted, shown.bids, shown.bidders) == (
        "below_reserve", 1, 1, 1, 1,
    )  # fmt: skip
    assert shown.highest == yuan("1,200,000")


def test_a_lot_nobody_decides_about_returns_to_the_pool_after_60_days():
    lot = make.unsold_lot()
    patent = lot.items.get().patent
    with clock.at(lot.next_check_at - timedelta(seconds=1)):
        clock_sales.run()
        assert make.fresh(lot).state == "unsold"
    with clock.at(lot.next_check_at):
        clock_sales.run()
    assert make.fresh(lot).state == "returned_to_pool"
    assert list(encumbrances.active(patent)) == []


def test_only_the_seller_chooses():
    lot = make.unsold_lot()
    for act in (unsold.return_to_pool, converting.convert):
        with pytest.raises(NotAllowed):
            act(lot=lot, actor=accounts.member("owner"))
    with pytest.raises(Invalid):
        talks.open_talks(lot=lot, until=local_date(database_now()), actor=seller_of(lot))


def test_talks_end_with_their_last_day_and_decline_what_is_open():
    lot = in_talks()
    offer = talks.make_offer(lot=lot, amount=yuan("900,000"), actor=accounts.member("owner"))
    with clock.at(make.fresh(lot).next_check_at):
        clock_sales.run()
        with pytest.raises(NotPossibleNow):
            talks.accept(offer=offer, actor=seller_of(lot))
    assert (make.fresh(lot).state, make.fresh(offer).accepted) == ("unsold", False)


def test_a_newer_offer_replaces_the_earlier_one_and_one_is_taken():
    lot, firm = in_talks(), accounts.member("owner")
    first = talks.make_offer(lot=lot, amount=yuan("900,000"), actor=firm)
    second = talks.make_offer(lot=lot, amount=yuan("950,000"), actor=firm)
    with pytest.raises(talks.OfferAnswered):
        talks.accept(offer=first, actor=seller_of(lot))
    with pytest.raises(NotAllowed):
        talks.accept(offer=second, actor=firm)
    assert talks.accept(offer=second, actor=seller_of(lot)).buyer == firm.organization


def test_seller_administration_and_defaulters_make_no_offer():
    lot, barred = in_talks(), accounts.member("owner")
    Bar.objects.create(organization=barred.organization, lot=lot, reason="x")
    for actor in (seller_of(lot), barred):
        with pytest.raises(talks.NotForYou):
            talks.make_offer(lot=lot, amount=yuan("1"), actor=actor)
    with pytest.raises(NotAllowed):
        talks.make_offer(lot=lot, amount=yuan("1"), actor=accounts.officer())
    assert Offer.objects.count() == 0


def test_the_next_round_starts_at_most_a_fifth_lower_with_the_same_patents():
    told = {"defects": "无已知瑕疵。", "contact_name": "周敏", "contact_phone": "025-84890000"}
    lot = make.unsold_lot(seller=accounts.member("owner"), **told)
    session = market.session(market.season("promote"))
    actor = seller_of(lot)
    with pytest.raises(relisting.CutTooDeep):
        relisting.relist(lot=lot, session=session, start=yuan("959,999.99"), actor=actor)
    made = relisting.relist(lot=lot, session=session, start=yuan("960,000"), actor=actor)
    assert (make.fresh(lot).state, made.round, made.relisted_from) == ("relisted", 2, lot)
    assert [item.patent_id for item in made.items.all()] == [item.patent_id for item in lot.items.all()]
    made = market.decide(made, "approve")
    assert relisting.enter_session(lot=made).session == session


def test_an_unsold_lot_becomes_a_filled_in_draft_of_an_open_license():
    lot = make.unsold_lot(contact_name="周敏", contact_phone="025-84890000")
    converting.convert(lot=lot, actor=make.accounts.patentee(organization=lot.seller))
    draft = Declaration.objects.get()
    kept = draft_of(draft).data
    assert kept["typed"]["price"]["lump_sum"] == "120000.00"
    assert kept["typed"]["contact"]["contact_name"] == "周敏"
    assert lot.number in kept["typed"]["price"]["explanation"]
    assert kept["sections"]["term"]["term_years"] == 3
    assert (make.fresh(lot).state, draft.patentee) == ("converted_to_open_license", lot.seller)
    assert list(encumbrances.active(lot.items.get().patent)) == []


def test_an_application_cannot_become_an_open_license():
    lot = make.unsold_lot(subject="application_right")
    with pytest.raises(converting.NotConvertible):
        converting.convert(lot=lot, actor=seller_of(lot))
