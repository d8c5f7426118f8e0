"""Lines of statements that nobody works on: taken up again, one by one."""

import logging

from django.db import transaction

from foundation.core.clock import machine_now
from foundation.core.errors import DomainError
from settlement.banklifecycle import LineState
from settlement.clock import BATCH, CLAIMED_FOR
from settlement.models import BankLine
from settlement.services import lines

log = logging.getLogger(__name__)


def settle_lines(limit: int = BATCH) -> int:
    """Work on new lines that were stored some time ago, oldest first; how many.

    The job of the import works on them at once; here is what it left behind.
    """
    done = 0
    for key in _left_behind(limit):
        try:
            with transaction.atomic():
                line = BankLine.objects.select_for_update(skip_locked=True).filter(pk=key).first()
                done += bool(line and lines.settle_line(line=line).state != LineState.NEW)
        except DomainError as error:
            log.info("line %s waits: %s", key, error.code)
    return done


def _left_behind(limit: int) -> list[int]:
    rows = BankLine.objects.filter(state=LineState.NEW, created_at__lte=machine_now() - CLAIMED_FOR)
    return list(rows.order_by("booked_on", "booked_at", "is_reversal", "sequence").values_list("pk", flat=True)[:limit])
