"""What a withdrawn lot costs its seller (Auction Law Art. 29): a rate of the start price, to the platform."""

from datetime import date
from typing import Any

from auctions.models import Lot, Season
from auctions.services.deposits import administration
from foundation import audit
from foundation.core.actors import SYSTEM
from foundation.core.clock import database_now
from foundation.core.money import Money, at_rate_bp
from foundation.core.refs import Ref
from foundation.core.workdays import deadline_in_workdays
from settlement import services as settlement
from settlement import tax
from settlement.models import Obligation
from settlement.models.tax import TaxKind

PURPOSE = "auction.withdrawal_cost"
DAYS = 10  # working days to pay


def cost_of(lot: Lot, season: Season) -> Money:
    """VAT included, half up to the fen."""
    return at_rate_bp(lot.start, season.withdrawal_cost_bp)


def charge(*, lot: Lot) -> Obligation | None:
    """Ask the seller for the cost, once a lot; None where the season takes none. In the withdrawal's transaction."""
    amount = cost_of(lot, lot.season)
    if not amount:
        return None
    now = database_now()
    owed = settlement.open_obligation(
        purpose=PURPOSE,
        ref=Ref.of(lot),
        debtor=lot.seller,
        creditor=administration(),
        amount=amount,
        due_at=deadline_in_workdays(now, DAYS),
        key=f"{PURPOSE}:{lot.pk}",
        label=f"{lot.number} {lot.title_zh_hans}",
        actor=SYSTEM,
    )
    facts = {"amount": amount, "obligation": owed.number}
    audit.record("auctions.lot.cost_charged", subject=lot, actor=SYSTEM, data=facts, parties=[lot.seller_id], now=now)
    return owed


def own_fee(*, obligation: Any, released: Money, on: date) -> tax.OwnFee:
    """All of it is the platform's, VAT included."""
    taxed = tax.within(released, tax.rule_for(TaxKind.VAT_SERVICE, on).rate_bp)
    return tax.OwnFee(taxed.net, taxed.vat)


def on_paid(*, obligation: Any, payment: Any, now: Any) -> str:
    """Always taken, late or not."""
    return "accepted"
