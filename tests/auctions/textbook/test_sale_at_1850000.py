"""Worked example 1: a lot is knocked down at 1,850,000.00 yuan.

Start price 1,200,000.00; deposit 10 % = 120,000.00 for each of two bidders. Buyer's commission 3 % up to 2 million, VAT
of 6 % included in it. Amounts of entries in fen: (account, debit, credit).
"""

from datetime import timedelta

import pytest

from auctions import wiring_after
from auctions.services import transfers
from foundation.audit import invariants
from foundation.audit.models import Event
from foundation.core import clock
from foundation.core.actors import CLOCK
from foundation.core.clock import database_now
from foundation.core.errors import NotAllowed
from foundation.core.money import Money
from patents import encumbrances
from settlement import queries
from settlement import services as settlement
from settlement.models import Posting
from settlement.queries.invoices import fees_of
from settlement.services.fee_invoices import request_fee_invoice
from tests.factories import accounts
from tests.factories import auction_sales as make
from tests.factories.money import booked

pytestmark = pytest.mark.django_db
yuan = Money.parse


@pytest.fixture(autouse=True)
def books_are_sound(db):
    yield
    assert invariants.check() == []


def test_sale_at_1_850_000_with_3_percent_commission_and_a_deposit_of_120_000():
    # The hammer falls: price, commission, and three working days to confirm.
    enterprise = accounts.member("owner")
    sale = make.knocked_down(seller=enterprise, underbid=make.UNDERBID)
    assert (sale.price, sale.commission, sale.total) == (yuan("1,850,000"), yuan("55,500"), yuan("1,905,500"))
    assert queries.balance("2001", party=sale.buyer) == yuan("120,000")

    # The buyer signs: the deposit counts toward the price, 1,785,500.00 are left to pay.
    sale = make.confirmed(sale)
    assert booked("deposit_applied") == [("2001", 120_000_00, 0), ("2003", 0, 120_000_00)]
    assert (sale.obligation.amount, sale.obligation.left) == (yuan("1,905,500"), yuan("1,785,500"))

    # The balance comes in two parts.
    make.arrives(sale.obligation, yuan("1,000,000"))
    assert make.fresh(sale).state == "confirmation_signed"
    make.arrives(sale.obligation, yuan("785,500"))
    sale = make.fresh(sale)
    assert sale.state == "balance_paid"
    assert queries.balance("2003", party=sale.seller) == yuan("1,905,500")

    # Both sign, the seller files, the officer records the registration: the patent is the buyer's.
    sha256 = make.confirmations.digest(make.contracts.contract_facts(sale))
    make.contracts.sign(sale=sale, sha256=sha256, actor=enterprise)
    sale = make.contracts.sign(sale=sale, sha256=sha256, actor=make.buyer_of(sale))
    patent = sale.lot.items.get().patent
    sale = make.registered(make.filed(sale))
    assert sale.state == "transferred"
    assert patent.owner_ids() == {sale.buyer_id}

    # The price stays in the supervised account until it may be released; then it is shared out to the fen:
    # 55,500.00 / 1.06 = 52,358.49 commission and 3,141.51 VAT, 1,850,000.00 to the seller.
    with clock.at(sale.obligation.release_at + timedelta(seconds=1)):
        sale = transfers.release_funds(sale=sale)
    assert booked("sale_completed") == [
        ("2003", 1_905_500_00, 0),
        ("2011", 0, 1_850_000_00),
        ("2031", 0, 52_358_49),
        ("2031", 0, 3_141_51),
    ]
    own = Posting.objects.filter(entry__kind="sale_completed", account_id="2031").values_list(
        "ref_number", "credit_fen"
    )
    assert sorted(own) == [("2021", 3_141_51), ("4002", 52_358_49)]

    # The sale is done, the lot is sold, nothing of it lies on the patent any more.
    assert (sale.state, make.fresh(sale.lot).state) == ("completed", "sold")
    assert list(encumbrances.active(patent)) == []


def test_a_price_that_finance_releases_completes_the_sale():
    sale = make.registered(make.filed(make.contracted(make.knocked_down(seller=accounts.member("owner")))))
    with clock.at(sale.obligation.release_at + timedelta(seconds=1)):
        settlement.release(obligation=sale.obligation, actor=CLOCK)
        wiring_after.on_released(Event.objects.get(name="settlement.obligation.released"))
    assert make.fresh(sale).state == "completed"


def test_underbidders_deposit_is_not_touched_by_the_sale():
    sale = make.confirmed(make.knocked_down(underbid=make.UNDERBID))
    second = sale.lot.registrations.exclude(organization=sale.buyer).get()
    assert queries.balance("2001", party=second.organization) + queries.balance(
        "2013", party=second.organization
    ) == yuan("120,000")


def test_a_state_seller_announces_the_sale_for_15_days_before_it_is_filed():
    sale = make.contracted()
    assert sale.state == "public_notice"
    with pytest.raises(transfers.NoticeRuns):
        make.filed(sale)
    with clock.at(sale.notice_until_at):
        assert make.filed(sale).state == "transfer_filed"
    assert timedelta(days=15) < sale.notice_until_at - database_now() <= timedelta(days=16)


def test_the_invoice_over_the_commission_goes_to_the_buyer_who_bore_it():
    accounts.finance()
    sale = make.paid(make.knocked_down(seller=accounts.member("owner")))
    sale = make.registered(make.filed(make.contracted(sale)))
    with clock.at(sale.obligation.release_at + timedelta(seconds=1)):
        sale = transfers.release_funds(sale=sale)
    buyer, seller = make.buyer_of(sale), make.seller_of(sale)
    assert (list(fees_of(seller)), list(fees_of(buyer))) == ([], [sale.obligation])
    with pytest.raises(NotAllowed):
        request_fee_invoice(obligation=sale.obligation, actor=seller, key="a")
    invoice = request_fee_invoice(obligation=sale.obligation, actor=buyer, key="b")
    line = invoice.lines.get()
    assert (invoice.buyer, line.net_fen, line.vat_fen) == (sale.buyer, 52_358_49, 3_141_51)
