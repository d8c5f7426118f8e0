"""What a withdrawal or a default costs beside the deposit: the season's cost, damages, the shortfall; the bills."""

from datetime import timedelta

import pytest

from auctions import work_integrity
from auctions.models import Claim, Sale
from auctions.services import claims, defaults, transfers, withdrawing
from auctions.services.claims import ClaimedTooMuch
from foundation.audit import invariants
from foundation.core import clock
from foundation.core.actors import CLOCK
from foundation.core.errors import NotAllowed, NotPossibleNow
from foundation.core.money import Money
from settlement import queries
from settlement import services as settlement
from settlement.models import Obligation
from settlement.queries.invoices import billable
from settlement.services.invoicing import request_invoice
from tests.auctions.test_sale_pages import browser, send, shown, url
from tests.factories import accounts, bidders
from tests.factories import auction_sales as make
from tests.factories.money import booked

pytestmark = pytest.mark.django_db
yuan = Money.parse


@pytest.fixture(autouse=True)
def books_are_sound(db):
    yield
    assert invariants.check() == []


def test_a_seller_who_withdraws_an_announced_lot_pays_the_seasons_cost():
    seller = accounts.patentee()
    lot = bidders.open_lot(seller=seller)
    bidder = bidders.admitted(lot).organization
    withdrawing.withdraw(lot=lot, actor=seller, reason="权属变更")
    # 1 % of 1,200,000.00, the season's default; the bidder's deposit goes back.
    owed = Obligation.objects.get(purpose="auction.withdrawal_cost")
    assert (owed.amount, owed.debtor, owed.creditor.kind) == (yuan("12,000"), lot.seller, "administration")
    assert queries.balance("2001", party=bidder) == yuan("0")
    # 12,000.00 / 1.06 = 11,320.75 fee and 679.25 VAT, all of it the platform's.
    make.arrives(owed, owed.amount)
    with clock.at(make.fresh(owed).release_at + timedelta(seconds=1)):
        settlement.release(obligation=owed, actor=CLOCK)
    assert booked("withdrawal_cost_taken") == [("2003", 12_000_00, 0), ("2031", 0, 11_320_75), ("2031", 0, 679_25)]


def test_a_withdrawal_by_an_officer_or_in_a_season_without_a_cost_is_free():
    withdrawing.withdraw(lot=bidders.open_lot(), actor=accounts.officer(), reason="材料存疑")
    seller = accounts.patentee()
    lot = bidders.open_lot(seller=seller)
    lot.season.withdrawal_cost_bp = 0
    lot.season.save(update_fields=["withdrawal_cost_bp"])
    withdrawing.withdraw(lot=lot, actor=seller, reason="权属变更")
    assert not Obligation.objects.filter(purpose="auction.withdrawal_cost").exists()


def failed_by_the_seller() -> Sale:
    sale = make.paid(make.knocked_down(seller=accounts.member("owner")))
    make.ruled(sale, "seller_default")
    return make.fresh(sale)


def test_the_buyer_of_a_seller_in_default_claims_and_the_agreed_part_is_asked_for():
    sale = failed_by_the_seller()
    buyer, seller = make.buyer_of(sale), make.seller_of(sale)
    for amount, actor, error in (
        (sale.price + yuan("0.01"), buyer, ClaimedTooMuch),
        (yuan("1"), seller, NotAllowed),
    ):
        with pytest.raises(error):
            claims.raise_claim(sale=sale, amount=amount, reason="尽调费用", actor=actor)
    claim = claims.raise_claim(sale=sale, amount=yuan("80,000"), reason="尽调费用", actor=buyer)
    with pytest.raises(NotPossibleNow):  # once a sale
        claims.raise_claim(sale=sale, amount=yuan("1"), reason="其他", actor=buyer)
    with pytest.raises(NotAllowed):
        claims.answer(claim=claim, agreed=yuan("80,000"), answer="", actor=buyer)
    with pytest.raises(ClaimedTooMuch):
        claims.answer(claim=claim, agreed=yuan("80,000.01"), answer="", actor=seller)
    claim = claims.answer(claim=claim, agreed=yuan("50,000"), answer="以票据为准", actor=seller)
    owed = claim.obligation
    assert (owed.amount, owed.debtor, owed.creditor) == (yuan("50,000"), sale.seller, sale.buyer)
    make.arrives(owed, owed.amount)
    with clock.at(make.fresh(owed).release_at + timedelta(seconds=1)):
        settlement.release(obligation=owed, actor=CLOCK)
    assert booked("damages_released") == [("2003", 50_000_00, 0), ("2011", 0, 50_000_00)]


def test_a_refused_claim_asks_for_nothing():
    sale = failed_by_the_seller()
    claim = claims.raise_claim(sale=sale, amount=yuan("1"), reason="尽调费用", actor=make.buyer_of(sale))
    claim = claims.answer(claim=claim, agreed=yuan("0"), answer="并无损失", actor=make.seller_of(sale))
    assert (claim.agreed, claim.obligation) == (yuan("0"), None)


def test_the_seller_claims_what_the_later_sale_brought_less():
    sale = make.knocked_down(seller=accounts.member("owner"), underbid=yuan("1,650,000"))
    with clock.at(sale.confirm_by_at):
        defaults.find(sale=sale)
    make.ruled(make.fresh(sale), "forfeit", then="underbidder")
    later, seller = Sale.objects.get(way="underbidder"), make.seller_of(sale)
    assert not claims.may_claim(make.fresh(sale), seller)  # nothing is certain before it is completed
    later = make.registered(make.filed(make.contracted(make.paid(later))))
    with clock.at(later.obligation.release_at + timedelta(seconds=1)):
        transfers.release_funds(sale=later)
    # 1,850,000.00 - 1,650,000.00, less the seller's 80 % of the deposit of 120,000.00
    sale = make.fresh(sale)
    assert claims.most_of(sale) == yuan("104,000")
    with pytest.raises(ClaimedTooMuch):
        claims.raise_claim(sale=sale, amount=yuan("104,000.01"), reason="差价", actor=seller)
    claim = claims.raise_claim(sale=sale, amount=yuan("104,000"), reason="差价", actor=seller)
    assert (claim.kind, claim.respondent) == (Claim.Kind.SHORTFALL, sale.buyer)


def test_the_claim_goes_through_the_pages():
    sale = failed_by_the_seller()
    buyer, seller = browser(make.buyer_of(sale)), browser(make.seller_of(sale))
    assert url("sale_claim", sale) in shown(buyer, url("sale_detail", sale))
    assert url("sale_claim", sale) not in shown(seller, url("sale_detail", sale))
    send(buyer, url("sale_claim", sale), amount="3000", reason="尽调费用")
    assert url("claim_answer", sale) in shown(seller, url("sale_detail", sale))
    assert [item.action for item in work_integrity.items_for(make.seller_of(sale))] != []
    send(seller, url("claim_answer", sale), agreed="0", answer="并无损失")
    assert "并无损失" in shown(buyer, url("sale_detail", sale))


def test_the_sellers_invoice_bills_the_price_without_the_platforms_commission():
    sale = make.paid(make.knocked_down(seller=accounts.member("owner")))
    buyer = make.buyer_of(sale)
    assert list(billable.visible_to(buyer)) == [sale.obligation]
    invoice = request_invoice(obligations=[sale.obligation], actor=buyer, key="price")
    [line] = invoice.lines.all()
    # 1,850,000.00 of the 1,905,500.00 that were paid; the commission is on the platform's own invoice.
    assert (line.component, invoice.gross, invoice.issuer) == ("auction_price", yuan("1,850,000"), sale.seller)
    assert list(billable.visible_to(buyer)) == []
