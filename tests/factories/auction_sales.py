"""Sales after the hammer: lots whose bidding is decided, and the steps that follow, made through the services."""

import itertools
from datetime import timedelta

from approvals import queries as reviews
from approvals import services as approvals
from auctions.lifecycle_parties import SaleState
from auctions.models import Lot, LotPatent, Registration, Ruling, Sale
from auctions.reserve import seal
from auctions.services import (
    bids,
    burdens,
    closing,
    confirmations,
    contracts,
    objections,
    opening,
    rulings,
    transfers,
)
from foundation.core import clock
from foundation.core.actors import SYSTEM
from foundation.core.clock import database_now, local_date
from foundation.core.money import Money
from foundation.core.refs import Ref
from settlement import services as settlement
from settlement.models import Obligation
from tests.factories import accounts, auction_floor, bidders
from tests.factories.money import transfer
from tests.factories.patents import make_patent

PRICE, UNDERBID = Money(1_850_000_00), Money(1_800_000_00)
serial = itertools.count(1)
__all__ = ["seal"]


def lot_on_patent(
    seller=None, *, patents=None, bidding=(), subject="assignment", **fields
) -> tuple[Lot, list[Registration]]:
    """A lot on its patents (one of the seller's where none is named) whose bidding of one day ended a moment ago.

    ``bidding``: (organization or None, amount) in the order of the bids, each by a bidder of its own.
    """
    seller = seller or accounts.patentee()
    with clock.at(database_now() - timedelta(days=1, hours=1, seconds=1)):
        lot = bidders.open_lot(seller=seller, starts_in=timedelta(hours=1), **fields)
        auction_floor.change(lot.floor, max_steps=None)
        Lot.objects.filter(pk=lot.pk).update(subject=subject)
        lot.subject = subject
        for place, patent in enumerate(patents or [make_patent(seller.organization)], start=1):
            LotPatent.objects.create(lot=lot, patent=patent, position=place)
        burdens.place(lot, actor=SYSTEM)
        parties = [bidders.admitted(lot, member_of(who) if who else None) for who, _amount in bidding]
    with clock.at(lot.floor.opens_at + timedelta(minutes=1)):
        opening.go_live(lot=lot)
        for registration, (_who, amount) in zip(parties, bidding, strict=True):
            bid(lot, registration, amount)
    return lot, parties


def bid(lot: Lot, registration: Registration, amount: Money) -> None:
    """A bid through the engine."""
    actor = member_of(registration.organization)
    bids.place_bid(registration=registration, amount=amount, key=f"k{next(serial)}", actor=actor)


def decided(lot: Lot) -> Lot:
    """The closing looked just now."""
    closing.close_lot(lot=lot)
    return Lot.objects.get(pk=lot.pk)


def knocked_down(*, price=PRICE, underbid=None, seller=None, **fields) -> Sale:
    """A provisional sale at 1,850,000.00, deposit 120,000.00; with an underbidder where an amount is given."""
    amounts = [price] if underbid is None else [underbid, price]
    lot, _parties = lot_on_patent(seller, bidding=[(None, amount) for amount in amounts], **fields)
    return Sale.objects.get(lot=decided(lot))


def unsold_lot(*, seller=None, **fields) -> Lot:
    """A lot nobody bid on."""
    lot, _parties = lot_on_patent(seller, **fields)
    return decided(lot)


def member_of(organization, role="owner"):
    """Somebody who may act for a party."""
    found = organization.memberships.filter(role=role).first()
    return found or accounts.member(role, organization=organization)


def buyer_of(sale: Sale):
    return member_of(sale.buyer)


def seller_of(sale: Sale):
    return member_of(sale.seller)


def fresh(row):
    return type(row).objects.get(pk=row.pk)


def confirmed(sale=None) -> Sale:
    """The buyer signed the confirmation."""
    sale = sale or knocked_down()
    sha256 = confirmations.digest(confirmations.facts_of(sale))
    confirmations.sign(sale=sale, sha256=sha256, actor=buyer_of(sale))
    return fresh(sale)


def arrives(obligation: Obligation, amount: Money, *, at=None):
    """A bank transfer that finance assigns to a price."""
    payment = transfer(amount, paid_at=at)
    settlement.allocate(
        payment=payment, obligation=obligation, amount=amount, actor=SYSTEM, key=f"arrives:{payment.pk}"
    )
    return payment


def paid(sale=None) -> Sale:
    """The balance arrived."""
    sale = confirmed(sale) if sale is None or sale.state == SaleState.PROVISIONAL else sale
    arrives(sale.obligation, sale.obligation.left)
    return fresh(sale)


def contracted(sale=None) -> Sale:
    """Both signed the contract; a state seller's public notice runs."""
    sale = sale if sale is not None and sale.state == SaleState.BALANCE_PAID else paid(sale)
    sha256 = confirmations.digest(contracts.contract_facts(sale))
    contracts.sign(sale=sale, sha256=sha256, actor=seller_of(sale))
    contracts.sign(sale=fresh(sale), sha256=sha256, actor=buyer_of(sale))
    return fresh(sale)


def filed(sale: Sale) -> Sale:
    """The seller filed the transfer today."""
    today = local_date(database_now())
    return transfers.file(sale=sale, filed_on=today, filing_number="CNIPA-2026-001", actor=seller_of(sale))


def registered(sale: Sale, *, officer=None, **fields) -> Sale:
    """An officer recorded the registration of today."""
    today = local_date(database_now())
    return transfers.register(
        sale=sale, registered_on=today, registration_number="2026110001", actor=officer or accounts.officer(), **fields
    )


def objected(sale: Sale, actor=None):
    """Somebody objects."""
    return objections.raise_objection(sale=sale, reason="标的描述严重失实", actor=actor or accounts.member("owner"))


def ruled(sale: Sale, act: str, *, outcome="approve", then=Ruling.Then.UNSOLD, objection=None) -> Ruling:
    """One officer proposes, another one decides."""
    ruling = rulings.propose(
        sale=sale, act=act, then=then, reason="逾期未付清余款", objection=objection, actor=accounts.officer()
    )
    second = accounts.officer()
    review = approvals.claim(review=reviews.open_review_of(rulings.REVIEW, Ref.of(ruling)), actor=second)
    given = {} if outcome == "approve" else {"reasons": ["R99"], "text": "理由不足"}
    approvals.decide(review=review, outcome=outcome, actor=second, **given)
    return fresh(ruling)
