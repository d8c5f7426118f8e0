"""Money that came in by bank transfer: booked among the unidentified receipts, then matched where it is certain."""

import logging

from django.db import transaction

from foundation import audit
from foundation.core.actors import SYSTEM
from foundation.core.crashes import crash_point
from foundation.core.errors import Busy, DomainError, StateChanged
from foundation.core.locking import lock_rows
from foundation.core.money import Money
from settlement import chart, ledger, matching
from settlement.lifecycle import PaymentState
from settlement.matching import Decision, Part
from settlement.models import BankLine, LineEntry, Obligation, Payment, Posting
from settlement.queries import candidates
from settlement.services.allocating import allocate
from settlement.services.bank_accounts import note_sender

RAIL = "bank_transfer"
log = logging.getLogger(__name__)


def take_in(line: BankLine) -> BankLine:
    """Book an incoming line and match it. Inside the caller's transaction, with the line locked and new.

    The line is "matched" afterwards, or "queued" with the reason. Raises Busy or StateChanged: try again later.
    """
    decision, obligations = judge(line)
    payment = receive(line, _attempt(decision, obligations))
    crash_point("settlement.bank.booked")
    if decision.is_certain and _pay(line, payment, decision.parts, obligations):
        return finish(line, payment, rule=decision.rule)
    reason = "owner" if decision.is_certain else decision.why
    return queue(line, reason)


def judge(line: BankLine) -> tuple[Decision, dict[int, Obligation]]:
    """What the matcher says about a line, and the obligations it may name, by id."""
    receipt = candidates.receipt_of(line)
    owed = candidates.owed_for(line, receipt)
    return matching.decide(receipt, owed), {one.pk: one for one in owed.values()}


def receive(line: BankLine, attempt: Payment | None = None) -> Payment:
    """The receipt as a payment, its money among the unidentified receipts (1001 to 2014) on the bank's day."""
    payment = attempt or Payment(
        key=f"line:{line.pk}", provider=RAIL, amount_fen=line.amount_fen, currency=line.currency
    )
    payment.transaction_id, payment.received_fen = _reference(line), line.amount_fen
    payment.paid_at = candidates.booked_moment(line)
    payment.save()
    entry = ledger.post(
        kind="receipt_unidentified",
        key=f"payment:{payment.pk}:received",
        lines=[
            ledger.debit(chart.BANK, line.amount, ref=payment),
            ledger.credit(chart.UNIDENTIFIED, line.amount, ref=payment),
        ],
        ref=payment,
        actor=SYSTEM,
        value_date=line.booked_on,
    )
    tie(line, [entry.pk])
    BankLine.objects.filter(pk=line.pk).update(payment=payment)
    line.payment = payment
    facts = {"amount": line.amount, "line": line.number}
    audit.advance(
        payment, "clarify", actor=SYSTEM, parties=payment.party_ids, data=facts, name="settlement.payment.transferred"
    )
    if line.counterparty_account:
        note_sender(payment=payment, holder=line.counterparty, number=line.counterparty_account)
    return payment


def _reference(line: BankLine) -> str:
    """The bank's own id of the movement where it is usable, else our number of the line."""
    reference = line.transaction_id
    taken = Payment.objects.filter(provider=RAIL, transaction_id=reference).exists()
    return reference if 0 < len(reference) <= 64 and not taken else line.number  # noqa: PLR2004


def _attempt(decision: Decision, obligations: dict[int, Obligation]) -> Payment | None:
    """The payer's own waiting attempt by this rail, where the line pays exactly one obligation."""
    if not decision.is_certain or len(decision.parts) != 1:
        return None
    obligation = obligations[decision.parts[0].owed_id]
    waiting = obligation.payments.filter(
        provider=RAIL, transaction_id=None, state__in=[PaymentState.STARTED, PaymentState.WAITING]
    ).first()
    return waiting and lock_rows(waiting)


def _pay(line: BankLine, payment: Payment, parts: tuple[Part, ...], obligations: dict[int, Obligation]) -> bool:
    """All parts or none; False where an owner does not want the money or it no longer fits."""
    try:
        with transaction.atomic():
            for part in sorted(parts, key=lambda one: one.owed_id):
                allocate(
                    payment=payment,
                    obligation=obligations[part.owed_id],
                    amount=Money(part.amount_fen, line.currency),
                    actor=SYSTEM,
                    key=f"line:{line.pk}:{part.owed_id}",
                )
    except (Busy, StateChanged):
        raise
    except DomainError as error:
        log.info("line %s is not matched: %s", line.pk, error.code)
        return False
    return True


def finish(line: BankLine, payment: Payment, *, rule: str) -> BankLine:
    """The line is matched."""
    return audit.advance(
        line, "match", actor=SYSTEM, visibility="private", set={"rule": rule, "reason": ""},
        data={"amount": line.amount, "line": line.number},
    )  # fmt: skip


def queue(line: BankLine, reason: str) -> BankLine:
    """The line waits for a person."""
    if not line.permits("settle"):
        BankLine.objects.filter(pk=line.pk).update(reason=reason)
        line.reason = reason
        return line
    return audit.advance(
        line, "queue", actor=SYSTEM, visibility="private", set={"reason": reason},
        data={"amount": line.amount, "line": line.number},
    )  # fmt: skip


def tie(line: BankLine, entry_ids: list[int]) -> None:
    """Note which entries of the ledger a line confirms."""
    LineEntry.objects.bulk_create(LineEntry(line=line, entry_id=entry_id) for entry_id in entry_ids)


def untied_entries(line: BankLine, key: str, amount_fen: int | None = None) -> list[int]:
    """The entry whose key is (or, after tries that failed, begins with) ``key``: if it moves the line's amount on the
    account's ledger account and is tied to no line yet."""
    rows = Posting.objects.filter(
        account_id=line.account.ledger_account, entry__tick=None, entry__key__startswith=key
    ).order_by("-pk")
    wanted = line.amount_fen if amount_fen is None else amount_fen
    fitting = [one for one in rows if one.entry.key == key or one.entry.key.startswith(f"{key}:")]
    return next(([one.entry_id] for one in fitting if one.debit_fen - one.credit_fen == wanted), [])
