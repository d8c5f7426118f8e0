"""What a person does with a line nothing was certain about: assign, return, park, tick off, take back."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from foundation import audit
from foundation.core.errors import DomainError, Invalid, NotAllowed, NotPossibleNow
from foundation.core.locking import lock_rows
from foundation.core.money import Money
from foundation.core.text import clean_text
from settlement import matching, rules
from settlement.banklifecycle import LINE
from settlement.models import BankLine, Case, JournalEntry, LineEntry, Obligation, Payment, Posting
from settlement.queries import candidates
from settlement.services import cases, receipts, reversing
from settlement.services.allocating import allocate


class TooMuch(DomainError):
    """The parts are more than the money."""

    code, field = "too_much", "amount"
    message = _("Only {left} of this receipt is still to be assigned.")


class EntryDoesNotFit(DomainError):
    """The entry moves another amount on this account, or is tied to another line."""

    code, status, field = "entry_does_not_fit", 400, "entry"
    message = _("This entry does not move {amount} on the account, or belongs to another line.")


class NothingToReverse(DomainError):
    """The line named is no receipt that this one can take back."""

    code, status, field = "nothing_to_reverse", 400, "original"
    message = _("Name a receipt of {amount} that still lies in our books.")


@dataclass(frozen=True, slots=True)
class Share:
    """A part of a receipt for an obligation."""

    obligation: Obligation
    amount: Money


def _begin(line: BankLine, actor: Any, verb: str = "decide") -> BankLine:
    if not rules.may_settle(actor, line):
        raise NotAllowed()
    line = lock_rows(line)
    if not line.permits(verb):
        raise NotPossibleNow(lifecycle="bank line", state=line.state, move=verb, label=LINE.labels[line.state])
    return line


def _facts(line: BankLine) -> dict:
    return {"amount": line.amount, "line": line.number}


@transaction.atomic
def assign_line(*, line: BankLine, shares: Sequence[Share], actor: Any, note: str = "") -> BankLine:
    """Let a receipt pay one or several obligations; what is left stays in the queue. All parts or none.

    Raises NotAllowed, NotPossibleNow, TooMuch, Invalid (no part, money out), and what `allocate` raises.
    """
    line = _begin(line, actor)
    payment = line.payment
    if payment is None or not shares:
        raise Invalid(_("Name at least one obligation."), field="obligation")
    if sum((share.amount for share in shares), Money(0, line.currency)) > payment.unallocated:
        raise TooMuch(left=payment.unallocated)
    for share in sorted(shares, key=lambda one: one.obligation.pk):
        count = payment.allocations.filter(obligation=share.obligation).count()
        key = f"line:{line.pk}:{share.obligation.pk}" + (f":{count}" if count else "")
        allocate(payment=payment, obligation=share.obligation, amount=share.amount, actor=actor, key=key)
    note = clean_text(note, 500, multiline=True)
    if Payment.objects.get(pk=payment.pk).unallocated:
        BankLine.objects.filter(pk=line.pk).update(reason="overpaid", note=note)
        line.refresh_from_db()
        return line
    return audit.advance(
        line, "assign", actor=actor, visibility="private", data=_facts(line), reason=note,
        set={"reason": "", "note": note},
    )  # fmt: skip


@transaction.atomic
def return_line(*, line: BankLine, actor: Any, note: str) -> BankLine:
    """Send what is left of a receipt back to the account it came from, through a case: above the limit a second person
    decides about it. Raises NotAllowed, NotPossibleNow, Invalid (money out, no reason)."""
    line = _begin(line, actor)
    note = clean_text(note, 500, multiline=True)
    if line.payment is None:
        raise Invalid(_("Only money that came in can be returned."))
    if not note:
        raise Invalid(_("Say why the money goes back."), field="note")
    case = Case.objects.create(kind=Case.Kind.UNKNOWN_PAYMENT, payment=line.payment)
    audit.record(
        "settlement.case.opened", subject=case, actor=actor, visibility="private",
        data={"kind": case.kind, "amount": line.payment.unallocated, "transaction": line.payment.transaction_id},
    )  # fmt: skip
    cases.resolve_case(case=case, resolution=Case.Resolution.REFUND, actor=actor, note=note)
    return audit.advance(
        line, "return", actor=actor, visibility="private", data=_facts(line), reason=note,
        set={"reason": "", "note": note},
    )  # fmt: skip


@transaction.atomic
def park_line(*, line: BankLine, actor: Any, note: str) -> BankLine:
    """Set a line aside with a reason. Raises NotAllowed, NotPossibleNow, Invalid (no reason)."""
    line = _begin(line, actor)
    note = clean_text(note, 500, multiline=True)
    if not note:
        raise Invalid(_("Say why the line is parked."), field="note")
    return audit.advance(
        line, "park", actor=actor, visibility="private", data=_facts(line), reason=note,
        set={"reason": "person", "note": note},
    )  # fmt: skip


@transaction.atomic
def unpark_line(*, line: BankLine, actor: Any) -> BankLine:
    """Take a parked line up again. Raises NotAllowed, NotPossibleNow, Invalid (another currency, no movement)."""
    line = _begin(line, actor, "unpark")
    if line.reason in ("currency", "uncounted"):
        raise Invalid(line.why)
    return audit.advance(line, "unpark", actor=actor, visibility="private", data=_facts(line), set={"reason": ""})


@transaction.atomic
def tick_line(*, line: BankLine, entry: JournalEntry, actor: Any) -> BankLine:
    """Tie a line to an entry of the ledger that moves the same amount on its account, such as a bank charge booked by
    hand. Raises NotAllowed, NotPossibleNow, EntryDoesNotFit."""
    line = _begin(line, actor)
    rows = Posting.objects.filter(entry=entry, account_id=line.account.ledger_account, currency=line.currency)
    moved = sum(one.debit_fen - one.credit_fen for one in rows)
    if line.payment_id or moved != line.amount_fen or LineEntry.objects.filter(entry=entry).exists():
        raise EntryDoesNotFit(amount=line.amount)
    receipts.tie(line, [entry.pk])
    return audit.advance(
        line, "tick", actor=actor, visibility="private", set={"reason": ""},
        data={**_facts(line), "entry": entry.number},
    )  # fmt: skip


@transaction.atomic
def take_back_line(*, line: BankLine, original: BankLine, actor: Any) -> BankLine:
    """A reversal by the bank takes the named receipt back. Raises NotAllowed, NotPossibleNow, NothingToReverse,
    ReceiptSpent, and what a refund raises."""
    line = _begin(line, actor)
    fits = (
        original.account_id == line.account_id
        and original.amount_fen == -line.amount_fen > 0
        and original.state in reversing.REVERSIBLE
        and not hasattr(original, "reversed_by")
    )
    if not fits or original.payment_id is None:
        raise NothingToReverse(amount=Money(abs(line.amount_fen), line.currency))
    return reversing.take_back(line, original, actor=actor, move="assign")


def suggestions(*, line: BankLine) -> list[tuple[str, list[Share]]]:
    """What a person may think of: the reason (a key of `matching.REASONS`) and the parts."""
    if line.payment is None or not line.permits("decide"):
        return []
    receipt = candidates.receipt_of(line)
    owed = candidates.owed_for(line, receipt, hints=True)
    by_id = {one.pk: one for one in owed.values()}
    left = line.payment.unallocated
    found = matching.suggestions(receipt, owed, left.fen)
    return [
        (one.reason, [Share(by_id[part.owed_id], Money(part.amount_fen, line.currency)) for part in one.parts])
        for one in found
    ]
