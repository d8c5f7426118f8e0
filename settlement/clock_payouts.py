"""What the clock looks for among payouts, refund requests and disputes."""

import logging

from django.db import transaction
from django.db.models import Exists, OuterRef

from foundation.core.clock import database_now, machine_now
from foundation.core.errors import DomainError
from settlement import gateways
from settlement.clock import BATCH, CLAIMED_FOR
from settlement.lifecycle_disputes import DisputeState
from settlement.lifecycle_payouts import PayoutState, RunState
from settlement.models import Dispute, Payout, PayoutRun
from settlement.services import disputes, paying_out, payouts, refund_requests

log = logging.getLogger(__name__)


def pursue_payouts(limit: int = BATCH) -> int:
    """Ask about payouts whose answer did not come, and order those that never reached the bank; how many it answered.

    Payouts that left as a file are answered by the bank's statement.
    """
    done = 0
    for payout in _claim(limit):
        try:
            payouts.pursue_payout(payout=payout)
            done += 1
        except DomainError as error:
            log.info("payout %s waits: %s", payout.number, error.code)
    finish_runs()
    return done


@transaction.atomic
def _claim(limit: int) -> list[Payout]:
    """Due payouts that no other worker has, with their next time moved on."""
    due = Payout.objects.select_for_update(skip_locked=True, of=("self",)).filter(
        state=PayoutState.SENT, next_check_at__lte=machine_now()
    )
    rows = list(due.exclude(run__rail=gateways.FILE).select_related("run").order_by("next_check_at", "pk")[:limit])
    Payout.objects.filter(pk__in=[row.pk for row in rows]).update(next_check_at=machine_now() + CLAIMED_FOR)
    return rows


def finish_runs(limit: int = BATCH) -> int:
    """Close runs that the bank has answered whole; how many."""
    open_ones = Payout.objects.filter(run=OuterRef("pk"), state=PayoutState.SENT)
    runs = PayoutRun.objects.filter(~Exists(open_ones), state=RunState.SENT)
    done = 0
    for key in list(runs.order_by("pk").values_list("pk", flat=True)[:limit]):
        with transaction.atomic():
            run = PayoutRun.objects.select_for_update(skip_locked=True).filter(pk=key).first()
            done += bool(run and paying_out.finish_run(run))
    return done


def follow_requests(limit: int = BATCH) -> int:
    """Note refund requests whose money is back; how many."""
    return sum(refund_requests.note_paid(request=one) for one in refund_requests.granted()[:limit])


def move_disputes(limit: int = BATCH) -> int:
    """Go on where no answer came in time, and close what nobody brought before a court; how many."""
    due = Dispute.objects.filter(state__in=[DisputeState.OPEN, DisputeState.FAILED], due_at__lte=database_now())
    return sum(disputes.pass_deadline(dispute=one) for one in due.order_by("due_at", "pk")[:limit])
