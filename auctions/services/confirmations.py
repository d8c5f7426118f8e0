"""The confirmation of sale (Auction Law Art. 52): the buyer signs, the deposit counts, the balance is asked for."""

import hashlib
import json
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from auctions.lifecycle_parties import SaleState
from auctions.models import Sale
from auctions.services import outcomes
from auctions.services.sales import advance, locked
from foundation.core.actors import SYSTEM
from foundation.core.clock import database_now
from foundation.core.errors import DomainError
from foundation.core.refs import Ref
from foundation.core.workdays import deadline_in_workdays
from settlement import services as settlement
from settlement.lifecycle import HoldState
from settlement.models import Hold

PURPOSE = "auction.price"


class TooLate(DomainError):
    """The time to sign is over."""

    code = "too_late"
    message = _("The time to do this is over.")


class TextChanged(DomainError):
    """What was read is not what would be signed."""

    code = "text_changed"
    field = "sha256"
    message = _("This changed while you were reading. Read it again, then sign.")


class NotAnOffer(DomainError):
    """Only an underbidder may decline: the winner's bid binds (Auction Law Art. 36)."""

    code = "not_an_offer"
    message = _("The winning bid binds: this sale cannot be declined.")


def facts_of(sale: Sale) -> dict[str, Any]:
    """What the confirmation fixes; no personal data."""
    return {
        "sale": sale.number,
        "lot": sale.lot.number,
        "way": sale.way,
        "subject": sale.lot.subject,
        "patents": [item.patent.number for item in sale.lot.items.select_related("patent")],
        "buyer": sale.buyer_id,
        "seller": sale.seller_id,
        "price_fen": sale.price_fen,
        "commission_fen": sale.commission_fen,
        "deposit_fen": deposit.left.fen if (deposit := deposit_of(sale)) else 0,
        "confirm_by": sale.confirm_by_at.isoformat(),
    }


def digest(facts: dict[str, Any]) -> str:
    """SHA-256 of the canonical JSON, hex."""
    text = json.dumps(facts, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def deposit_of(sale: Sale) -> Hold | None:
    """The buyer's deposit that is still held; sales by agreement and to an underbidder have none."""
    if sale.way != Sale.Way.HAMMER or sale.registration_id is None:
        return None
    return Hold.objects.filter(obligation=sale.registration.obligation_id, state=HoldState.HELD).first()


@transaction.atomic
def sign(*, sale: Sale, sha256: str, actor: Any) -> Sale:
    """The buyer signs what was read (``sha256`` of `facts_of`); deposit and balance follow in the same transaction.

    The balance is due in the season's working days. A repeat changes nothing. Raises TooLate, TextChanged,
    NotAllowed, NotPossibleNow.
    """
    sale = locked(sale)
    if sale.confirmed_at is not None and sale.state == SaleState.CONFIRMATION_SIGNED:
        return sale
    now = database_now()
    if sale.permits("confirm") and now >= sale.confirm_by_at:
        raise TooLate()
    if sale.permits("confirm") and sha256 != digest(facts_of(sale)):
        raise TextChanged()
    deposit, pay_by_at = deposit_of(sale), deadline_in_workdays(now, sale.lot.season.balance_days)
    signed = {
        "confirmed_at": now,
        "confirmed_by_id": actor.user_id,
        "confirmation_sha256": sha256,
        "pay_by_at": pay_by_at,
    }
    sale = advance(sale, "sign_confirmation", actor=actor, now=now, data={"sha256": sha256}, set=signed)
    obligation = settlement.open_obligation(
        purpose=PURPOSE,
        ref=Ref.of(sale),
        debtor=sale.buyer,
        creditor=sale.seller,
        amount=sale.total,
        due_at=pay_by_at,
        key=f"{PURPOSE}:{sale.pk}",
        label=f"{sale.lot.number} {sale.lot.title_zh_hans}",
        actor=SYSTEM,
    )
    Sale.objects.filter(pk=sale.pk).update(obligation=obligation)
    sale.obligation = obligation
    if deposit is not None:
        settlement.set_off(hold=deposit, obligation=obligation, actor=SYSTEM)
        sale = Sale.objects.get(pk=sale.pk)
    return sale


@transaction.atomic
def decline(*, sale: Sale, actor: Any, reason: str = "") -> Sale:
    """An underbidder does not take the offer: the lot is unsold. Raises NotAnOffer, NotAllowed, NotPossibleNow."""
    sale = locked(sale)
    if sale.way != Sale.Way.UNDERBIDDER:
        raise NotAnOffer()
    now = database_now()
    sale = advance(sale, "decline", actor=actor, now=now, reason=reason)
    outcomes.fall_through(sale.lot, now=now)
    return sale
