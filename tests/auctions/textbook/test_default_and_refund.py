"""Worked examples 2 to 4: a default, an annulment, a sale by agreement. Price 1,850,000.00, deposit 120,000.00."""

from datetime import timedelta

import pytest

from auctions.models import Bar, Sale
from auctions.services import defaults, talks
from foundation.audit import invariants
from foundation.core import clock
from foundation.core.clock import database_now, local_date
from foundation.core.money import Money
from settlement import queries
from settlement.models import Refund
from tests.factories import accounts
from tests.factories import auction_sales as make
from tests.factories.money import booked

pytestmark = pytest.mark.django_db
yuan = Money.parse


@pytest.fixture(autouse=True)
def books_are_sound(db):
    yield
    assert invariants.check() == []


def in_default(sale, due):
    """The clock looks after the deadline."""
    with clock.at(due):
        return defaults.find(sale=sale)


def test_a_buyer_who_never_confirms_loses_the_deposit_in_shares_to_the_fen():
    sale = make.knocked_down()
    sale.lot.season.__class__.objects.update(forfeit_platform_bp=1_234)
    sale = in_default(make.fresh(sale), sale.confirm_by_at)
    assert sale.state == "buyer_default"

    # 12.34 % of 120,000.00 = 14,808.00 for the platform's costs, 105,192.00 for the seller; the buyer is barred.
    make.ruled(sale, "forfeit")
    assert booked("deposit_forfeited") == [("2001", 120_000_00, 0), ("2031", 0, 14_808_00), ("2011", 0, 105_192_00)]
    sale = make.fresh(sale)
    assert (sale.state, sale.lot.state) == ("deposit_forfeited", "unsold")
    assert Bar.objects.get().organization == sale.buyer


def test_a_buyer_who_confirms_and_does_not_pay_the_rest_loses_the_deposit_and_gets_part_payments_back():
    sale = make.confirmed(make.knocked_down(underbid=make.UNDERBID))
    make.arrives(sale.obligation, yuan("500,000.01"))
    sale = in_default(make.fresh(sale), sale.pay_by_at)

    # 20 % of the deposit are the platform's, 80 % the seller's; the part payment goes back.
    make.ruled(sale, "forfeit", then="underbidder")
    assert booked("deposit_forfeited") == [
        ("2003", 620_000_01, 0), ("2031", 0, 24_000_00), ("2011", 0, 96_000_00), ("2013", 0, 500_000_01),
    ]  # fmt: skip
    assert make.fresh(sale.obligation).state == "cancelled"
    assert queries.balance("2003") == yuan("0")

    # The lot is offered to the underbidder at the own bid of 1,800,000.00, with days to confirm and no deposit.
    offered = Sale.objects.get(way="underbidder")
    assert (offered.price, offered.state) == (yuan("1,800,000"), "sold_provisional")
    assert make.fresh(sale.lot).state == "sold_provisional"


def test_an_annulled_sale_gives_the_buyer_back_everything():
    sale = make.paid()
    back = sale.total
    objection = make.objected(sale)
    make.ruled(sale, "annul", objection=objection)

    # 1,905,500.00: the deposit to where it came from, and the balance.
    assert booked("sale_annulled")[0] == ("2003", back.fen, 0)
    assert sum(one.amount for one in Refund.objects.filter(obligation=sale.obligation)) == yuan("1,905,500")
    sale = make.fresh(sale)
    assert (sale.state, sale.lot.state) == ("refunded", "unsold")
    assert make.fresh(objection).upheld is True
    assert queries.balance("2003") == yuan("0")


def test_a_sale_annulled_before_it_is_confirmed_releases_the_deposit():
    sale = make.knocked_down()
    make.ruled(sale, "annul")
    assert make.fresh(sale).state == "refunded"
    assert queries.balance("2001", party=sale.buyer) == yuan("0")


def test_an_unsold_lot_is_sold_by_agreement_without_a_deposit():
    # Nobody bid. The seller opens talks for ten days; one party offers 1,000,000.00.
    lot = make.unsold_lot()
    seller, firm = make.member_of(lot.seller), accounts.member("owner")
    until = local_date(database_now()) + timedelta(days=10)
    lot = talks.open_talks(lot=lot, until=until, actor=seller)
    offer = talks.make_offer(lot=lot, amount=yuan("1,000,000"), actor=firm, message="可现场交接")
    sale = talks.accept(offer=offer, actor=seller)
    assert (sale.way, sale.price, sale.commission) == ("agreement", yuan("1,000,000"), yuan("30,000"))

    # It is confirmed, and the whole of 1,030,000.00 is to be paid: there is no deposit to count.
    sale = make.confirmed(sale)
    assert sale.obligation.left == yuan("1,030,000")
    assert make.paid(sale).state == "balance_paid"
    assert make.fresh(lot).state == "sold_by_agreement"
