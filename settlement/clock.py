"""Rows that are due: claimed in small numbers, each worked on alone, so that one bad row stops no other."""

import logging
from datetime import timedelta

from django.db import transaction

from foundation.core.actors import CLOCK
from foundation.core.clock import database_now, machine_now
from foundation.core.errors import DomainError
from settlement import services
from settlement.lifecycle import ObligationState, PaymentState, RefundState
from settlement.models import Obligation, Payment, Refund

BATCH = 50
CLAIMED_FOR = timedelta(seconds=30)
log = logging.getLogger(__name__)


def release_due(limit: int = BATCH) -> int:
    """Release what nobody objected to in time; how many."""
    due = Obligation.objects.filter(
        state=ObligationState.PAID, released_at=None, release_at__lte=database_now()
    ).exclude(objections__settled_at=None, objections__isnull=False)
    done = 0
    for obligation in due.order_by("release_at", "pk")[:limit]:
        try:
            done += services.release(obligation=obligation, actor=CLOCK).released_at is not None
        except DomainError as error:
            log.info("obligation %s is not released: %s", obligation.number, error.code)
    return done


def pursue_refunds(limit: int = BATCH) -> int:
    """Take refunds one step on; how many the bank answered about."""
    return _each(Refund, "next_try_at", [RefundState.REQUESTED, RefundState.SENT], limit,
                 lambda row: services.pursue_refund(refund=row))  # fmt: skip


def ask_about_payments(limit: int = BATCH) -> int:
    """Ask the bank about attempts nobody heard of; how many it answered about."""
    return _each(Payment, "next_check_at", [PaymentState.STARTED, PaymentState.WAITING], limit,
                 lambda row: services.ask_about(payment=row))  # fmt: skip


def _each(model, field: str, states: list[str], limit: int, step) -> int:
    done = 0
    for row in _claim(model, field, states, limit):
        try:
            step(row)
            done += 1
        except DomainError as error:
            log.info("%s %s waits: %s", model.__name__, row.pk, error.code)
    return done


@transaction.atomic
def _claim(model, field: str, states: list[str], limit: int) -> list:
    """Due rows that no other worker has, with their next time moved on."""
    due = model.objects.select_for_update(skip_locked=True).filter(
        **{"state__in": states, f"{field}__lte": machine_now()}
    )
    rows = list(due.order_by(field, "pk")[:limit])
    model.objects.filter(pk__in=[row.pk for row in rows]).update(**{field: machine_now() + CLAIMED_FOR})
    return rows
