"""After the hammer in the demo: each step of a sale at its day, by the person whose step it is."""

from datetime import datetime, timedelta

from approvals import queries as reviews
from approvals import services as approvals
from auctions.models import Lot, Ruling, Sale
from auctions.services import confirmations, contracts, defaults, rulings, transfers
from foundation.core import clock
from foundation.core.clock import local_date
from foundation.core.refs import Ref
from local.demo.season import money, people

DAY, HOUR, MINUTE = timedelta(days=1), timedelta(hours=1), timedelta(minutes=1)


def sale_of(lot: Lot) -> Sale:
    """The latest sale of a lot."""
    return Sale.objects.select_related("lot__season", "buyer", "seller", "obligation").filter(lot=lot).latest("pk")


def confirm(lot: Lot, buyer: str, moment: datetime) -> Sale:
    """The buyer signs the confirmation; the deposit counts toward the price."""
    sale = sale_of(lot)
    with clock.at(moment):
        sha256 = confirmations.digest(confirmations.facts_of(sale))
        confirmations.sign(sale=sale, sha256=sha256, actor=people.bidder(buyer))
    return sale_of(lot)


def pay(lot: Lot, buyer: str, moment: datetime) -> Sale:
    """The buyer pays the balance."""
    with clock.at(moment):
        return money.pay_price(sale_of(lot), people.bidder(buyer))


def sign(lot: Lot, *signers: str, moment: datetime) -> Sale:
    """Buyer and seller sign the contract, an hour apart."""
    for n, key in enumerate(signers):
        sale = sale_of(lot)
        member = people.seller(key) if people.owner(key).organization_id == sale.seller_id else people.bidder(key)
        with clock.at(moment + n * HOUR):
            contracts.sign(sale=sale, sha256=confirmations.digest(contracts.contract_facts(sale)), actor=member)
    return sale_of(lot)


def deliver(lot: Lot, seller: str, filed_at: datetime, registered_at: datetime) -> Sale:
    """The transfer is filed and, later, seen registered by an officer: the money is the seller's, the sale done."""
    number = f"{filed_at:%Y%m%d}{lot.pk:04d}"
    with clock.at(filed_at):
        transfers.file(
            sale=sale_of(lot), filed_on=local_date(filed_at), filing_number=f"DEMO-{number}",
            actor=people.seller(seller),
        )  # fmt: skip
    with clock.at(registered_at):
        return transfers.register(
            sale=sale_of(lot), registered_on=local_date(registered_at), registration_number=f"{number}01",
            actor=people.officer(),
        )  # fmt: skip


def default(lot: Lot, proposed_at: datetime, decided_at: datetime) -> None:
    """The winner never confirms: found by the clock, the deposit forfeited by two officers, the underbidder asked."""
    sale = sale_of(lot)
    with clock.at(sale.confirm_by_at + MINUTE):
        defaults.find(sale=sale)
    with clock.at(proposed_at):
        ruling = rulings.propose(
            sale=sale_of(lot), act=Ruling.Act.FORFEIT, then=Ruling.Then.UNDERBIDDER, actor=people.officer(),
            reason="买受人逾期未签署成交确认书，经两次书面催告仍未回复。",
        )  # fmt: skip
    second = people.second()
    with clock.at(decided_at):
        review = approvals.claim(review=reviews.open_review_of(rulings.REVIEW, Ref.of(ruling)), actor=second)
        approvals.decide(review=review, outcome="approve", actor=second)
