"""Payout runs: what is due is collected, approved by a second person above the limit, and handed to the paying out."""

from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Count, Sum
from django.utils.translation import gettext_lazy as _

from foundation import audit
from foundation.core import numbering
from foundation.core.actors import SYSTEM
from foundation.core.clock import database_now, local_date
from foundation.core.errors import DomainError, Invalid, NotAllowed, NotPossibleNow
from foundation.core.locking import lock_rows
from foundation.core.money import Money
from foundation.core.text import clean_text
from foundation.jobs import services as jobs
from settlement import gateways, rules
from settlement.lifecycle_payouts import PayoutState, RunState
from settlement.models import Payout, PayoutAccount, PayoutRun, SenderAccount
from settlement.queries.payables import Payable, payable_now
from settlement.services import paying_out, second_person

REVIEW, JOB = "settlement.payout", "settlement.payout_run"
BATCH = 1000


class NothingToPay(DomainError):
    """Nothing is due that could be paid out."""

    code = "nothing_to_pay"
    message = _("Nothing is due that could be paid out now.")


@transaction.atomic
def collect_run(*, rail: str, actor: Any, key: str, note: str = "") -> PayoutRun:
    """Make a run of everything that can be paid out now, once per ``key``; each sub-account is in one run at a time.

    ``rail`` is "file" (a pain.001 file for the bank) or the name of a gateway that pays out. Raises NotAllowed,
    NothingToPay, Invalid (no such rail).
    """
    if not rules.may_settle(actor):
        raise NotAllowed()
    if rail not in gateways.payout_rails():
        raise Invalid(_("Choose how the money is to be sent."), field="rail")
    found = PayoutRun.objects.filter(key=key).first()
    if found is not None:
        return found
    due = payable_now()
    if not due:
        raise NothingToPay()
    run = PayoutRun.objects.create(
        number=numbering.allocate("payout_run", local_date(database_now()).year),
        key=key,
        rail=rail,
        note=clean_text(note, 500, multiline=True),
        made_by_id=actor.user_id,
    )
    _add(run, due)
    count, total = totals(run)
    if not count:
        raise NothingToPay()
    audit.record(
        "settlement.payoutrun.collected",
        subject=run,
        actor=actor,
        visibility="private",
        data={"amount": total, "count": count, "rail": rail},
    )
    return run


def _add(run: PayoutRun, due: list[Payable]) -> None:
    """One payout for each; what another run took at the same moment is left to it (a unique index decides)."""
    accounts = PayoutAccount.objects.in_bulk({one.destination_id for one in due if one.destination_id})
    senders = SenderAccount.objects.in_bulk({one.sender_id for one in due if one.sender_id})
    rows = [_payout(run, one, senders.get(one.sender_id) or accounts[one.destination_id]) for one in due]
    Payout.objects.bulk_create(rows, batch_size=BATCH, ignore_conflicts=True)


def _payout(run: PayoutRun, due: Payable, account: Any) -> Payout:
    return Payout(
        run=run,
        party_id=due.party_id,
        account_id=due.account,
        ref_kind=due.ref.kind,
        ref_id=due.ref.id or None,
        ref_number=due.ref.number[:60],
        refund_id=due.refund_id,
        destination_id=due.destination_id,
        amount_fen=due.free.fen,
        currency=due.free.currency,
        holder=account.holder,
        bank_name=account.bank_name,
        bank_code=account.bank_code,
        number_encrypted=account.number_encrypted,
        number_masked=account.number_masked,
    )


def totals(run: PayoutRun) -> tuple[int, Money]:
    """How many payouts a run has, without those left out, and their sum."""
    rows = run.payouts.exclude(state=PayoutState.DROPPED)
    found = rows.aggregate(n=Count("pk"), fen=Sum("amount_fen", default=0))
    return found["n"], Money(int(found["fen"]))


@transaction.atomic
def drop_payout(*, payout: Payout, actor: Any, reason: str) -> Payout:
    """Leave a payout out of a run that is still being prepared; it is due again at once. Raises NotAllowed,
    NotPossibleNow, Invalid (no reason)."""
    run, payout = lock_rows(payout.run, payout)
    _require(run, "drop")
    text = clean_text(reason, 200)
    if not text:
        raise Invalid(_("Say why."), field="reason")
    return audit.advance(payout, "drop", actor=actor, reason=text, visibility="private", data={"amount": payout.amount})


@transaction.atomic
def submit_run(*, run: PayoutRun, actor: Any) -> PayoutRun:
    """Have a run approved: by a second person above settings.KAIXU_FOUR_EYES_ABOVE_FEN in all, else at once.

    Raises NotAllowed, NotPossibleNow, NothingToPay.
    """
    run = lock_rows(run)
    _require(run, "submit")
    count, total = totals(run)
    if not count:
        raise NothingToPay()
    facts = {"amount": total, "count": count}
    if total.fen <= settings.KAIXU_FOUR_EYES_ABOVE_FEN:
        return audit.advance(run, "clear", actor=actor, visibility="private", data=facts, set={"needs_second": False})
    run = audit.advance(run, "submit", actor=actor, visibility="private", data=facts, set={"needs_second": True})
    second_person.ask(kind=REVIEW, subject=run, title=f"{total} · {run.number}", actor=actor)
    return run


@transaction.atomic
def decide_run(*, review: Any, decision: Any, actor: Any) -> None:
    """A second person decided (handler of approvals): the run may be sent, or goes back to finance."""
    run = lock_rows(PayoutRun.objects.get(pk=review.subject_id))
    if run.state != RunState.WAITING:
        return
    second_person.require_another(actor, run.made_by_id)
    count, total = totals(run)
    facts = {"amount": total, "count": count}
    if decision.outcome == "approve":
        fields = {"approved_by_id": actor.user_id}
        audit.advance(run, "approve", actor=SYSTEM, visibility="private", data=facts, set=fields)
    else:
        audit.advance(run, "return", actor=SYSTEM, reason=decision.text, visibility="private", data=facts)


@transaction.atomic
def begin_sending(*, run: PayoutRun, actor: Any) -> PayoutRun:
    """Send an approved run in the background. Raises NotAllowed, NotPossibleNow, NoSupervisedAccount."""
    run = lock_rows(run)
    _require(run, "begin")
    if run.rail == gateways.FILE:
        paying_out.supervised_account()
    count, total = totals(run)
    job = jobs.start(kind=JOB, actor=actor, subject=run, total=count)
    return audit.advance(
        run, "begin", actor=actor, visibility="private", data={"amount": total, "count": count}, set={"job_id": job.pk}
    )


@transaction.atomic
def cancel_run(*, run: PayoutRun, actor: Any, reason: str) -> PayoutRun:
    """Send nothing of a run that was not begun; all of it is due again. Raises NotAllowed, NotPossibleNow, Invalid."""
    run = lock_rows(run)
    _require(run, "cancel")
    text = clean_text(reason, 200)
    if not text:
        raise Invalid(_("Say why."), field="reason")
    for payout in run.payouts.filter(state=PayoutState.PLANNED):
        audit.advance(payout, "drop", actor=actor, reason=text, visibility="private", data={"amount": payout.amount})
    return audit.advance(run, "cancel", actor=actor, reason=text, visibility="private", data={"rail": run.rail})


def _require(run: PayoutRun, verb: str) -> None:
    if not run.permits(verb):
        raise NotPossibleNow(lifecycle="payout run", state=run.state, move=verb, label=run.state_label)
