"""Who is told about sales, unsold lots and talks."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.urls import reverse

from accounts import queries as accounts
from auctions.models import Lot, Offer, Sale
from foundation.core.marks import _
from notifications import notices

BUYER, SELLER, BOTH = ("buyer",), ("seller",), ("buyer", "seller")
CAPABILITY = {"buyer": "bid", "seller": "declare"}
WHY = {"buyer": _("Your organization buys in this sale."), "seller": _("Your organization sells in this sale.")}
WHY_OFFICER = _("You conduct the auction season.")
WHY_OFFER = _("Your organization made an offer.")
# event, who is told ("officers" too), the subject of the message
SALES = [
    ("began", BOTH, _("Sale {number} of lot {lot}: please confirm")),
    ("sign_confirmation", SELLER, _("The buyer confirmed sale {number}")),
    ("pay_balance", BOTH, _("Sale {number} is paid in full: sign the contract")),
    ("cure", BOTH, _("The balance of sale {number} was booked in time: the sale goes on")),
    ("reopen", BUYER, _("The bank took back a payment for sale {number}")),
    ("signed", BOTH, _("One side signed the contract of sale {number}")),
    ("sign_contract", BOTH, _("The contract of sale {number} is signed")),
    ("give_notice", BOTH, _("The public notice of sale {number} runs until {until}")),
    ("notice_ended", BOTH, _("The public notice of sale {number} is over: the transfer can be filed")),
    ("file", (*BUYER, "officers"), _("The transfer of sale {number} was filed")),
    ("register", BOTH, _("The transfer of sale {number} is registered")),
    ("complete", BOTH, _("Sale {number} is completed")),
    ("reminded", BOTH, _("Sale {number}: the next step is due by {due}")),
    ("default", (*BOTH, "officers"), _("The buyer of sale {number} is in default")),
    ("forfeit", BOTH, _("The deposit of sale {number} was forfeited: {deposit}")),
    ("decline", (*SELLER, "officers"), _("The underbidder did not take lot {lot}")),
    ("annul", BOTH, _("Sale {number} was annulled")),
    ("seller_default", BOTH, _("The seller of sale {number} is in default")),
    ("refund", BUYER, _("Your money for sale {number} goes back: {amount}")),
    ("claimed", BOTH, _("Damages were claimed after sale {number}: {amount}")),
    ("claim_answered", BOTH, _("The claim after sale {number} was answered: {amount} agreed")),
    ("objected", (*BOTH, "officers"), _("An objection to sale {number} was raised")),
    ("objection_dismissed", BOTH, _("The objection to sale {number} was dismissed")),
    ("objection_upheld", BOTH, _("The objection to sale {number} was upheld")),
]
LOTS = [
    ("fail", _("Lot {number} was not sold: see what the bidding showed")),
    ("fall_through", _("The sale of lot {number} fell through: choose how to go on")),
    ("end_talks", _("The talks about lot {number} are over")),
    ("return_to_pool", _("Lot {number} returned to the pool")),
]


def members(organization: Any, side: str, why: str = "") -> Iterator[tuple[int, str]]:
    """Whoever deals with sales on one side."""
    for membership in accounts.members_of(organization, CAPABILITY[side]):
        yield membership.user_id, why or WHY[side]


def officers() -> Iterator[tuple[int, str]]:
    """The officers of the province."""
    for membership in accounts.with_role("provincial_officer"):
        yield membership.user_id, WHY_OFFICER


def _to(sides: Iterable[str]):
    def recipients(event: Any) -> Iterator[tuple[int, str]]:
        sale = Sale.objects.select_related("buyer", "seller").get(pk=event.subject_id)
        for side in sides:
            yield from officers() if side == "officers" else members(getattr(sale, side), side)

    return recipients


def _to_seller_of_lot(event: Any) -> Iterator[tuple[int, str]]:
    yield from members(Lot.objects.select_related("seller").get(pk=event.subject_id).seller, "seller")


def _to_seller_of_offer(event: Any) -> Iterator[tuple[int, str]]:
    yield from members(Offer.objects.select_related("lot__seller").get(pk=event.subject_id).lot.seller, "seller")


def _to_offerer(event: Any) -> Iterator[tuple[int, str]]:
    party = Offer.objects.select_related("organization").get(pk=event.subject_id).organization
    yield from members(party, "buyer", WHY_OFFER)


def sale_url(event: Any) -> str:
    """The page of the sale."""
    return reverse("auctions:sale_detail", args=[event.subject_number])


def lot_url(event: Any) -> str:
    """What the bidding showed, and the ways to go on."""
    return reverse("auctions:lot_after", args=[event.subject_number])


def talks_url(event: Any) -> str:
    """The talks about the lot."""
    return reverse("auctions:lot_talks", args=[event.data["facts"]["lot"]])


def install() -> None:
    """Register every row."""
    template = "notices/auctions/sale.txt"
    for verb, sides, subject in SALES:
        notices.register(
            f"auctions.sale.{verb}", recipients=_to(sides), subject=subject, template=template, url=sale_url
        )
    for verb, subject in LOTS:
        notices.register(
            f"auctions.lot.{verb}", recipients=_to_seller_of_lot, subject=subject, template=template, url=lot_url
        )
    made = _("An offer of {amount} for lot {lot} arrived")
    declined = _("Your offer for lot {lot} was not taken")
    notices.register(
        "auctions.offer.made", recipients=_to_seller_of_offer, subject=made, template=template, url=talks_url
    )
    notices.register(
        "auctions.offer.declined", recipients=_to_offerer, subject=declined, template=template, url=talks_url
    )
