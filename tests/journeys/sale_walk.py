"""After the hammer through the pages: from the confirmation to the registration; a default; an unsold lot."""

import re
from datetime import date

from foundation.core.money import Money
from tests.journeys.bidding_walk import pay
from tests.journeys.browser import Person
from tests.journeys.season_walk import take_up


def confirm(buyer: Person, sale: str) -> None:
    """Read, sign (a missing tick is said), and pay the balance at the bank."""
    take_up(buyer, sale).follow("Read and sign the confirmation").press("Sign the confirmation")
    assert buyer.page.title().startswith(buyer.words("Error:"))
    buyer.fill(may_sign=True).press("Sign the confirmation").follow("Pay the balance")
    pay(buyer)
    buyer.page.wait_for_url(f"**/auctions/sales/{sale}/")


def sign(side: Person, sale: str) -> None:
    """The contract, by one side."""
    take_up(side, sale).follow("Read and sign the contract").fill(may_sign=True).press("Sign the contract")
    assert side.words("You signed the contract.") in side.text()


def file(seller: Person, sale: str, day: date) -> None:
    """The seller records the filing."""
    take_up(seller, sale).follow("Record the filing")
    seller.fill(filed_on=day.isoformat(), filing_number="CNIPA-2026-001").press("Record the filing")


def record(officer: Person, sale: str, day: date) -> None:
    """The officer records what was registered; the money goes out and the sale is complete."""
    take_up(officer, sale).follow("Record the registration")
    officer.fill(registered_on=day.isoformat(), registration_number="2026110001").press("Record the registration")
    assert officer.words("The sale is completed.") in officer.text()


def propose_forfeiture(officer: Person, sale: str) -> None:
    """An officer proposes that the deposit is forfeited and the lot offered to the underbidder."""
    take_up(officer, sale).follow("Forfeit the deposit").press("Ask a second person")
    assert officer.page.title().startswith(officer.words("Error:"))
    officer.fill(then="underbidder", reason="逾期未签署成交确认书。").press("Ask a second person")


def decide(second: Person, sale: str) -> None:
    """A second officer reads the case and approves."""
    second.open("/work/").follow("Reviews", within="body")
    second.page.locator("li.queue-row a").filter(has_text=re.compile(sale)).first.click()
    second.look().press("Claim this case")
    second.page.check("input[name=outcome][value=approve]")
    second.press("Decide and open the next case")


def see_forfeiture(clerk: Person, payment: str, platform: Money, seller: Money) -> None:
    """Finance sees where the deposit went."""
    clerk.open(f"/finance/obligations/{payment}/")
    lines = clerk.page.locator("main table")
    for account, share in (("2031", platform), ("2011", seller)):
        row = lines.locator("tr").filter(has_text=account).filter(has_text=str(share))
        assert row.count() == 1, (account, share, clerk.text())


def decline(asked: Person, sale: str) -> None:
    """The underbidder does not take the offer."""
    take_up(asked, sale).follow("Decline the offer").press("Decline the offer")
    assert asked.words("You declined the offer.") in asked.text()


def convert(seller: Person, lot: str, *, highest: Money, fee: Money) -> None:
    """The seller reads what the bidding showed, and makes the draft of an open license; its fields are filled."""
    take_up(seller, lot)
    for shown in (seller.words("The highest bid did not reach the reserve."), str(highest)):
        assert shown in seller.text()
    seller.follow("Offer as an open license").press("Make the draft")
    assert seller.words("The draft is filled in. Check it and give your promises.") in seller.text()
    seller.page.locator("main table a[href^='/declarations/']").first.click()
    seller.look().page.locator("main a[href$='/price/']").first.click()
    assert seller.look().page.locator("[name=lump_sum]").input_value() == f"{fee.yuan}"
