"""Buyers who do not act in time; two people who decide; the underbidder; sellers who do not deliver."""

from datetime import timedelta

import pytest

from auctions import clock_sales
from auctions.lifecycle_parties import SaleState
from auctions.models import Bar, Sale
from auctions.services import confirmations, defaults, rulings
from foundation.audit.models import Event
from foundation.core import clock
from foundation.core.clock import LOCAL
from foundation.core.errors import NotAllowed, NotPossibleNow
from settlement.services.allocating import OwnerRefused
from tests.factories import accounts
from tests.factories import auction_sales as make

pytestmark = pytest.mark.django_db


def reminded(sale):
    return Event.objects.filter(name="auctions.sale.reminded", subject_id=sale.pk).count()


def defaulted(sale=None):
    sale = sale or make.knocked_down()
    with clock.at(sale.confirm_by_at):
        return defaults.find(sale=sale)


def test_the_clock_reminds_a_day_before_and_finds_the_default_at_midnight():
    sale = make.knocked_down()
    assert sale.confirm_by_at.astimezone(LOCAL).hour == 0
    with clock.at(sale.confirm_by_at - timedelta(hours=24)):
        assert (clock_sales.run(), clock_sales.run(), reminded(sale)) == (1, 0, 1)
    with clock.at(sale.confirm_by_at - timedelta(microseconds=1)):
        clock_sales.run()
        assert make.fresh(sale).state == SaleState.PROVISIONAL
    with clock.at(sale.confirm_by_at):
        clock_sales.run()
        clock_sales.run()
    assert make.fresh(sale).state == SaleState.BUYER_DEFAULT


def test_a_balance_booked_in_time_and_told_late_cures_the_default():
    sale = make.confirmed()
    with clock.at(sale.pay_by_at + timedelta(minutes=5)):
        assert defaults.find(sale=sale).state == "buyer_default"
        make.arrives(sale.obligation, sale.obligation.left, at=sale.pay_by_at - timedelta(seconds=1))
    assert make.fresh(sale).state == "balance_paid"


def test_a_balance_booked_at_the_deadline_is_too_late():
    sale = make.confirmed()
    with clock.at(sale.pay_by_at), pytest.raises(OwnerRefused):
        make.arrives(sale.obligation, sale.obligation.left, at=sale.pay_by_at)
    assert make.fresh(sale).state == "confirmation_signed"


def test_nobody_forfeits_alone():
    sale, officer = defaulted(), accounts.officer()
    ruling = rulings.propose(sale=sale, act="forfeit", reason="逾期", actor=officer)
    with pytest.raises(rulings.AlreadyAsked):
        rulings.propose(sale=sale, act="forfeit", reason="逾期", actor=accounts.officer())
    review = make.reviews.open_review_of(rulings.REVIEW, make.Ref.of(ruling))
    with pytest.raises(NotAllowed):
        make.approvals.claim(review=review, actor=officer)
    with pytest.raises(NotAllowed):
        rulings.propose(sale=make.knocked_down(), act="annul", reason="x", actor=make.buyer_of(sale))
    assert make.fresh(sale).state == "buyer_default"


def test_a_rejected_proposal_changes_nothing_and_may_be_made_again():
    sale = defaulted()
    assert make.ruled(sale, "forfeit", outcome="reject").approved is False
    assert (make.fresh(sale).state, Bar.objects.count()) == ("buyer_default", 0)
    assert make.ruled(sale, "forfeit").approved is True


def test_what_cannot_be_forfeited_is_not_proposed():
    sale = make.knocked_down()
    with pytest.raises(NotPossibleNow):
        rulings.propose(sale=sale, act="forfeit", reason="x", actor=accounts.officer())


def offered():
    """The underbidder's sale after the winner's default."""
    sale = defaulted(make.knocked_down(underbid=make.UNDERBID))
    make.ruled(sale, "forfeit", then="underbidder")
    return Sale.objects.get(lot=sale.lot, way="underbidder")


def test_an_underbidder_who_is_silent_declines_without_a_bar():
    sale = offered()
    with clock.at(sale.confirm_by_at):
        clock_sales.run()
    assert (make.fresh(sale).state, make.fresh(sale.lot).state) == ("declined", "unsold")
    assert not Bar.objects.filter(organization=sale.buyer).exists()


def test_an_underbidder_may_decline_or_take_the_lot():
    sale = offered()
    assert make.confirmed(sale).obligation.left == sale.total
    other = offered()
    confirmations.decline(sale=other, actor=make.buyer_of(other))
    assert make.fresh(other.lot).state == "unsold"


def test_without_an_underbidder_the_lot_is_unsold():
    lot, _parties = make.lot_on_patent(bidding=[(None, make.PRICE)])
    sale = defaulted(Sale.objects.get(lot=make.decided(lot)))
    make.ruled(sale, "forfeit", then="underbidder")
    assert make.fresh(lot).state == "unsold"


def test_a_seller_in_default_gives_the_buyer_everything_back():
    sale = make.contracted()
    make.ruled(sale, "seller_default")
    sale = make.fresh(sale)
    assert (sale.state, sale.obligation.state, sale.lot.state) == ("refunded", "refunding", "unsold")
