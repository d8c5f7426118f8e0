"""Holds in two phases: placed when a deposit or a bounty is paid, then used, given back, forfeited or expired, once.

Each verb is one entry under the lock of the hold. The owner of the purpose is told in the same transaction by the
handler "hold.<verb>:<purpose>" where it registered one.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from foundation import audit
from foundation.core import handlers, numbering
from foundation.core.actors import SYSTEM
from foundation.core.clock import database_now
from foundation.core.crashes import crash_point
from foundation.core.errors import DomainError, NotPossibleNow
from foundation.core.locking import lock_rows
from foundation.core.money import Money
from settlement import chart, ledger
from settlement.lifecycle import HoldState, ObligationState
from settlement.models import Hold, JournalEntry, Obligation
from settlement.services import refunding

NOTHING = Money(0)


class SharesWrong(DomainError):
    """The parts are more than is held, none, or less where the whole must be divided."""

    code, status = "shares_wrong", 400
    field = "amount"
    message = _("The parts must add up to what is held: {left}.")


@dataclass(frozen=True, slots=True)
class Share:
    """A part of a hold for somebody: an amount on an account, in the sub-account of a party and a business object.

    Own shares (2031) are booked by the account they will be earned on, by default the purpose's.
    """

    account: str
    amount: Money
    party: Any = None
    ref: Any = None

    def line(self, hold: Hold) -> ledger.Line:
        """The credit line; the object is the hold's obligation unless named."""
        if self.account == chart.OWN_FEES and self.ref is None:
            return ledger.own(self.amount, hold.purpose_row.income)
        return ledger.credit(self.account, self.amount, party=self.party, ref=self.ref or hold.obligation)


def place(*, obligation: Obligation, now: datetime) -> Hold:
    """The hold of a paid obligation; its money lies in the sub-account already. Inside the caller's transaction."""
    hold = Hold.objects.create(
        number=numbering.following("hold", obligation.number),
        obligation=obligation,
        purpose=obligation.purpose,
        ref_kind=obligation.ref_kind,
        ref_id=obligation.ref_id,
        ref_number=obligation.ref_number,
        party_id=obligation.debtor_id,
        account_id=obligation.purpose_row.held_in,
        amount_fen=obligation.amount_fen,
        currency=obligation.currency,
        expires_at=obligation.hold_until,
    )
    audit.record(
        "settlement.hold.placed",
        subject=hold,
        actor=SYSTEM,
        data={"amount": hold.amount, "obligation": obligation.number},
        parties=hold.party_ids,
        after={"state": str(HoldState.HELD)},
        now=now,
    )
    return hold


@transaction.atomic
def capture(
    *, hold: Hold, parts: Iterable[Share], actor: Any, key: str = "", reason: str = "", keep_rest: bool = False
) -> Hold:
    """Use (a part of) a hold for what it secures; the rest goes back to the payer.

    ``keep_rest`` leaves the rest held (purposes with milestones): each milestone has its own ``key``. A repeat changes
    nothing. Raises SharesWrong, NotPossibleNow.
    """
    parts = list(parts)
    keep = keep_rest and hold.purpose_row.in_parts
    return _use(hold, "capture", hold.purpose_row.released, parts, actor=actor, key=key, reason=reason, keep=keep)


@transaction.atomic
def forfeit(*, hold: Hold, shares: Iterable[Share], actor: Any, reason: str = "") -> Hold:
    """The payer loses the hold: shares for the platform's costs and the payee; what they leave goes back.

    A repeat changes nothing. Raises SharesWrong, NotPossibleNow (also where the purpose knows no forfeit).
    """
    return _use(hold, "forfeit", hold.purpose_row.forfeited, list(shares), actor=actor, key="", reason=reason)


@transaction.atomic
def release(*, hold: Hold, actor: Any, reason: str = "") -> Hold:
    """Give what is still held back to its payer. A repeat changes nothing. Raises NotPossibleNow."""
    return _use(hold, "release", hold.purpose_row.refunded, [], actor=actor, key="", reason=reason)


@transaction.atomic
def expire(*, hold: Hold, actor: Any = SYSTEM) -> Hold:
    """Nobody decided in time: it goes back. A repeat changes nothing. Raises NotPossibleNow (too early, ended)."""
    if hold.expires_at is None or database_now() < hold.expires_at:
        raise not_now(hold, "expire")
    return _use(hold, "expire", hold.purpose_row.expired, [], actor=actor, key="", reason="")


def not_now(hold: Hold, verb: str) -> NotPossibleNow:
    """The hold is ended, or its purpose knows no such end."""
    return NotPossibleNow(lifecycle="hold", state=hold.state, move=verb, label=hold.state_label)


def _use(hold, verb, kind, parts: list[Share], *, actor, key, reason, keep=False) -> Hold:
    """One entry: the parts, and the rest back to where it came from unless it is kept."""
    book_key = f"hold:{hold.pk}:{verb}" + (f":{key}" if key else "")
    hold = lock_rows(hold)
    if JournalEntry.objects.filter(key=book_key).exists():
        return hold
    if not kind or not hold.permits(verb):
        raise not_now(hold, verb)
    used = sum((part.amount for part in parts), Money(0, hold.currency))
    rest = hold.left - used
    back = Money(0, hold.currency) if keep else rest
    if rest < NOTHING or any(part.amount <= NOTHING for part in parts) or not (used or back):
        raise SharesWrong(left=hold.left)
    obligation = lock_rows(hold.obligation)
    now = database_now()
    rows = refunding.order_back(obligation, back, reason=reason or verb) if back else []
    source = ledger.debit(hold.account_id, used + back, party=hold.party_id, ref=obligation)
    lines = [source, *(part.line(hold) for part in parts), *(refunding.line_of(row) for row in rows)]
    ledger.post(kind=kind, key=book_key, lines=lines, ref=hold.ref, actor=actor, reason=reason)
    crash_point("settlement.hold.posted")
    note_use(hold, verb, used=used, back=back, actor=actor, reason=reason, now=now, keep=keep and bool(rest))
    _tell(hold, verb, rows, obligation=obligation, actor=actor, now=now)
    return hold


def note_use(hold: Hold, verb: str, *, used: Money, back: Money, actor, reason: str, now, keep: bool) -> None:
    """Count what left a hold; it is ended unless something is kept. Inside the caller's transaction and lock."""
    counted = {"used_fen": hold.used_fen + used.fen, "returned_fen": hold.returned_fen + back.fen}
    facts = {"amount": used, "returned": back}
    told = {"actor": actor, "reason": reason, "data": facts, "parties": hold.party_ids, "now": now}
    if keep:
        Hold.objects.filter(pk=hold.pk).update(**counted)
        for name, value in counted.items():
            setattr(hold, name, value)
        audit.record("settlement.hold.part_used", subject=hold, **told)
    else:
        audit.advance(hold, verb, set=counted, **told)


def _tell(hold: Hold, verb: str, rows, *, obligation: Obligation, actor, now) -> None:
    """The refunds are recorded, the obligation is closed with the hold, the owner hears of it."""
    for row in rows:
        refunding.note(row, obligation.number, actor, obligation.party_ids)
    close(hold, obligation, now)
    key = f"hold.{verb}:{hold.purpose}"
    if handlers.has(key):
        handlers.call(key, hold=hold, now=now)


def apply(*, hold: Hold, amount: Money, actor: Any, now: datetime) -> None:
    """A part counts toward an obligation (already booked): count it, and give the rest back.

    Inside the caller's transaction, with the hold locked. A hold captured in parts keeps its rest.
    """
    zero, keep = Money(0, hold.currency), hold.left > amount
    note_use(hold, "capture", used=amount, back=zero, actor=actor, reason="", now=now, keep=keep)
    if keep and not hold.purpose_row.in_parts:
        _use(hold, "capture", hold.purpose_row.refunded, [], actor=actor, key="rest", reason="")
    else:
        _tell(hold, "capture", [], obligation=lock_rows(hold.obligation), actor=actor, now=now)


def close(hold: Hold, obligation: Obligation, now: datetime) -> None:
    """An ended hold ends its obligation: refunded where nothing was used, else released."""
    if hold.state == HoldState.HELD:
        return
    if hold.used_fen == 0 and obligation.state == ObligationState.PAID:
        facts = {"amount": hold.amount, "about": obligation.ref_number}
        audit.advance(obligation, "refund", actor=SYSTEM, data=facts, parties=obligation.party_ids, now=now)
    elif obligation.released_at is None:
        obligation.released_at = now
        obligation.save(update_fields=["released_at"])
