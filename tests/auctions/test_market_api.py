"""Seasons, lots, registrations and sales over HTTP: what everybody reads, and whose acts they are."""

from datetime import timedelta

import pytest
from rest_framework.test import APIClient

from auctions import agreement, protocol
from auctions.models import Lot
from foundation.core.clock import database_now, local_date
from foundation.core.money import Money
from tests.factories import accounts, bidders
from tests.factories import auction_floor as floor
from tests.factories import auction_sales as sales
from tests.factories.patents import make_patent
from tests.settlement.calling import Caller, refused, wrong_fields

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def no_second_factor(settings):
    settings.KAIXU_SECOND_FACTOR_REQUIRED = False


def visitor(path, **query):
    answer = APIClient(headers={"accept-language": "en"}).get(f"/api/v1/{path}", query)
    assert answer.status_code == 200, answer.content
    return answer.json()


def numbers(**query):
    return [row["number"] for row in visitor("lots/", **query)["results"]]


def test_the_catalogue_is_asked_by_its_words_and_counts_its_rows(django_assert_num_queries):
    at = floor.session()
    first, second = floor.live_lot(at), floor.announced_lot(at, start=Money(200_000_00))
    hidden = floor.selected_lot(at)
    patent = make_patent(first.seller, main_ipc_subclass="H01M")
    first.items.create(patent=patent)
    season = at.season.code
    with django_assert_num_queries(4):  # count, rows, their items, the patents of those
        shown = visitor("lots/", season=season)
    assert (shown["count"], [row["number"] for row in shown["results"]]) == (2, [first.number, second.number])
    assert numbers(season=season, state="live") == numbers(season=season, ipc="H01") == [first.number]
    assert numbers(season=season, low="150000") == numbers(number=second.number) == [second.number]
    assert numbers(season=season, kind=patent.kind) == numbers(q=first.number) == [first.number]
    assert numbers(season=season, order="dearest") == [second.number, first.number]
    assert numbers(season=season, order="soonest", page_size=1) == [first.number]
    assert hidden.number not in str(visitor("lots/"))
    assert Caller(accounts.officer()).get(f"auction-seasons/{season}/").json()["lots"] == 2  # still a draft
    one = visitor(f"lots/{first.number}/")
    assert (one["patents"], one["next_amount"], one["start_price"]) == ([patent.number], "100000.00", "100000.00")


def test_a_lot_is_watched_its_record_is_that_of_the_file_and_questions_name_nobody():
    sale = sales.knocked_down(underbid=sales.UNDERBID)
    lot = Lot.objects.get(pk=sale.lot_id)
    now = visitor(f"lots/{lot.number}/live/")
    assert (now["seq"], now["price"], now["is_closed"], now["next_amount"], now["own"]) == (
        2, "1850000.00", True, None, None,
    )  # fmt: skip
    shown = visitor(f"lots/{lot.number}/")
    assert (shown["result"]["outcome"], shown["result"]["price"]) == ("sold", "1850000.00")
    assert visitor(f"lots/{lot.number}/record/") == protocol.record(lot)
    assert visitor(f"lots/{lot.number}/bids/")["results"][0]["hash"] == shown["result"]["head_hash"]

    lot, asker = bidders.open_lot(), accounts.member("licensing_user")
    asked = Caller(asker).done(f"lots/{lot.number}/questions/", {"text": "有试验数据吗？"})
    seller = Caller(sales.member_of(lot.seller, "ip_manager"))
    assert refused(seller.post(f"lots/{lot.number}/questions/", {"text": "x"}))[0] == 403
    answered = seller.done(f"lots/{lot.number}/questions/{asked['id']}/answers/", {"text": "有。"})
    assert (answered["text"], answered["answer"]) == ("有试验数据吗？", "有。")
    assert asker.organization.public_id not in str(visitor(f"lots/{lot.number}/questions/"))


def test_a_party_registers_pays_gets_a_paddle_and_may_go_before_the_start():
    lot, actor = bidders.open_lot(), accounts.member("bidder")
    me, path = Caller(actor), f"lots/{lot.number}/registrations/"
    sha256 = Caller(accounts.officer()).get(f"auction-seasons/{lot.season.code}/").json()["agreement_sha256"]
    assert sha256 == agreement.sha256_of(lot.season)
    body = {"agreement_sha256": sha256, "accepts_agreement": True, "may_sign": True}
    assert wrong_fields(me.post(path, body | {"accepts_agreement": False})) == {"accepts_agreement"}
    assert refused(me.post(path, body | {"agreement_sha256": "0" * 64})) == (409, "agreement_changed")
    answers = [me.post(path, body, key="r1") for _n in range(2)]
    assert answers[0].status_code == 201 and answers[0].json() == answers[1].json()
    made = answers[0].json()
    assert (made["state"], made["deposit"], made["paddle"]) == ("deposit_pending", "120000.00", "")
    here = f"auction-registrations/{made['id']}/"
    bidders.pay_deposit(lot.registrations.get())
    assert len(me.get(here).json()["paddle"]) == 4
    others = [accounts.member("bidder"), sales.member_of(lot.seller), accounts.officer()]
    assert [Caller(one).get(here).status_code for one in others] == [404, 404, 404]
    assert me.done(f"{here}withdrawals/")["state"] == "withdrawn"


def test_an_officer_pauses_goes_on_and_calls_off():
    lot, officer = floor.live_lot(), Caller(accounts.officer())
    path = f"lots/{lot.number}/"
    assert refused(Caller(accounts.member("bidder")).post(f"{path}pauses/", {"reason": "x"}))[0] == 403
    assert wrong_fields(officer.post(f"{path}pauses/")) == {"reason"}
    assert officer.done(f"{path}pauses/", {"reason": "异常报价。"})["state"] == "paused"
    assert visitor(f"{path}live/")["is_paused"] is True
    assert officer.done(f"{path}resumptions/")["state"] == "live"
    officer.done(f"{path}pauses/", {"reason": "异常报价。"})
    assert officer.done(f"{path}call-offs/", {"reason": "权属争议。"})["state"] == "withdrawn"
    assert refused(officer.post(f"{path}resumptions/")) == (409, "not_possible_now")


def test_a_sale_is_confirmed_signed_and_filed_by_its_sides():
    sale = sales.knocked_down()
    buyer, seller, path = Caller(sales.buyer_of(sale)), Caller(sales.seller_of(sale)), f"auction-sales/{sale.number}/"
    shown = buyer.get(path).json()
    assert (shown["state"], shown["price"]) == ("sold_provisional", "1850000.00")
    sign = {"sha256": shown["to_sign"]["sha256"], "may_sign": True}
    assert wrong_fields(buyer.post(f"{path}confirmations/", sign | {"may_sign": False})) == {"may_sign"}
    assert refused(buyer.post(f"{path}confirmations/", sign | {"sha256": "0" * 64})) == (409, "text_changed")
    assert refused(buyer.post(f"{path}refusals/")) == (409, "not_an_offer")
    assert seller.post(f"{path}confirmations/", sign).status_code == 404
    assert buyer.done(f"{path}confirmations/", sign)["state"] == "confirmation_signed"
    sale = sales.paid(sales.fresh(sale))
    sign = {"sha256": seller.get(path).json()["to_sign"]["sha256"], "may_sign": True}
    assert seller.done(f"{path}signatures/", sign)["seller_signed_at"]
    assert buyer.done(f"{path}signatures/", sign)["state"] == "public_notice"
    filing = {"filed_on": local_date(database_now()).isoformat(), "filing_number": "CNIPA-1"}
    assert refused(seller.post(f"{path}filings/", filing))[0] == 409
    assert Caller(accounts.member("owner")).get(path).status_code == 404
    assert len(buyer.rows("auction-sales/", state="public_notice")) == 1


def test_an_unsold_lot_goes_into_talks_and_an_offer_is_taken():
    lot = sales.unsold_lot()
    seller, path = Caller(sales.member_of(lot.seller)), f"lots/{lot.number}/"
    until = (local_date(database_now()) + timedelta(days=30)).isoformat()
    assert seller.done(f"{path}talks/", {"until": until})["state"] == "after_sale_talks"
    party = Caller(accounts.member("owner"))
    assert wrong_fields(party.post(f"{path}offers/", {"amount": "0"})) == {"amount"}
    offer = party.done(f"{path}offers/", {"amount": "900000"})
    assert refused(seller.post(f"{path}offers/", {"amount": "1"}))[0] == 403
    assert Caller(accounts.member("owner")).rows(f"{path}offers/") == []
    assert seller.done(f"{path}offers/{offer['id']}/acceptances/")["price"] == "900000.00"
