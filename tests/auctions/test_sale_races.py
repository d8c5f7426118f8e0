"""Two closers of one lot; the default's clock against the payment in the same moment. With their twins."""

import pytest

from auctions.models import Sale
from auctions.services import balances, defaults, sales
from foundation.core import clock, locking
from foundation.core.clock import database_now
from foundation.core.errors import DomainError
from tests.concurrency.racing import Meanwhile, at_once
from tests.factories import auction_sales as make

pytestmark = pytest.mark.django_db(transaction=True)


def two_closers():
    """What came of several closings that tell of the same result."""
    sale = make.knocked_down()
    lot, result = sale.lot, sale.lot.result
    with_owner_of_tables_removed(sale)
    return at_once([lambda: sales.begin(lot=lot, result=result)] * 6)


def with_owner_of_tables_removed(sale):
    """As if the sale had not begun yet: its row goes (history stays)."""
    Sale.objects.filter(pk=sale.pk).delete()


def test_closers_that_meet_begin_one_sale():
    outcomes = two_closers()
    assert Sale.objects.count() == 1
    assert {one.pk for one in outcomes} == {Sale.objects.get().pk}


def test_twin_without_locks_the_second_closer_fails():
    with locking.without_locks():
        outcomes = two_closers()
    assert Sale.objects.count() == 1
    assert any(isinstance(one, Exception) for one in outcomes)


def payment_against_clock(monkeypatch):
    """The bank tells, a moment after the deadline, of money booked in time; the clock finds the default meanwhile."""
    sale = make.confirmed()
    moment = sale.pay_by_at

    def look():
        with clock.at(moment):
            return defaults.find(sale=sale)

    with clock.at(moment):
        meanwhile = Meanwhile(monkeypatch, balances, "advance", look)
        try:
            make.arrives(sale.obligation, sale.obligation.left, at=database_now() - make.timedelta(seconds=1))
            told = "accepted"
        except DomainError as refusal:
            told = refusal.code
        meanwhile.end()
    return told, make.fresh(sale).state


def test_a_payment_and_the_clock_in_one_moment_end_with_the_sale_paid(monkeypatch):
    assert payment_against_clock(monkeypatch) == ("accepted", "balance_paid")


def test_twin_without_locks_the_clock_comes_in_between_and_the_payment_is_lost(monkeypatch):
    with locking.without_locks():
        told, state = payment_against_clock(monkeypatch)
    assert (told, state) == ("state_changed", "buyer_default")
