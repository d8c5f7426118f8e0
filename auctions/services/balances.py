"""What settlement asks about the price of a sale. Runs inside settlement's transaction."""

from datetime import date, datetime
from typing import Any

from django.db import transaction

from auctions.lifecycle_parties import SaleState
from auctions.models import Sale, Subject
from auctions.services.sales import advance, locked
from foundation.core.actors import SYSTEM
from foundation.core.money import Money
from settlement import tax
from settlement.models.tax import TaxKind
from settlement.services.sharing import Source

ACCEPTED, LATE, NOT_WAITING = "accepted", "refused:late", "refused:not_waiting"
RELEASABLE = (SaleState.TRANSFERRED, SaleState.FUNDS_RELEASED)
OF_PATENT = (Subject.ASSIGNMENT, Subject.EXCLUSIVE_LICENSE, Subject.ORDINARY_LICENSE, Subject.APPLICATION_RIGHT)


@transaction.atomic
def on_price_paid(*, obligation: Any, payment: Any, now: datetime) -> str:
    """The whole price is there: the sale goes on, or says why the last part goes back.

    ``now`` is when the bank booked it: a buyer found in default because the bank told late is cured, until the
    deposit is forfeited. Answers `accepted`, `refused:late` or `refused:not_waiting`.
    """
    found = Sale.objects.filter(obligation=obligation).first()
    if found is None:
        return NOT_WAITING
    sale = locked(found)
    move = {SaleState.CONFIRMATION_SIGNED: "pay_balance", SaleState.BUYER_DEFAULT: "cure"}.get(SaleState(sale.state))
    if move is None:
        return NOT_WAITING
    if now >= sale.pay_by_at:
        return LATE
    advance(sale, move, actor=SYSTEM, now=now, data={"amount": sale.total}, set={"paid_at": now})
    return ACCEPTED


@transaction.atomic
def on_price_reopened(*, obligation: Any, payment: Any, now: datetime) -> str:
    """The bank took money back: the balance is due again, while nothing was built on it."""
    found = Sale.objects.filter(obligation=obligation).first()
    if found is None:
        return NOT_WAITING
    sale = locked(found)
    if sale.state != SaleState.BALANCE_PAID or sale.buyer_signed_at or sale.seller_signed_at:
        return NOT_WAITING
    advance(sale, "reopen", actor=SYSTEM, now=now, data={"amount": sale.total}, set={"paid_at": None})
    return ACCEPTED


def may_release(*, obligation: Any) -> bool:
    """The seller has the money when the right is registered (Patent Law Art. 10) and nobody objects."""
    sale = Sale.objects.filter(obligation=obligation).first()
    return sale is not None and sale.state in RELEASABLE and not sale.objections.filter(decided_at=None).exists()


def own_fee(*, obligation: Any, released: Money, on: date) -> tax.OwnFee:
    """The buyer's commission, VAT included in it, is the platform's; the rest is the seller's price."""
    sale = Sale.objects.filter(obligation=obligation).first()
    zero = Money(0, obligation.currency)
    if sale is None or not sale.commission or released < sale.commission:
        return tax.OwnFee(zero, zero)
    taxed = tax.within(sale.commission, tax.rule_for(TaxKind.VAT_SERVICE, on).rate_bp)
    return tax.OwnFee(taxed.net, taxed.vat)


def source_of(*, obligation: Any) -> Source | None:
    """The patent whose owners share the price (Patent Law Art. 14).

    None for bundles, for projects, and where only the seller's own share was sold: the seller keeps all.
    """
    sale = Sale.objects.filter(obligation=obligation).select_related("lot").first()
    if sale is None or sale.lot.subject not in OF_PATENT or not sale.all_shares:
        return None
    items = list(sale.lot.items.select_related("patent")[:2])
    return Source(patent=items[0].patent) if len(items) == 1 else None
