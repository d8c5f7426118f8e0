"""A deposit that was set off against a price is lost: the buyer confirmed, and did not pay the rest."""

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.db.models import Sum

from foundation import audit
from foundation.core.clock import database_now
from foundation.core.crashes import crash_point
from foundation.core.errors import NotPossibleNow
from foundation.core.locking import lock_rows
from foundation.core.money import Money
from settlement import chart, ledger
from settlement.lifecycle import OBLIGATION, ObligationState
from settlement.models import Obligation, Release
from settlement.services import refunding
from settlement.services.holds import Share, SharesWrong

KIND = "deposit_forfeited"


def set_off_on(obligation: Obligation) -> Money:
    """What held deposits have paid of an obligation."""
    found = obligation.allocations.filter(hold__isnull=False).aggregate(fen=Sum("amount_fen", default=0))
    return Money(int(found["fen"]), obligation.currency)


@transaction.atomic
def forfeit_set_off(*, obligation: Obligation, shares: Iterable[Share], actor: Any, reason: str) -> Obligation:
    """End an unpaid obligation of which a deposit paid a part: the deposit is shared, part payments go back.

    What the shares leave of the deposit goes back as well. A repeat changes nothing. Raises NotPossibleNow (paid, or
    ended otherwise), SharesWrong (more than the deposit).
    """
    shares = list(shares)
    obligation = lock_rows(obligation)
    if obligation.releases.exists() and obligation.state == ObligationState.CANCELLED:
        return obligation
    if obligation.state != ObligationState.OPEN:
        label = OBLIGATION.labels[obligation.state]
        raise NotPossibleNow(lifecycle="obligation", state=obligation.state, move="forfeit", label=label)
    zero = Money(0, obligation.currency)
    deposit, lost = set_off_on(obligation), sum((share.amount for share in shares), zero)
    if not zero < lost <= deposit or any(share.amount <= zero for share in shares):
        raise SharesWrong(left=deposit)
    now, there = database_now(), obligation.allocated
    rows = refunding.order_back(obligation, there - lost, reason=reason) if there > lost else []
    source = ledger.debit(obligation.purpose_row.held_in, there, party=obligation.holder_id, ref=obligation)
    lines = [source, *(_line(share, obligation) for share in shares), *(refunding.line_of(row) for row in rows)]
    key = f"obligation:{obligation.pk}:forfeited"
    entry = ledger.post(kind=KIND, key=key, lines=lines, ref=obligation.ref, actor=actor, reason=reason)
    crash_point("settlement.set_off.forfeited")
    Release.objects.create(
        obligation=obligation,
        entry=entry,
        amount_fen=lost.fen,
        fee_fen=0,
        vat_fen=0,
        currency=lost.currency,
        created_at=now,
    )
    for row in rows:
        refunding.note(row, obligation.number, actor, obligation.party_ids)
    facts = {"amount": lost, "about": obligation.ref_number}
    return audit.advance(
        obligation, "cancel", actor=actor, reason=reason, data=facts, parties=obligation.party_ids, now=now
    )


def _line(share: Share, obligation: Obligation) -> ledger.Line:
    """The credit of a share; the platform's part is earned as a forfeited deposit, not as a commission."""
    if share.account == chart.OWN_FEES:
        return ledger.own(share.amount, chart.FORFEITED)
    return ledger.credit(share.account, share.amount, party=share.party, ref=share.ref or obligation)
