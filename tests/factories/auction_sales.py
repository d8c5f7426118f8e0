"""Sales after the hammer: lots whose bidding is decided, and the steps that follow, made through the services."""

from datetime import timedelta

from approvals import queries as reviews
from approvals import services as approvals
from auctions.lifecycle_parties import SaleState
from auctions.models import Bid, Lot, LotPatent, Registration, Result, Ruling, Sale
from auctions.services import burdens, confirmations, contracts, objections, rulings, transfers
from foundation import audit
from foundation.core import handlers
from foundation.core.actors import CLOCK, SYSTEM
from foundation.core.clock import database_now, local_date
from foundation.core.money import Money
from foundation.core.refs import Ref
from settlement import services as settlement
from settlement.models import Obligation
from tests.factories import accounts, bidders
from tests.factories.money import transfer
from tests.factories.patents import make_patent

PRICE, UNDERBID = Money(1_850_000_00), Money(1_800_000_00)
__all__ = ["objections", "timedelta"]


def lot_on_patent(seller=None, *, patents=None, **fields) -> Lot:
    """An open lot that lies on its patents (one of the seller's where none is named)."""
    seller = seller or accounts.patentee()
    lot = bidders.open_lot(seller=seller, **fields)
    for place, patent in enumerate(patents or [make_patent(seller.organization)], start=1):
        LotPatent.objects.create(lot=lot, patent=patent, position=place)
    burdens.place(lot, actor=SYSTEM)
    return lot


def _bid(lot: Lot, registration: Registration, amount: Money, seq: int) -> Bid:
    now = database_now()
    return Bid.objects.create(
        lot=lot, registration=registration, seq=seq, paddle=registration.paddle, amount_fen=amount.fen, received_at=now,
        ends_at=now + timedelta(minutes=5), user_id=registration.registered_by_id, key=f"k{seq}", hash=f"{seq:064d}",
    )  # fmt: skip


def decide(lot: Lot, bids=(), *, outcome="") -> Result:
    """End the bidding as the closing does: the result, the lot, the registrations, the handlers. Bids are (who, amount)."""
    made = [_bid(lot, who, amount, seq) for seq, (who, amount) in enumerate(bids, start=1)]
    audit.advance(lot, "go_live", actor=CLOCK)
    now, sold = database_now(), bool(made) and not outcome
    result = Result.objects.create(
        lot=lot,
        outcome="sold" if sold else outcome or "no_bid",
        winning_bid=made[-1] if sold else None,
        price_fen=made[-1].amount_fen if made else None,
        bids=len(made),
        bidders=len({bid.registration_id for bid in made}),
        extensions=0,
        ended_at=now,
        decided_at=now,
    )
    audit.advance(lot, "knock_down" if sold else "fail", actor=CLOCK, parties=[lot.seller_id], visibility="public")
    for registration in lot.registrations.filter(state="admitted"):
        won = sold and registration.pk == made[-1].registration_id
        audit.advance(registration, "win" if won else "lose", actor=SYSTEM, parties=[registration.organization_id])
    handlers.call("auctions.sold" if sold else "auctions.unsold", lot=lot, result=result)
    return result


def knocked_down(lot=None, *, price=PRICE, underbid=UNDERBID, buyer=None) -> Sale:
    """A provisional sale at 1,850,000.00 with an underbidder at 1,800,000.00, deposits of 120,000.00 each."""
    lot = lot or lot_on_patent()
    winner, second = bidders.admitted(lot, buyer), bidders.admitted(lot)
    decide(lot, [(second, underbid), (winner, price)])
    return Sale.objects.get(lot=lot)


def unsold_lot(lot=None, **facts) -> Lot:
    """A lot nobody bid on."""
    lot = lot or lot_on_patent()
    decide(lot, **facts)
    return Lot.objects.get(pk=lot.pk)


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
    sale = paid(sale)
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
