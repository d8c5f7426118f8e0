"""Movements that name our own number: the bank's statement confirms refunds, payouts and sweeps of own fees."""

import re
import unicodedata

from foundation import audit
from foundation.core.actors import SYSTEM
from foundation.core.money import Money
from settlement.gateways.base import PAYOUT_RETURNED, PAYOUT_SUCCEEDED, REFUND_SUCCEEDED, BankEvent
from settlement.models import BankLine, JournalEntry, OwnAccount, Payout, Refund
from settlement.queries import candidates
from settlement.services import payouts, receipts, sending

REFUND = re.compile(r"RF[0-9A-F]{32}")
PAYOUT = re.compile(r"(?<![0-9A-Z])PO[0-9A-Z]{16,33}")
SWEEP = re.compile(r"(?<![0-9A-Z])SW[0-9A-Z]{6,33}")


def confirm(line: BankLine) -> BankLine | None:
    """The refund or payout an outgoing line names is done; None where it names none. Inside the caller's transaction.

    A line whose amount differs, or that names what another line confirmed, is queued.
    """
    refund, payout = _refund(line), _payout(line)
    row = payout or refund
    if row is None:
        return None
    if row.amount.fen != -line.amount_fen:
        return receipts.queue(line, "differs")
    if payout is not None:
        payouts.note_answer(payout.number, _event(line, PAYOUT_SUCCEEDED))
        entry = f"refund:{payout.refund.number}" if payout.refund_id else f"payout:{payout.number}"
        return _tie(line, f"{entry}:confirmed")
    sending.note_answer(refund.number, _event(line, REFUND_SUCCEEDED))
    return _tie(line, f"refund:{refund.number}:confirmed")


def is_returned(line: BankLine) -> bool:
    """Whether an incoming line brings a payout of ours back."""
    return line.amount_fen > 0 and _payout(line) is not None


def note_return(line: BankLine) -> BankLine:
    """A payout came back from the payee's bank: the money is payable again."""
    payout = _payout(line)
    if payout.amount != line.amount:
        return receipts.queue(line, "differs")
    payouts.note_answer(payout.number, _event(line, PAYOUT_RETURNED))
    return _tie(line, f"payout:{payout.number}:back")


def sweep(line: BankLine) -> BankLine | None:
    """Own fees on their way from the supervised account (out) to the operating account (in); None for other lines."""
    numbers = _named(line, SWEEP)
    if len(numbers) != 1:
        return None
    side = "in" if line.account.kind == OwnAccount.Kind.OPERATING else "out"
    key = f"sweep:{numbers.pop()}:{side}"
    return _tie(line, key) if JournalEntry.objects.filter(key=key).exists() else None


def _tie(line: BankLine, key: str) -> BankLine:
    """Tie the line to the entry it confirms; queued where this is tied to another line, or has another amount."""
    ids = receipts.untied_entries(line, key)
    if not ids:
        return receipts.queue(line, "differs")
    receipts.tie(line, ids)
    return audit.advance(
        line, "match", actor=SYSTEM, visibility="private", set={"rule": "number", "reason": ""},
        data={"amount": line.amount, "line": line.number},
    )  # fmt: skip


def _event(line: BankLine, kind: str) -> BankEvent:
    return BankEvent(
        event_id=f"line:{line.pk}", type=kind, amount=Money(abs(line.amount_fen), line.currency),
        transaction_id=line.transaction_id[:64], occurred_at=candidates.booked_moment(line),
    )  # fmt: skip


def _named(line: BankLine, shape: re.Pattern) -> set[str]:
    texts = (line.end_to_end_id, line.text)
    return {found for text in texts for found in shape.findall(unicodedata.normalize("NFKC", text).upper())}


def _refund(line: BankLine) -> Refund | None:
    numbers = {f"RF{found[2:].lower()}" for found in _named(line, REFUND)}
    return Refund.objects.filter(number__in=numbers).first() if len(numbers) == 1 else None


def _payout(line: BankLine) -> Payout | None:
    numbers = _named(line, PAYOUT)
    return Payout.objects.filter(number__in=numbers).first() if len(numbers) == 1 else None
