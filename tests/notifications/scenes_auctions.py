"""Subjects of what people are told about auctions, in the states in which they are told."""

from datetime import timedelta

from auctions.services import talks
from foundation.core import clock
from foundation.core.clock import database_now, local_date
from foundation.core.money import Money
from tests.factories import accounts as people
from tests.factories import auction_sales, auctions, bidders

WEEK = timedelta(days=7)
UNSOLD = ("fail", "fall_through", "end_talks", "return_to_pool")  # told with what the bidding showed
UNDERBID, PRICE = Money(1_800_000_00), Money(1_850_000_00)


def kind_of(event_name: str) -> str:
    """What an event of auctions is about: events about lots are told in different states of theirs."""
    kind, _dot, verb = event_name.rpartition(".")
    return "auctions.lot.unsold" if kind == "auctions.lot" and verb in UNSOLD else kind


def lots():
    """An announced lot with a holder of a first right and an admitted bidder."""
    holder = people.member("owner")
    lot = auctions.announced_lot(holders=[{"organization": holder}])
    bidders.admitted(lot)
    return [(lot, {"holder": lot.priority_holders.get().pk})]


def unsold():
    """A lot nobody bid on."""
    return [(auction_sales.unsold_lot(), {})]


def bids():
    """A lot on which somebody was outbid after leading for two minutes."""
    lot, (first,) = auction_sales.lot_on_patent(bidding=[(None, UNDERBID)])
    with clock.at(first.lot.floor.opens_at - timedelta(minutes=1)):
        second = bidders.admitted(lot)
    with clock.at(lot.bids.get(seq=1).received_at + timedelta(minutes=2)):
        auction_sales.bid(lot, second, PRICE)
    return [(lot, {"seq": 2})]


def registrations():
    """A bidder with a paddle."""
    made = bidders.admitted()
    return [(made, {"lot": made.lot.number})]


def sales():
    """A provisional sale."""
    return [(auction_sales.knocked_down(), {})]


def offers():
    """An offer in the talks about an unsold lot."""
    lot = auction_sales.unsold_lot()
    until = local_date(database_now() + WEEK)
    lot = talks.open_talks(lot=lot, until=until, actor=auction_sales.member_of(lot.seller))
    with clock.at(database_now()):
        offer = talks.make_offer(lot=lot, amount=Money(900_000_00), actor=people.member("owner"))
    return [(offer, {"lot": lot.number})]


MADE = {
    "auctions.lot": lots,
    "auctions.lot.unsold": unsold,
    "auctions.bid": bids,
    "auctions.registration": registrations,
    "auctions.sale": sales,
    "auctions.offer": offers,
}
