"""One payout on its way: booked as in transit, ordered at the bank, answered. Every step may come again."""

from datetime import timedelta
from typing import Any

from django.db import transaction
from django.db.models import F

from foundation import audit
from foundation.core.actors import SYSTEM
from foundation.core.clock import local_date, machine_now
from foundation.core.crashes import crash_point
from foundation.core.errors import NotAllowed
from foundation.core.locking import lock_rows
from foundation.core.marks import _
from settlement import chart, gateways, ledger
from settlement import rules as may
from settlement.gateways.base import (
    PAYOUT_RETURNED,
    PAYOUT_SUCCEEDED,
    REFUND_FAILED,
    REFUND_SUCCEEDED,
    BankEvent,
    BankRefused,
)
from settlement.lifecycle import RefundState
from settlement.lifecycle_payouts import AccountState, PayoutState
from settlement.models import Payout
from settlement.services import sending

FIRST_PAUSE, LONGEST_PAUSE = 20, 3600  # seconds
FIRST_LOOK = timedelta(seconds=30)
SENT_AS = {"2011": "payout_sent", "2012": "inventor_share_sent", "2015": "premium_sent"}
GONE = _("The account is no longer confirmed.")
LESS = _("Less is due than was approved, or it is frozen.")
ON_ITS_WAY = _("The refund is on its way already.")


def put_in_transit(payout: Payout) -> Payout:
    """Book a planned payout as sent (Dr payable, Cr 1131), once; left out where its account was taken back or less is
    free than was approved. Inside the caller's transaction, with the row locked."""
    if payout.state != PayoutState.PLANNED:
        return payout
    why_not = _obstacle(payout)
    if not why_not:
        try:
            with transaction.atomic():
                _book_sent(payout)
        except ledger.BalanceTooLow:
            why_not = LESS
    if why_not:
        return _advance(payout, "drop", reason=why_not)
    crash_point("payout.posted")
    return _advance(payout, "send", set={"next_check_at": machine_now() + FIRST_LOOK})


def _obstacle(payout: Payout) -> str:
    if payout.destination_id and payout.destination.state != AccountState.VERIFIED:
        return GONE
    if payout.refund_id and lock_rows(payout.refund).state != RefundState.REQUESTED:
        return ON_ITS_WAY
    return ""


def _book_sent(payout: Payout) -> None:
    if payout.refund_id:
        sending.note_sent(payout.refund)
    else:
        _post(
            payout, SENT_AS[payout.account_id], "sent", _payable(payout, ledger.debit), _transit(payout, ledger.credit)
        )


def _payable(payout: Payout, side: Any) -> ledger.Line:
    return side(payout.account_id, payout.amount, party=payout.party_id, ref=payout.ref)


def _transit(payout: Payout, side: Any) -> ledger.Line:
    return side(chart.IN_TRANSIT, payout.amount, ref=payout)


def _post(payout: Payout, kind: str, step: str, *lines: ledger.Line, value_date: Any = None) -> None:
    ledger.post(kind=kind, key=f"payout:{payout.number}:{step}", lines=lines, ref=payout.ref, actor=SYSTEM,
                value_date=value_date)  # fmt: skip


def _advance(payout: Payout, move: str, *, actor: Any = SYSTEM, reason: str = "", **more: Any) -> Payout:
    visible = "private" if move == "drop" else "parties"
    facts = {"amount": payout.amount, "about": payout.ref_number, "account": payout.number_masked}
    return audit.advance(payout, move, actor=actor, reason=reason, data=facts, parties=payout.party_ids,
                         visibility=visible, **more)  # fmt: skip


def pursue_payout(*, payout: Payout) -> str:
    """Take a sent payout one step on over its rail: what the bank knows is asked before anything is ordered again.

    Its state after that. Outside any transaction. Raises Indefinite when the bank does not answer; it is due again.
    """
    pause = min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** min(payout.tries, 10))
    rows = Payout.objects.filter(pk=payout.pk, state=PayoutState.SENT)
    if not rows.update(tries=F("tries") + 1, next_check_at=machine_now() + timedelta(seconds=pause)):
        return str(Payout.objects.get(pk=payout.pk).state)
    bank = gateways.gateway(payout.run.rail)
    answer = bank.query_payout(payout_id=payout.number) if payout.tries else None
    if answer is None:
        try:
            bank.payout(
                payout_id=payout.number,
                holder=payout.holder,
                account=payout.full_number,
                bank_code=payout.bank_code,
                amount=payout.amount,
                text=f"{payout.number} {payout.ref_number}",
            )
        except BankRefused as error:
            return _fail(payout, error.sentence)
    crash_point("payout.sent")
    return note_answer(payout.number, answer) if answer else str(PayoutState.SENT)


@transaction.atomic
def note_answer(number: str, answer: BankEvent) -> str:
    """What the bank said about a payout, by message, by query or on a statement: "done", "failed" (the money is due to
    the payee again), "repeated", "differs" (another amount: somebody has to look), "ignored" (no such payout).

    ``answer.type`` is PAYOUT_SUCCEEDED, PAYOUT_FAILED or PAYOUT_RETURNED (came back after it had arrived);
    ``occurred_at`` gives the value date. A repeat changes nothing.
    """
    payout = Payout.objects.filter(number=number).first()
    if payout is None:
        return "ignored"
    payout = lock_rows(payout)
    if answer.amount is not None and answer.amount != payout.amount:
        return "differs"
    day = local_date(answer.occurred_at) if answer.occurred_at else None
    if answer.type == PAYOUT_SUCCEEDED:
        return _done(payout, answer, day)
    if answer.type == PAYOUT_RETURNED and payout.state == PayoutState.DONE:
        return _come_back(payout, answer, day)
    return _fail(payout, answer.problem)


def _done(payout: Payout, answer: BankEvent, day: Any) -> str:
    if payout.state != PayoutState.SENT:
        return "repeated" if payout.state == PayoutState.DONE else "ignored"
    if payout.refund_id:
        sending.note_answer(payout.refund.number, _refund_answer(REFUND_SUCCEEDED, answer))
    else:
        lines = (_transit(payout, ledger.debit), ledger.credit(chart.BANK, payout.amount, ref=payout))
        _post(payout, "payout_confirmed", "confirmed", *lines, value_date=day)
    crash_point("payout.confirmed")
    _advance(payout, "finish", set={"transaction_id": answer.transaction_id[:64], "paid_on": day})
    return str(PayoutState.DONE)


def _refund_answer(kind: str, answer: BankEvent) -> BankEvent:
    return BankEvent(answer.event_id, kind, transaction_id=answer.transaction_id, occurred_at=answer.occurred_at,
                     problem=answer.problem)  # fmt: skip


@transaction.atomic
def _fail(payout: Payout, problem: str) -> str:
    """The bank will not do it: the money is due to the payee again, and finance has to look before the next try."""
    payout = lock_rows(payout)
    if payout.state != PayoutState.SENT:
        return "repeated" if payout.state in (PayoutState.FAILED, PayoutState.CLEARED) else "ignored"
    if payout.refund_id:
        sending.note_answer(payout.refund.number, BankEvent("", REFUND_FAILED, problem=problem))
    else:
        _post(payout, "payout_failed", "failed", _transit(payout, ledger.debit), _payable(payout, ledger.credit))
    _advance(payout, "fail", reason=problem[:200], set={"problem": problem[:200]})
    return _left_to_the_refund(payout)


def _come_back(payout: Payout, answer: BankEvent, day: Any) -> str:
    """The money arrived there and came back (a closed account): due to the payee again, on the day it came."""
    if payout.refund_id:
        return "ignored"  # the refund is done; the receipt is an incoming line of its own
    lines = (ledger.debit(chart.BANK, payout.amount, ref=payout), _payable(payout, ledger.credit))
    _post(payout, "payout_returned", "back", *lines, value_date=day)
    _advance(payout, "come_back", reason=answer.problem[:200], set={"problem": answer.problem[:200]})
    return str(PayoutState.FAILED)


def _left_to_the_refund(payout: Payout) -> str:
    """A refund has a case of its own at finance; nothing is to be clarified twice."""
    if payout.refund_id:
        _advance(payout, "clear")
    return str(PayoutState.FAILED)


@transaction.atomic
def clear_payout(*, payout: Payout, actor: Any, reason: str) -> Payout:
    """Finance found out why a payout failed: its money may stand in the next run. Raises NotAllowed, NotPossibleNow."""
    if not may.may_settle(actor, payout):
        raise NotAllowed()
    return _advance(lock_rows(payout), "clear", actor=actor, reason=reason[:200])
