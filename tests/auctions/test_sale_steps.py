"""From the hammer to the registered right: who may do what when, and what is refused."""

from datetime import timedelta

import pytest

from auctions.models import Sale
from auctions.services import confirmations, contracts, objections, papers, sales, transfers
from foundation.core import clock
from foundation.core.clock import database_now, local_date
from foundation.core.errors import Invalid, NotAllowed, NotPossibleNow
from foundation.core.refs import Ref
from foundation.documents import queries as documents
from licenses.services import declarations
from patents import encumbrances
from tests.factories import accounts
from tests.factories import auction_sales as make
from tests.factories.licenses import published_declaration
from tests.factories.patents import make_patent

pytestmark = pytest.mark.django_db


def kinds_on(patent):
    return [one.kind for one in encumbrances.active(patent)]


def sign(sale, actor=None, sha256=None):
    sha256 = sha256 or confirmations.digest(confirmations.facts_of(sale))
    return confirmations.sign(sale=sale, sha256=sha256, actor=actor or make.buyer_of(sale))


def test_the_last_moment_to_confirm_is_before_midnight_of_the_third_working_day():
    sale = make.knocked_down()
    with clock.at(sale.confirm_by_at), pytest.raises(confirmations.TooLate):
        sign(sale)
    with clock.at(sale.confirm_by_at - timedelta(seconds=1)):
        assert sign(sale).state == "confirmation_signed"


def test_only_the_buyer_confirms_and_only_what_was_read():
    sale = make.knocked_down()
    with pytest.raises(confirmations.TextChanged):
        sign(sale, sha256="0" * 64)
    with pytest.raises(NotAllowed):
        sign(sale, actor=make.seller_of(sale))
    assert make.fresh(sale).state == "sold_provisional"


def test_a_second_signature_changes_nothing():
    sale = make.confirmed()
    assert sign(sale).confirmed_at == sale.confirmed_at
    with pytest.raises(confirmations.NotAnOffer):
        confirmations.decline(sale=sale, actor=make.buyer_of(sale))


def test_a_lot_is_sold_once_however_often_the_closing_tells():
    sale = make.knocked_down()
    assert sales.begin(lot=sale.lot, result=sale.lot.result) == sale
    assert Sale.objects.count() == 1


def test_the_contract_stands_with_the_second_signature():
    sale = make.paid()
    sha256 = confirmations.digest(contracts.contract_facts(sale))
    with pytest.raises(NotAllowed):
        contracts.sign(sale=sale, sha256=sha256, actor=accounts.member("owner"))
    first = contracts.sign(sale=sale, sha256=sha256, actor=make.buyer_of(sale))
    assert (first.state, contracts.sign(sale=first, sha256=sha256, actor=make.buyer_of(sale)).seller_signed_at) == (
        "balance_paid",
        None,
    )
    assert contracts.sign(sale=first, sha256=sha256, actor=make.seller_of(sale)).state == "public_notice"


def test_confirmation_and_contract_are_made_as_pdf_once():
    sale = make.contracted()
    for _twice in range(2):
        papers.make_confirmation(sale=sale)
        papers.make_contract(sale=sale)
    made = documents.documents_of(Ref.of(sale))
    assert [document.kind for document in made] == ["auction.confirmation", "auction.contract"]
    assert all(document.file.content.read(5) == b"%PDF-" for document in made)


def test_an_open_objection_stops_the_filing_until_it_is_dismissed():
    sale = make.contracted()
    objection = make.objected(sale)
    with clock.at(sale.notice_until_at):
        with pytest.raises(objections.ObjectionOpen):
            make.filed(sale)
        with pytest.raises(NotAllowed):
            objections.dismiss(objection=objection, answer="不成立", actor=make.seller_of(sale))
        objections.dismiss(objection=objection, answer="经核查，公告披露完整。", actor=accounts.officer())
        assert make.filed(sale).state == "transfer_filed"


def test_filing_and_registration_have_days_that_follow_each_other():
    sale = make.contracted(make.knocked_down(seller=accounts.member("owner")))
    today, seller = local_date(database_now()), make.seller_of(sale)
    for day in (today + timedelta(days=1), today - timedelta(days=1)):
        with pytest.raises(Invalid):
            transfers.file(sale=sale, filed_on=day, filing_number="A1", actor=seller)
    sale = make.filed(sale)
    with pytest.raises(NotAllowed):
        make.registered(sale, officer=seller)
    with pytest.raises(NotPossibleNow):
        make.filed(sale)


def test_an_exclusive_license_lot_comes_to_lie_on_its_patent():
    seller = accounts.member("owner")
    sale = make.knocked_down(seller=seller, subject="exclusive_license", license_years=5)
    patent = sale.lot.items.get().patent
    assert kinds_on(patent) == ["auction_lot"]
    make.registered(make.filed(make.contracted(sale)))
    assert kinds_on(patent) == ["exclusive_license"]
    assert patent.owner_ids() == {seller.organization_id}


def test_only_the_sellers_share_goes_where_the_officer_says_so():
    seller, other = accounts.member("owner"), accounts.member("owner")
    patent = make_patent(seller.organization, other.organization)
    sale = make.knocked_down(seller=seller, patents=[patent])
    sale = make.registered(make.filed(make.contracted(sale)), all_shares=False)
    assert patent.owner_ids() == {sale.buyer_id, other.organization_id}


def test_an_open_declaration_is_suspended_until_the_new_owner_adopts_it(django_capture_on_commit_callbacks):
    seller = accounts.member("owner")
    patent = make_patent(seller.organization)
    declaration = published_declaration(patent=patent, actor=seller)
    sale = make.contracted(make.knocked_down(seller=seller, patents=[patent]))
    sale = make.registered(make.filed(sale))
    declaration = declarations.recheck(declaration=declaration)
    assert declaration.state == "suspended"
    assert declarations.adopt(declaration=declaration, actor=make.buyer_of(sale)).state == "published"
