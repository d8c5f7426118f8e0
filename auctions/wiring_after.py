"""What follows the hammer: what it answers for, listens to, and how its events read."""

from typing import Any

from django.urls import reverse

from auctions import invariants_after, notices_after, tasks_after, work_after
from auctions.models import Lot, Sale
from auctions.services import balances, claims, papers, relisting, rulings, sales, transfers, unsold, withdrawal_costs
from auctions.services.confirmations import PURPOSE
from foundation import audit
from foundation.core import handlers
from foundation.core.marks import _

SALE_PHRASES = {
    "began": _("Sale {number} of lot {lot} began at {price}"),
    "sign_confirmation": _("The buyer signed the confirmation of sale {number}"),
    "pay_balance": _("The whole price of sale {number} arrived: {amount}"),
    "cure": _("The balance of sale {number} was booked in time after all: {amount}"),
    "reopen": _("The bank took a payment for sale {number} back; the balance is due again"),
    "signed": _("One side signed the contract of sale {number}"),
    "sign_contract": _("Both sides signed the contract of sale {number}"),
    "give_notice": _("The public notice of sale {number} began; it runs until {until}"),
    "notice_ended": _("The public notice of sale {number} ended"),
    "file": _("The transfer was filed on {filed_on}, number {filing_number}"),
    "register": _("The transfer was registered on {registered_on}, number {registration_number}"),
    "release_funds": _("{amount} was released to the seller of sale {number}"),
    "complete": _("Sale {number} was completed"),
    "reminded": _("A reminder of the next step of sale {number} was sent"),
    "default": _("The buyer of sale {number} did not act in time and is in default"),
    "forfeit": _(
        "The deposit of {deposit} was forfeited: {platform} for the platform's costs, {seller} for the seller"
    ),
    "decline": _("The underbidder did not take the offer of sale {number}"),
    "annul": _("Sale {number} was annulled: {reason}"),
    "seller_default": _("The seller of sale {number} was found in default: {reason}"),
    "refund": _("{amount} goes back to the buyer of sale {number}"),
    "objected": _("An objection to sale {number} was raised"),
    "objection_dismissed": _("An objection to sale {number} was dismissed"),
    "objection_upheld": _("An objection to sale {number} was upheld"),
    "claimed": _("Damages of {amount} were claimed after sale {number}"),
    "claim_answered": _("The claim after sale {number} was answered: {amount} agreed"),
    "ruling_proposed": _("An officer asked a second person to decide about sale {number}"),
}
LOT_PHRASES = {
    "complete": _("Lot {number} was sold"),
    "fall_through": _("The sale of lot {number} fell through"),
    "talk": _("After-sale talks about lot {number} were opened"),
    "end_talks": _("The talks about lot {number} ended"),
    "agree": _("Lot {number} was sold by agreement"),
    "relist": _("Lot {number} was listed again in session {session} at {start}"),
    "return_to_pool": _("Lot {number} returned to the pool"),
    "convert": _("Lot {number} became an open license"),
    "cost_charged": _("The seller was asked for the cost of the withdrawn lot: {amount}"),
    "next_round": _("The next round of lot {earlier} was prepared, starting at {start}"),
}
OFFER_PHRASES = {
    "made": _("An offer of {amount} for lot {lot} was made"),
    "declined": _("The offer of {amount} for lot {lot} was not taken"),
}


def obligation_url(obligation: Any) -> str:
    """Where the sale of a price is shown."""
    return reverse("auctions:sale_detail", args=[obligation.ref_number])


def lot_address(obligation: Any) -> str:
    """Where the lot is shown whose withdrawal is charged."""
    return reverse("auctions:lot_detail", args=[obligation.ref_number])


def on_confirmed(event: Any) -> None:
    """The PDF of the confirmation is made after the commit."""
    papers.make_confirmation(sale=Sale.objects.get(pk=event.subject_id))


def on_contract(event: Any) -> None:
    """The PDF of the contract is made after the commit."""
    papers.make_contract(sale=Sale.objects.get(pk=event.subject_id))


def on_released(event: Any) -> None:
    """The price left escrow: the sale is completed."""
    for sale in Sale.objects.filter(obligation=event.subject_id):
        transfers.release_funds(sale=sale)


def on_selected(event: Any) -> None:
    """A next round enters the session that its seller chose."""
    relisting.enter_session(lot=Lot.objects.get(pk=event.subject_id))


def _phrases() -> None:
    for noun, table in (("sale", SALE_PHRASES), ("lot", LOT_PHRASES), ("offer", OFFER_PHRASES)):
        for verb, phrase in table.items():
            audit.phrases.register(f"auctions.{noun}.{verb}", phrase)


def install() -> None:
    """Register everything that follows the hammer."""
    _phrases()
    handlers.register("auctions.sold", sales.begin)
    handlers.register("auctions.unsold", unsold.begin)
    handlers.register(f"obligation.paid:{PURPOSE}", balances.on_price_paid)
    handlers.register(f"obligation.reopened:{PURPOSE}", balances.on_price_reopened)
    handlers.register(f"obligation.may_release:{PURPOSE}", balances.may_release)
    handlers.register(f"obligation.own_fee:{PURPOSE}", balances.own_fee)
    handlers.register(f"obligation.url:{PURPOSE}", obligation_url)
    handlers.register(f"obligation.paid:{withdrawal_costs.PURPOSE}", withdrawal_costs.on_paid)
    handlers.register(f"obligation.own_fee:{withdrawal_costs.PURPOSE}", withdrawal_costs.own_fee)
    handlers.register(f"obligation.url:{withdrawal_costs.PURPOSE}", lot_address)
    handlers.register(f"obligation.url:{claims.PURPOSE}", obligation_url)
    handlers.register(f"income.source:{PURPOSE}", balances.source_of)
    handlers.register(f"review.decided:{rulings.REVIEW}", rulings.decide)
    handlers.register(f"review.facts:{rulings.REVIEW}", work_after.ruling_facts)
    handlers.register("my_work:auctions.after", work_after.items_for)
    handlers.expect("open_license.draft")
    audit.subscriptions.subscribe("auctions.sale.sign_confirmation", "auctions.confirmation_paper", on_confirmed)
    audit.subscriptions.subscribe("auctions.sale.sign_contract", "auctions.contract_paper", on_contract)
    audit.subscriptions.subscribe("settlement.obligation.released", "auctions.complete_sale", on_released)
    audit.subscriptions.subscribe("auctions.lot.select", "auctions.next_round", on_selected)
    notices_after.install()
    invariants_after.install()


__all__ = ["install", "tasks_after"]
