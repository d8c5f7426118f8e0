"""How much of what arrived for an obligation its seller bills."""

from django.db.models import Sum

from foundation.core import handlers
from foundation.core.clock import database_now, local_date
from foundation.core.money import Money
from settlement import chart
from settlement.models import Obligation, Posting
from settlement.queries import balances


def sold_for(obligation: Obligation) -> Money:
    """What the seller bills of it: what was kept, without the own fee that the payer bore (a buyer's commission)."""
    kept, key = kept_of(obligation), f"obligation.own_fee:{obligation.purpose}"
    if not obligation.purpose_row.fee_from_payer or not handlers.has(key):
        return kept
    on = local_date(obligation.paid_at or database_now())
    return kept - handlers.call(key, obligation=obligation, released=kept, on=on).gross


def kept_of(obligation: Obligation) -> Money:
    """What arrived for an obligation and was not sent back: in escrow still, or released and not returned."""
    held = balances.balance(obligation.purpose_row.held_in, ref=obligation, currency=obligation.currency)
    released = obligation.releases.aggregate(fen=Sum("amount_fen", default=0))["fen"]
    returned = Posting.objects.filter(
        entry__kind="payable_returned",
        account_id=chart.PAYABLE,
        ref_kind=obligation._meta.label_lower,
        ref_id=obligation.pk,
    ).aggregate(fen=Sum("debit_fen", default=0))["fen"]
    return held + Money(int(released) - int(returned), obligation.currency)
