"""Auctions: a deposit forfeited, a winner's deposit in the price, and a sale that is annulled."""

import pytest

from foundation.core import clock
from foundation.core.actors import CLOCK, SYSTEM
from settlement import queries, services
from settlement.services import Share, sweeping
from tests.factories.accounts import finance
from tests.factories.money import held_deposit
from tests.factories.settlement import open_obligation, pay, started_payment
from tests.settlement.textbook.books import accounts, bank_refunds, journal, send_refunds, yuan

pytestmark = pytest.mark.django_db


def deposit():
    return held_deposit(yuan("50,000.00"), purpose="auction.deposit")


def price_of(hold, amount="500,000.00"):
    sides = {"debtor": hold.party, "creditor": hold.obligation.creditor}
    return open_obligation(purpose="auction.price", amount=yuan(amount), **sides)


def test_a_winner_who_does_not_pay_loses_the_deposit():
    hold = deposit()
    seller = hold.obligation.creditor
    assert journal() == ["deposit_received: Dr 1001 50,000.00, Cr 2001 50,000.00"]
    assert accounts() == {"1001": "50,000.00", "2001": "50,000.00"}

    costs, commissions = yuan("1,200.00"), yuan("10,000.00")  # of the seller and of the buyer, 5,000.00 each
    shares = [Share("2031", costs + commissions), Share("2011", hold.left - costs - commissions, seller)]
    services.forfeit(hold=hold, shares=shares, actor=SYSTEM, reason="not paid")
    assert journal() == ["deposit_forfeited: Dr 2001 50,000.00, Cr 2031 11,200.00, Cr 2011 38,800.00"]
    assert accounts() == {"1001": "50,000.00", "2011": "38,800.00", "2031": "11,200.00"}
    assert queries.payable_to(seller) == yuan("38,800.00")

    sweeping.sweep(actor=finance(), key="month")
    assert accounts() == {"1001": "38,800.00", "1002": "11,200.00", "2011": "38,800.00", "4101": "11,200.00"}


def test_a_bidder_who_did_not_win_gets_the_deposit_back():
    services.release_hold(hold=deposit(), actor=SYSTEM)
    assert journal() == ["deposit_released: Dr 2001 50,000.00, Cr 2013 50,000.00"]
    send_refunds()
    assert accounts() == {"1001": "50,000.00", "1131": "-50,000.00"}
    bank_refunds()
    assert accounts() == {}


def sold():
    """The deposit counts toward a price of 500,000.00, the rest is paid."""
    hold = deposit()
    price = price_of(hold)
    services.set_off(hold=hold, obligation=price, actor=SYSTEM)
    assert journal() == ["deposit_applied: Dr 2001 50,000.00, Cr 2003 50,000.00"]
    assert accounts() == {"1001": "50,000.00", "2003": "50,000.00"}
    assert price.left == yuan("450,000.00")

    pay(started_payment(price))
    assert journal() == ["price_received: Dr 1001 450,000.00, Cr 2003 450,000.00"]
    assert accounts() == {"1001": "500,000.00", "2003": "500,000.00"}
    price.refresh_from_db()
    return price


def test_a_sale_that_is_completed_is_due_to_the_seller():
    price = sold()
    with clock.at(price.release_at):
        services.release(obligation=price, actor=CLOCK)
    assert journal() == ["sale_completed: Dr 2003 500,000.00, Cr 2011 500,000.00"]
    assert accounts() == {"1001": "500,000.00", "2011": "500,000.00"}


def test_a_sale_that_is_annulled_gives_all_of_it_back():
    price = sold()
    services.refund_obligation(obligation=price, actor=SYSTEM, reason="annulled")
    assert journal() == ["sale_annulled: Dr 2003 500,000.00, Cr 2013 450,000.00, Cr 2013 50,000.00"]
    assert accounts() == {"1001": "500,000.00", "2013": "500,000.00"}

    send_refunds()
    assert accounts() == {"1001": "500,000.00", "1131": "-500,000.00"}
    bank_refunds()
    assert accounts() == {}
    price.refresh_from_db()
    assert (price.state, price.released_at) == ("refunded", None)


def test_a_deposit_larger_than_the_price_gives_the_rest_back():
    hold = deposit()
    services.set_off(hold=hold, obligation=price_of(hold, "49,999.99"), actor=SYSTEM)
    assert journal(2) == [
        "deposit_applied: Dr 2001 49,999.99, Cr 2003 49,999.99",
        "deposit_released: Dr 2001 0.01, Cr 2013 0.01",
    ]
    assert accounts() == {"1001": "50,000.00", "2003": "49,999.99", "2013": "0.01"}
