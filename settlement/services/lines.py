"""Working on the lines of a statement, one by one: known, matched, queued or parked. Every line has one effect."""

from django.db import transaction

from foundation import audit
from foundation.core.actors import SYSTEM
from foundation.core.crashes import crash_point
from foundation.core.locking import lock_rows
from settlement.models import BankLine, OwnAccount, Payment
from settlement.services import outgoing, receipts, reversing

HOME = "CNY"


@transaction.atomic
def settle_line(*, line: BankLine) -> BankLine:
    """Work on a new line; a line that was worked on stays as it is.

    What a rail told already is ticked off, money in is booked and matched, money out confirms what we sent; the rest is
    queued with its reason. Raises Busy or StateChanged where something else is under way: it is taken up again.
    """
    line = lock_rows(line)
    if not line.permits("settle"):
        return line
    crash_point("settlement.bank.claimed")
    done = _parked(line) or _known(line) or _worked_on(line)
    crash_point("settlement.bank.settled")
    return done


def _worked_on(line: BankLine) -> BankLine:
    swept = outgoing.sweep(line)
    if swept or line.account.kind == OwnAccount.Kind.OPERATING:
        return swept or receipts.queue(line, "operating")
    if line.amount_fen < 0:
        return outgoing.confirm(line) or reversing.reverse(line) or receipts.queue(line, "outgoing")
    if outgoing.is_returned(line):
        return outgoing.note_return(line)
    if reversing.is_taken_back_later(line):
        receipts.receive(line)
        return receipts.queue(line, "reversed_later")
    return receipts.take_in(line)


def _parked(line: BankLine) -> BankLine | None:
    """Rows without a movement, and money that is not ours to convert."""
    if not line.counts:
        return park(line, "uncounted")
    if line.currency != HOME:
        return park(line, "currency")
    return None


def park(line: BankLine, reason: str) -> BankLine:
    """Set a line aside; nothing is booked."""
    return audit.advance(
        line, "park", actor=SYSTEM, visibility="private", set={"reason": reason},
        data={"amount": line.amount, "line": line.number},
    )  # fmt: skip


def _known(line: BankLine) -> BankLine | None:
    """A movement that another rail told us before, by the bank's own reference: ticked off, or queued if it differs."""
    if not line.transaction_id or line.amount_fen < 0:
        return None
    payment = Payment.objects.filter(transaction_id=line.transaction_id).exclude(provider=receipts.RAIL).first()
    if payment is None:
        return None
    if payment.received != line.amount:
        return receipts.queue(line, "differs")
    ids = receipts.untied_entries(line, f"payment:{payment.pk}:received")
    if not ids:
        return receipts.queue(line, "differs")
    receipts.tie(line, ids)
    return audit.advance(
        line, "tick", actor=SYSTEM, visibility="private", set={"reason": ""},
        data={"amount": line.amount, "line": line.number},
    )  # fmt: skip
