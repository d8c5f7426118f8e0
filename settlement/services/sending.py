"""Refunds on their way through the bank. HTTP outside any lock; every step can be taken again after a crash."""

from datetime import date, timedelta

from django.db import transaction
from django.db.models import F

from foundation import audit
from foundation.core.actors import SYSTEM
from foundation.core.clock import local_date, machine_now
from foundation.core.crashes import crash_point
from foundation.core.locking import lock_rows
from settlement import chart, gateways, ledger
from settlement.gateways.base import REFUND_SUCCEEDED, BankEvent, BankRefused
from settlement.lifecycle import ObligationState, RefundState
from settlement.models import Case, Obligation, Refund

FIRST_PAUSE, LONGEST_PAUSE = 20, 3600  # seconds


def pursue_refund(*, refund: Refund) -> str:
    """Take a refund one step on: what the bank knows of it is asked before it is ordered again. Its state after that.

    Raises Indefinite when the bank does not answer; it is due again later.
    """
    pause = min(LONGEST_PAUSE, FIRST_PAUSE * 2**refund.tries)
    Refund.objects.filter(pk=refund.pk).update(
        tries=F("tries") + 1, next_try_at=machine_now() + timedelta(seconds=pause)
    )
    bank, answer = gateways.gateway(refund.payment.provider), None
    if refund.tries or refund.state == RefundState.SENT:
        answer = bank.query_refund(refund_id=refund.number)
    if answer is None and refund.state == RefundState.REQUESTED:
        try:
            bank.refund(refund_id=refund.number, transaction_id=refund.payment.transaction_id, amount=refund.amount)
        except BankRefused as error:
            return _fail(refund, error.sentence)
    crash_point("settlement.refund.ordered")
    note_sent(refund)
    return note_answer(refund.number, answer) if answer else str(RefundState.SENT)


@transaction.atomic
def note_sent(refund: Refund) -> None:
    """The money is on its way (in transit), by the rail it came by or in a payout run. A repeat changes nothing."""
    refund = lock_rows(refund)
    if refund.state == RefundState.REQUESTED:
        _send(refund)


def _send(refund: Refund) -> None:
    _move(refund, "refund_sent", "sent", (chart.REFUNDS, refund.payer_id), (chart.IN_TRANSIT, None))
    audit.advance(refund, "send", actor=SYSTEM, parties=_parties(refund), data={"amount": refund.amount})
    crash_point("settlement.refund.sent")


def note_answer(number: str, answer: BankEvent) -> str:
    """What the bank said about a refund: done or failed. A repeat changes nothing."""
    with transaction.atomic():
        found = Refund.objects.filter(number=number).first()
        if found is None:
            return "ignored"
        if answer.type != REFUND_SUCCEEDED:
            return _fail(found, answer.problem)
        refund = lock_rows(found)
        if refund.state == RefundState.REQUESTED:  # the answer overtook our own note
            _send(refund)
        if refund.state != RefundState.SENT:
            return "repeated"
        day = answer.occurred_at and local_date(answer.occurred_at)
        _move(refund, "refund_confirmed", "confirmed", (chart.IN_TRANSIT, None), (chart.BANK, None), value_date=day)
        audit.advance(refund, "finish", actor=SYSTEM, parties=_parties(refund), data={"amount": refund.amount})
        _finish_obligation(refund)
    return str(RefundState.DONE)


def _move(
    refund: Refund, kind: str, step: str, source: tuple, target: tuple, *, value_date: date | None = None
) -> None:
    key = f"refund:{refund.number}:{step}" + (f":{refund.cases.count()}" if refund.cases.exists() else "")
    about = refund.obligation or refund.payment.obligation
    ledger.post(
        kind=kind,
        key=key,
        lines=[
            ledger.debit(source[0], refund.amount, party=source[1], ref=refund),
            ledger.credit(target[0], refund.amount, party=target[1], ref=refund),
        ],
        ref=about.ref if about else refund.payment,
        actor=SYSTEM,
        value_date=value_date,
    )


def _parties(refund: Refund) -> list[int]:
    return [refund.payer_id] if refund.payer_id else []


def _finish_obligation(refund: Refund) -> None:
    if refund.obligation_id is None:
        return
    obligation = lock_rows(Obligation.objects.get(pk=refund.obligation_id))
    waiting = obligation.refunds.exclude(state=RefundState.DONE).exists()
    if obligation.state == ObligationState.REFUNDING and not waiting:
        audit.advance(
            obligation, "refund_done", actor=SYSTEM, parties=obligation.party_ids, data={"amount": refund.amount}
        )


@transaction.atomic
def _fail(refund: Refund, problem: str) -> str:
    """The bank will not do it: the money stays owed to the payer, and finance has a case."""
    refund = lock_rows(refund)
    if refund.state not in (RefundState.REQUESTED, RefundState.SENT):
        return "repeated"
    if refund.state == RefundState.SENT:
        _move(refund, "refund_failed", "failed", (chart.IN_TRANSIT, None), (chart.REFUNDS, refund.payer_id))
    audit.advance(
        refund, "fail", actor=SYSTEM, reason=problem, parties=_parties(refund), data={"amount": refund.amount}
    )
    case = Case.objects.create(kind=Case.Kind.REFUND_FAILED, payment=refund.payment, refund=refund, note=problem[:500])
    audit.record(
        "settlement.case.opened",
        subject=case,
        actor=SYSTEM,
        visibility="private",
        data={"kind": case.kind, "amount": refund.amount, "transaction": refund.payment.transaction_id},
    )
    return str(RefundState.FAILED)
