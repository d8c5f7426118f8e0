"""The contract of a sale: both sides sign the same text; a state seller's sale is then announced."""

from datetime import datetime, timedelta
from typing import Any

import rules
from django.db import transaction

from auctions.lifecycle_parties import SaleState
from auctions.models import Sale
from auctions.rules import is_state_seller
from auctions.services.confirmations import TextChanged, digest, facts_of
from auctions.services.sales import advance, locked
from foundation import audit
from foundation.core.actors import SYSTEM
from foundation.core.clock import database_now, end_of_local_day, local_date
from foundation.core.errors import NotAllowed, NotPossibleNow

TEXT_VERSION = 1  # of the clauses in `contract_text`


def contract_facts(sale: Sale) -> dict[str, Any]:
    """What the contract fixes: the confirmation's facts, the payment, the version of the clauses."""
    return {
        **{name: value for name, value in facts_of(sale).items() if name not in ("deposit_fen", "confirm_by")},
        "paid_at": sale.paid_at.isoformat() if sale.paid_at else "",
        "license_years": sale.lot.license_years,
        "clauses": TEXT_VERSION,
    }


def side_of(sale: Sale, actor: Any) -> str:
    """ "buyer" or "seller", by the organization that somebody acts for; empty for others."""
    for side in ("buyer", "seller"):
        if rules.test_rule(f"auctions.{side}", actor, sale):
            return side
    return ""


@transaction.atomic
def sign(*, sale: Sale, sha256: str, actor: Any) -> Sale:
    """One side signs the contract that was read (``sha256`` of `contract_facts`); with the second one it stands.

    A second signature of the same side changes nothing. Raises NotAllowed, NotPossibleNow, TextChanged.
    """
    sale, side, now = locked(sale), side_of(sale, actor), database_now()
    if not side:
        raise NotAllowed()
    if getattr(sale, f"{side}_signed_at") is not None:
        return sale
    if not sale.permits("sign"):
        raise NotPossibleNow(lifecycle="auction sale", state=sale.state, move="sign", label=sale.state_label)
    if sha256 != digest(contract_facts(sale)):
        raise TextChanged()
    signed = {f"{side}_signed_at": now, "contract_sha256": sha256}
    other = sale.seller_signed_at if side == "buyer" else sale.buyer_signed_at
    if other is None:
        Sale.objects.filter(pk=sale.pk).update(**signed)
        facts = {"lot": sale.lot.number, "side": side, "sha256": sha256}
        audit.record("auctions.sale.signed", subject=sale, actor=actor, data=facts, parties=sale.party_ids, now=now)
        return Sale.objects.get(pk=sale.pk)
    sale = advance(sale, "sign_contract", actor=actor, now=now, data={"sha256": sha256}, set=signed)
    return _announce(sale, now) if is_state_seller(sale.seller) else sale


def _announce(sale: Sale, now: datetime) -> Sale:
    """State institutions announce name, parties and price of a transfer, at least 15 days (Guofa [2016] 16, 1.1)."""
    last = local_date(now) + timedelta(days=sale.lot.season.public_notice_days)
    until = {"notice_until_at": end_of_local_day(last)}
    return advance(sale, "give_notice", actor=SYSTEM, now=now, data={"until": last}, set=until)


def notice_is_over(sale: Sale, now: datetime) -> bool:
    """Whether the transfer may be filed as far as the public notice goes."""
    if sale.state == SaleState.PUBLIC_NOTICE:
        return now >= sale.notice_until_at
    return not is_state_seller(sale.seller)
