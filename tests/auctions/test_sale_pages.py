"""The pages after the hammer, as buyer, seller, officer and strangers see them."""

import pytest
from django.test import Client
from django.urls import reverse

from auctions.models import Ruling, SaleObjection
from foundation.core.clock import database_now, local_date
from tests.factories import accounts
from tests.factories import auction_sales as make
from tests.factories import auctions as market

pytestmark = pytest.mark.django_db


def browser(member):
    client = Client(headers={"accept-language": "en"})
    client.force_login(member.user)
    return client


def url(name, sale, *more):
    return reverse(f"auctions:{name}", args=[sale.number, *more])


def send(client, address, **values):
    """Post the form as the page shows it: with its hidden fields."""
    page = client.get(address)
    assert page.status_code == 200
    hidden = {field.html_name: field.value() for field in page.context["form"].hidden_fields()}
    answer = client.post(address, {**hidden, **values})
    assert answer.status_code == 303, answer.context["form"].errors
    return answer["Location"]


def shown(client, address):
    page = client.get(address)
    assert page.status_code == 200
    return page.content.decode()


def test_buyer_seller_and_officer_walk_a_sale_to_its_registration():
    seller = accounts.member("owner")
    sale = make.knocked_down(seller=seller)
    buyer, selling, office = browser(make.buyer_of(sale)), browser(seller), browser(accounts.officer())

    text = shown(buyer, url("sale_detail", sale))
    assert "The buyer signs the confirmation of sale." in text
    check = shown(buyer, url("sale_confirm", sale))
    assert all(part in check for part in ("¥1,850,000.00", "¥55,500.00", "¥120,000.00", "¥1,785,500.00"))
    assert send(buyer, url("sale_confirm", sale), may_sign="on") == url("sale_detail", sale)
    sale = make.fresh(sale)
    assert reverse("settlement:obligation_detail", args=[sale.obligation.number]) in shown(
        buyer, url("sale_detail", sale)
    )

    make.paid(sale)
    for side in (selling, buyer):
        assert "The seller assigns the patents" in shown(side, url("sale_contract", sale))
        send(side, url("sale_contract", sale), may_sign="on")
    today = local_date(database_now()).isoformat()
    send(selling, url("sale_file", sale), filed_on=today, filing_number="CNIPA-1")
    send(office, url("sale_register", sale), registered_on=today, registration_number="2026110001", all_shares="on")
    assert make.fresh(sale).state == "transferred"
    for client in (buyer, selling, office):
        assert "2026110001" in shown(client, url("sale_detail", sale))
        assert sale.number in shown(client, reverse("auctions:sale_list"))


def test_a_sale_is_not_there_for_strangers():
    sale = make.knocked_down()
    stranger = browser(accounts.member("owner"))
    for name in ("sale_detail", "sale_confirm", "sale_contract", "sale_file"):
        assert stranger.get(url(name, sale)).status_code == 404
    assert stranger.get(url("sale_notice", sale)).status_code == 404
    assert stranger.get(url("sale_register", sale)).status_code == 403
    assert sale.number not in shown(stranger, reverse("auctions:sale_list"))
    assert browser(make.seller_of(sale)).get(url("sale_confirm", sale)).status_code == 404


def test_an_unticked_signature_is_asked_for_beside_its_field():
    sale = make.knocked_down()
    answer = browser(make.buyer_of(sale)).post(url("sale_confirm", sale), {"sha256": "x"})
    assert answer.status_code == 422
    assert "Tick that you may sign" in answer.content.decode()
    assert make.fresh(sale).state == "sold_provisional"


def test_an_officer_asks_a_second_person_and_answers_objections():
    sale = make.contracted()
    public, office = Client(), browser(accounts.officer())
    assert "¥1,850,000.00" in shown(public, url("sale_notice", sale))
    rival = browser(accounts.member("owner"))
    assert send(rival, url("sale_object", sale), reason="出让方未披露质押") == url("sale_notice", sale)
    objection = SaleObjection.objects.get()
    assert "出让方未披露质押" in shown(office, url("sale_detail", sale))
    send(office, url("sale_dismiss", sale, objection.pk), answer="质押已于成交前解除。")
    assert make.fresh(objection).upheld is False
    page = shown(office, url("sale_ruling", sale, "annul"))
    assert "The buyer gets everything back" in page
    send(office, url("sale_ruling", sale, "annul"), reason="公告有重大遗漏")
    assert Ruling.objects.get().act == "annul"
    assert "A second person decides about this" in shown(office, url("sale_detail", sale))


def test_the_seller_of_an_unsold_lot_sees_the_figures_and_chooses_talks():
    lot = make.unsold_lot()
    seller, firm = browser(make.member_of(lot.seller)), browser(accounts.member("owner"))
    page = shown(seller, url("lot_after", lot))
    assert all(word in page for word in ("Nobody bid.", "List again", "Offer as an open license", "Return to the pool"))
    assert firm.get(url("lot_after", lot)).status_code == 404
    until = (local_date(database_now()) + make.timedelta(days=10)).isoformat()
    send(seller, url("talks_open", lot), until=until)
    send(firm, url("talks_offer", lot), amount="900,000", message="可议")
    assert "¥900,000.00" in shown(firm, url("lot_talks", lot))
    other = browser(accounts.member("owner"))
    assert "¥900,000.00" not in shown(other, url("lot_talks", lot))
    offer = lot.offers.get()
    where = send(seller, url("talks_accept", lot, offer.pk))
    assert "By agreement after the auction" in shown(seller, where)


def test_the_seller_lists_again_converts_or_returns():
    seller = accounts.patentee()
    market.session(market.season("promote"))
    lot = make.unsold_lot(seller=seller)
    client = browser(seller)
    page = client.get(url("lot_relist", lot))
    session = page.context["form"].fields["session"].queryset.get()
    refused = client.post(url("lot_relist", lot), {"session": session.pk, "start": "1"})
    assert (refused.status_code, "960,000.00" in refused.content.decode()) == (422, True)
    assert send(client, url("lot_relist", lot), session=session.pk, start="1,000,000") == url("lot_after", lot)
    other = make.unsold_lot(seller=seller)
    assert send(client, url("lot_convert", other)) == reverse("licenses:declaration_list")
    third = make.unsold_lot(seller=seller)
    send(client, url("lot_return", third))
    assert make.fresh(third).state == "returned_to_pool"


def test_what_waits_stands_in_my_work():
    sale = make.knocked_down()
    address = url("sale_detail", sale)
    assert address in shown(browser(make.buyer_of(sale)), reverse("marketplace:my_work"))
    lot = make.unsold_lot()
    assert url("lot_after", lot) in shown(browser(make.member_of(lot.seller)), reverse("marketplace:my_work"))
