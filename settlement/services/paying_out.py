"""The job that carries out an approved run, chunk by chunk: a worker may die anywhere, and nobody is paid twice."""

import logging
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from foundation import audit
from foundation.core.actors import SYSTEM
from foundation.core.clock import database_now
from foundation.core.crashes import crash_point
from foundation.core.errors import DomainError
from foundation.core.locking import lock_rows
from foundation.documents import services as documents
from settlement import gateways, pain001
from settlement.lifecycle_payouts import PayoutState, RunState
from settlement.models import OwnAccount, Payout, PayoutRun
from settlement.services import payouts

CHUNK = 50
log = logging.getLogger(__name__)


class NoSupervisedAccount(DomainError):
    """The file has to say where the money leaves."""

    code = "no_supervised_account"
    message = _("Enter the supervised bank account first, and have it confirmed: the bank's file has to name it.")


def supervised_account(currency: str = "CNY") -> pain001.Debtor:
    """The account client money lies on. Raises NoSupervisedAccount."""
    kind = OwnAccount.Kind.SUPERVISED
    found = OwnAccount.objects.filter(kind=kind, currency=currency, state="active").first()
    if found is None:
        raise NoSupervisedAccount()
    return pain001.Debtor(found.holder, found.account_number, "", found.bank)


def carry_out(*, job: Any, progress: Any) -> None:
    """Send what is planned in a run (handler "job.run:settlement.payout_run"); taken up again it goes on with the rest.

    Each chunk is claimed by its rows and booked in one transaction; orders at the bank follow outside of it. The clock
    asks about orders whose answer got lost.
    """
    run = PayoutRun.objects.get(pk=job.subject_id)
    if run.state != RunState.SENDING:
        return
    planned = run.payouts.filter(state=PayoutState.PLANNED).count()
    everything = run.payouts.count()
    progress.restart(total=everything, done=everything - planned)
    while chunk := _send_chunk(run, progress):
        if run.rail != gateways.FILE:
            _order(chunk, progress)
    _finish(run)


@transaction.atomic
def _send_chunk(run: PayoutRun, progress: Any) -> list[Payout]:
    rows = Payout.objects.select_for_update(skip_locked=True, of=("self",)).filter(run=run, state=PayoutState.PLANNED)
    chunk = list(rows.select_related("destination", "run").order_by("pk")[:CHUNK])
    crash_point("payout.claimed")
    for payout in chunk:
        payouts.put_in_transit(payout)
    progress.step(len(chunk))
    return chunk


def _order(chunk: list[Payout], progress: Any) -> None:
    """Order a chunk at the bank. Where it does not answer, the clock asks again by our id."""
    for payout in chunk:
        if payout.state != PayoutState.SENT:
            continue
        try:
            payouts.pursue_payout(payout=payout)
        except DomainError as error:
            log.info("payout %s waits: %s", payout.number, error.code)
    progress.step()


@transaction.atomic
def _finish(run: PayoutRun) -> None:
    run = lock_rows(run)
    if run.state != RunState.SENDING or run.payouts.filter(state=PayoutState.PLANNED).exists():
        return
    fields = {}
    if run.rail == gateways.FILE:
        content = bank_file(run)
        if content:
            name = f"{run.number}.xml"
            kept = documents.store(name=name, content=content, content_type="application/xml", owner_id=None)
            fields["file_id"] = kept.pk
    crash_point("payout.file")
    sent = run.payouts.filter(state=PayoutState.SENT).count()
    audit.advance(run, "send", actor=SYSTEM, visibility="private", data={"count": sent}, set=fields)
    finish_run(run)


def bank_file(run: PayoutRun) -> bytes:
    """The pain.001 file of what a run sent; empty where everything was left out."""
    rows = list(run.payouts.filter(state=PayoutState.SENT).order_by("pk"))
    if not rows:
        return b""
    return pain001.render(number=run.number, made_at=database_now(), debtor=supervised_account(), payouts=rows)


def finish_run(run: PayoutRun) -> bool:
    """Close a sent run when the bank has answered all of it. Inside a transaction, with the run locked."""
    if run.state != RunState.SENT or run.payouts.filter(state=PayoutState.SENT).exists():
        return False
    audit.advance(run, "finish", actor=SYSTEM, visibility="private", data={"rail": run.rail})
    return True
