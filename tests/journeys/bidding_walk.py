"""Bidders through their pages: found in the catalogue, registered, deposit paid, the room, a bid in two steps."""

from datetime import datetime, timedelta

from playwright.sync_api import expect

from auctions.models import Bid
from foundation.core.clock import LOCAL
from tests.journeys.browser import Person

NOTE_PRICES = """() => {
  window.pricesSeen = {};
  const note = () => {
    const price = document.querySelector("[data-price]")?.textContent;
    if (price && !(price in window.pricesSeen)) window.pricesSeen[price] = Date.now();
  };
  note();
  new MutationObserver(note).observe(document.body, {subtree: true, childList: true, characterData: true});
}"""


def register(firm: Person, number: str) -> None:
    """From the list of lots to the paddle: agreement, check, deposit at the bank's page. Missing ticks are said."""
    firm.open("/auctions/").page.locator(f"main a[href='/auctions/lots/{number}/']").first.click()
    firm.look().follow("Register to bid").press("Continue")
    assert firm.page.title().startswith(firm.words("Error:"))
    firm.fill(accepts_agreement=True).press("Continue")
    firm.fill(may_sign=True).press("Register and go to the payment")
    pay(firm)
    firm.page.wait_for_url("**/auctions/registrations/*/")
    assert firm.words("Your paddle") in firm.look().text()


def pay(person: Person) -> None:
    """On the page of a payment: to the bank and back."""
    person.press("Pay now").press("Pay")


def check(firm: Person, amount: str) -> Person:
    """The first step: how much."""
    return firm.fill(amount=amount).press("Next: check the bid")


def confirm(firm: Person) -> None:
    """The second step. The room says that it was accepted."""
    firm.page.locator("[data-bid-confirm] button").click()
    firm.page.wait_for_url("**?bid=*")
    firm.look()


def receipt(firm: Person) -> bytes:
    """What the bidder keeps of the bid that was just accepted."""
    return firm.download(firm.page.locator("#bid-panel a[href*=receipt]").get_attribute("href") or "")


def go_to_room(person: Person, number: str) -> None:
    """From the list of things to do into the room; its events flow."""
    person.open("/work/").page.locator(f"main a[href*='{number}']").first.click()
    expect(person.look().page.locator("[data-sync].is-live")).to_have_count(1)


def watch(person: Person) -> None:
    """Note from now on, in this browser, when which price is shown."""
    person.page.evaluate(NOTE_PRICES)


def delay(person: Person, bid: Bid, ahead: timedelta) -> float:
    """Seconds from the acceptance of a bid to the moment at which this room showed it by itself."""
    shown = f"¥{bid.amount.fen // 100:,}"
    expect(person.page.locator("[data-price]").first).to_have_text(shown)
    at = person.page.evaluate("price => window.pricesSeen[price]", shown)
    return at / 1000 - (bid.received_at - ahead).timestamp()


def ends(person: Person, moment: datetime) -> None:
    """The room shows this end by itself."""
    expect(person.page.locator("[data-ends]").first).to_contain_text(f"{moment.astimezone(LOCAL):%H:%M:%S}")


def refused(firm: Person, lowest: str) -> None:
    """The first step again: the reason beside the field, and the next valid amount in it."""
    firm.look()
    assert firm.page.title().startswith(firm.words("Error:"))
    assert firm.page.locator("[data-bid-amount]").input_value() == lowest
