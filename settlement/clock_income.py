"""Distributions that are due: the notice is over, the inventors are paid, nothing is left to do."""

import logging
from collections.abc import Callable
from datetime import timedelta

from django.db import transaction
from django.db.models import Q, QuerySet, Sum

from foundation.core.actors import CLOCK
from foundation.core.clock import database_now
from foundation.core.errors import DomainError
from settlement import chart
from settlement.lifecycle_income import DistributionState
from settlement.models import Distribution, DistributionLine, Posting
from settlement.services import noticing

BATCH = 50
CLOSED_AFTER = timedelta(days=30)
log = logging.getLogger(__name__)


def end_notices(limit: int = BATCH) -> int:
    """Agree on what nobody objected to; how many."""
    due = Q(state=DistributionState.NOTICE, notice_until__lte=database_now())
    return _each(Distribution.objects.filter(due), limit, lambda row: noticing.end_notice(distribution=row))


def finish_distributions(limit: int = BATCH) -> int:
    """Note the payout where the sub-account of every inventor is empty; how many."""
    paid = Q(state=DistributionState.AGREED, delegated=True) & ~Q(pk__in=_unpaid())
    return _each(Distribution.objects.filter(paid), limit, lambda row: noticing.finish_payout(distribution=row))


def close_distributions(limit: int = BATCH) -> int:
    """Close what was paid out a month ago; how many."""
    old = Q(state=DistributionState.PAID, state_since__lte=database_now() - CLOSED_AFTER)
    return _each(Distribution.objects.filter(old), limit, lambda row: noticing.close(distribution=row, actor=CLOCK))


def _unpaid() -> QuerySet:
    """Agreed distributions of which an inventor still has money to get."""
    agreed = DistributionLine.objects.filter(
        distribution__state=DistributionState.AGREED, distribution__delegated=True
    ).values("pk")
    rows = Posting.objects.filter(
        account_id=chart.PAYABLE_TO_INVENTORS, ref_kind=DistributionLine._meta.label_lower, ref_id__in=agreed
    )
    left = rows.values("ref_id").annotate(left=Sum("credit_fen") - Sum("debit_fen")).filter(left__gt=0)
    return DistributionLine.objects.filter(pk__in=left.order_by().values("ref_id")).values("distribution_id")


def _each(rows: QuerySet, limit: int, step: Callable) -> int:
    """One transaction a row; a row another worker has is left to it."""
    done = 0
    for pk in list(rows.order_by("pk").values_list("pk", flat=True)[:limit]):
        try:
            with transaction.atomic():
                row = rows.select_for_update(skip_locked=True, of=("self",)).filter(pk=pk).first()
                if row is not None:
                    step(row)
                    done += 1
        except DomainError as error:
            log.info("distribution %s waits: %s", pk, error.code)
    return done
