"""Auctions through the pages only, by people of both languages on both widths; days pass by the clock of the tests."""

import json
import os
from datetime import timedelta

import pytest
from django.core.management import call_command
from playwright.sync_api import expect

from auctions import clock_sales
from auctions.lifecycle_parties import RegistrationState, SaleState
from auctions.models import Lot, Sale
from auctions.services import converting, defaults
from foundation.core.clock import database_now, local_date
from tests.factories import accounts
from tests.factories.patents import make_patent
from tests.harness import eventually
from tests.journeys import bidding_walk as bidding
from tests.journeys import sale_walk as sales
from tests.journeys import season_walk as seasons
from tests.journeys.browser import Person
from tests.journeys.sittings import START, STEP, sitting
from tests.journeys.stage import Stage, scenery, stage
from tests.journeys.wall_clock import WallClock

__all__ = ["scenery", "stage"]
pytestmark = pytest.mark.browser
CHINESE, ENGLISH = ("zh-hans", 1280), ("en", 360)
ROUNDS = [(CHINESE, ENGLISH)] + ([(ENGLISH, CHINESE)] if os.environ.get("KAIXU_LONG") else [])
CODES = {CHINESE: "2026S1", ENGLISH: "2026S2"}
FRESH = 2.5  # seconds after which both rooms show a bid
AT_ONCE = 60  # seconds in which a deposit goes back


@pytest.fixture(scope="module")
def wall(stage: Stage, owner_url: str) -> WallClock:
    return WallClock(owner_url)


@pytest.fixture
def enter(stage: Stage):
    """A window for a member; a page that one of them looked at closely need not be looked at again."""
    people: list[Person] = []
    seen: dict[str, set[str]] = {}

    def window(member, look=CHINESE) -> Person:
        language, width = look
        person = stage.enter(member, language=language, width=width, seen=seen.setdefault(language, set()))
        people.append(person)
        return person

    yield window
    for person in people:
        person.context.close()


@pytest.mark.parametrize("looks", ROUNDS, ids=lambda looks: f"office-{looks[0][0]}")
def test_a_season_from_the_draft_to_the_last_page(wall, enter, tmp_path, looks):
    office, market = looks
    university = accounts.UniversityFactory(name="江南测试大学", name_en="Jiangnan Test University")
    officer, seller = (
        enter(member, office) for member in (accounts.officer(), accounts.patentee(organization=university))
    )
    firm = enter(accounts.member("bidder"), market)
    code = CODES[office]
    seasons.found(officer, code, local_date(database_now()) + timedelta(days=10))
    seasons.propose(seller, make_patent(university).number)
    seasons.select(officer)
    seasons.publish(officer, code)
    lot = Lot.objects.select_related("floor").get(season__code=code)
    bidding.register(firm, lot.number)
    wall.until(lot.floor.opens_at + timedelta(minutes=1))
    firm.follow("Go to the room")
    bidding.confirm(bidding.check(firm, "640000"))
    receipt = bidding.receipt(firm)
    wall.until(lot.floor.ends_at + timedelta(seconds=1))
    sale = eventually(lambda: Sale.objects.filter(lot=lot).first())
    completed(sale, wall, officer, seller, firm)
    seasons.lead(seasons.desk(officer, code), *seasons.TO_THE_END)
    public_record(firm, lot.number, receipt, tmp_path)


def completed(sale: Sale, wall: WallClock, officer: Person, seller: Person, firm: Person) -> None:
    """From the hammer to the money: everybody finds the own step in the list of things to do."""
    sales.confirm(firm, sale.number)
    sales.sign(firm, sale.number)
    sales.sign(seller, sale.number)
    sale.refresh_from_db()
    wall.until(sale.notice_until_at + timedelta(minutes=1))
    today = local_date(database_now())
    sales.file(seller, sale.number, today)
    sales.record(officer, sale.number, today)


def public_record(visitor: Person, number: str, receipt: bytes, folder) -> None:
    """The replay, and the record that anybody checks; a record with another amount is found out."""
    visitor.open(f"/auctions/lots/{number}/").follow("Replay of the bidding").follow("Opening").follow("Next bid")
    record = json.loads(
        visitor.download(visitor.page.locator("main a[href$='record.json']").get_attribute("href") or "")
    )
    kept, genuine, forged = folder / "receipt.json", folder / "record.json", folder / "forged.json"
    kept.write_bytes(receipt)
    genuine.write_text(json.dumps(record))
    record["bids"][0]["amount_fen"] += 1
    forged.write_text(json.dumps(record))
    call_command("verify_auction", str(genuine), receipt=[str(kept)])
    with pytest.raises(SystemExit) as ended:
        call_command("verify_auction", str(forged), receipt=[str(kept)])
    assert ended.value.code == 1


def test_late_bids_in_two_browsers_at_once(wall, enter):
    held = sitting()
    number, planned = held.lot.number, held.lot.floor.ends_at
    first, second = (enter(member, look) for member, look in zip(held.bidders, (CHINESE, ENGLISH), strict=True))
    wall.until(planned - timedelta(minutes=20))
    for person in (first, second):
        bidding.go_to_room(person, number)
    bidding.watch(second)
    bidding.confirm(bidding.check(first, "600000"))
    assert bidding.delay(second, held.lot.bids.get(seq=1), wall.ahead) < FRESH
    bidding.check(second, "600000")
    bidding.refused(second, "610,000")
    wall.until(planned - timedelta(minutes=2))
    bidding.watch(first)
    bidding.confirm(second.press("Next: check the bid"))
    assert bidding.delay(first, held.lot.bids.get(seq=2), wall.ahead) < FRESH
    held.lot.floor.refresh_from_db()
    assert held.lot.floor.ends_at > planned
    for person in (first, second):
        bidding.ends(person, held.lot.floor.ends_at)
    first.page.reload()
    elsewhere = enter(held.bidders[0], ENGLISH)
    bidding.go_to_room(elsewhere, number)
    for person in (first, elsewhere):
        assert person.words("You have been outbid") in person.look().text()
        bidding.ends(person, held.lot.floor.ends_at)
    held.end(wall)
    assert_over(held, loser=first, winner=second)
    assert number in first.text()


def assert_over(held, *, loser: Person, winner: Person) -> None:
    """Both rooms say so by themselves; the loser's deposit is back."""
    for person in (loser, winner):
        expect(person.page.locator("#room-live")).to_have_attribute("data-phase", "ended")
        expect(person.page.locator("#room-state")).not_to_have_text(person.words("Bidding now"))
    lost = held.lot.registrations.get(organization=held.bidders[0].organization)
    eventually(lambda: type(lost).objects.get(pk=lost.pk).state == RegistrationState.DEPOSIT_RELEASED, seconds=AT_ONCE)
    loser.follow("My registration")
    assert loser.words("The deposit went back to the account it came from.") in loser.text()


def test_a_winner_in_default_loses_the_deposit_and_the_underbidder_is_asked(wall, enter):
    held = sitting()
    under, winner = held.bidders
    held.begin(wall)
    for member, amount in ((under, START), (winner, START + STEP)):
        held.bid(member, amount)
    held.end(wall)
    sale = held.sale
    wall.until(sale.confirm_by_at + timedelta(minutes=1))
    clock_sales.look_at_sales()  # what beat says every twenty seconds
    officer, second = enter(accounts.officer()), enter(accounts.officer())
    sales.propose_forfeiture(officer, sale.number)
    sales.decide(second, sale.number)
    sale.refresh_from_db()
    assert sale.state == SaleState.DEPOSIT_FORFEITED
    deposit = held.lot.registrations.get(organization=winner.organization).obligation
    shares = defaults.shares_of(sale, deposit.amount)
    sales.see_forfeiture(enter(accounts.finance()), deposit.number, *shares)
    asked = enter(under, ENGLISH)
    sales.decline(asked, held.sale.number)
    again = held.next_round()
    barred = enter(winner, ENGLISH)
    barred.open(f"/auctions/lots/{again.number}/").follow("Register to bid").fill(accepts_agreement=True)
    barred.press("Continue").fill(may_sign=True).press("Register and go to the payment")
    assert barred.page.title().startswith(barred.words("Error:"))


def test_an_unsold_lot_becomes_an_open_license(wall, enter):
    held = sitting(count=1, reserve=START + STEP + STEP)
    held.begin(wall)
    held.bid(held.bidders[0], START + STEP)
    held.end(wall)
    seller = enter(held.seller, ENGLISH)
    sales.convert(seller, held.lot.number, highest=START + STEP, fee=converting.suggested_fee(held.lot))
