"""Rows that are due: claimed in small numbers, each worked on alone, so that one bad row stops no other."""

import logging
from datetime import timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef

from foundation.core.actors import CLOCK
from foundation.core.clock import database_now, end_of_local_day, local_date, machine_now
from foundation.core.errors import DomainError
from settlement import gateways, services
from settlement.lifecycle import HoldState, ObligationState, PaymentState, RefundState
from settlement.models import Hold, LateCharge, Obligation, Payment, Refund, Reminder
from settlement.services import overdue

BATCH = 50
CHARGED_AFTER = 2  # days of a new month, then the last one is charged
CLAIMED_FOR = timedelta(seconds=30)
log = logging.getLogger(__name__)


def release_due(limit: int = BATCH) -> int:
    """Release what nobody objected to in time; how many. Rows that must wait keep no others waiting."""
    due = Obligation.objects.filter(
        state=ObligationState.PAID, released_at=None, release_at__lte=database_now()
    ).exclude(objections__settled_at=None, objections__isnull=False)
    done = 0
    for obligation in due.order_by("release_at", "pk").iterator(chunk_size=BATCH):
        if done >= limit:
            break
        try:
            services.release(obligation=obligation, actor=CLOCK)
            done += 1
        except DomainError as error:
            log.info("obligation %s is not released: %s", obligation.number, error.code)
    return done


def remind_due(limit: int = BATCH) -> int:
    """Remind debtors of what is due soon or overdue, each step once; how many."""
    today, done = local_date(database_now()), 0
    for step in reversed(overdue.STEPS):
        moment = end_of_local_day(today - timedelta(days=step))  # deadlines up to the end of the day the step speaks of
        due = Obligation.objects.filter(state=ObligationState.OPEN, due_at__lte=moment).exclude(
            Exists(Reminder.objects.filter(obligation=OuterRef("pk"), step__gte=step))
        )
        for obligation in due.order_by("due_at", "pk")[:limit]:
            done += services.remind(obligation=obligation) is not None
    return done


def charge_late(limit: int = BATCH) -> int:
    """Late fees for the months that are over, while the principal is unpaid; how many.

    Asked for from the third day on, so that money the bank booked at the month's end is known.
    """
    today = local_date(database_now())
    until = (today - timedelta(days=CHARGED_AFTER)).replace(day=1) - timedelta(days=1)
    charged = LateCharge.objects.filter(obligation=OuterRef("pk"), until__gte=until)
    due = Obligation.objects.filter(
        ~Exists(charged), state=ObligationState.OPEN, late_ppm_a_day__gt=0, due_at__lt=end_of_local_day(until)
    )
    rows = due.order_by("due_at", "pk")[:limit]
    return sum(services.charge_until(obligation=one, until=until) is not None for one in rows)


def expire_holds(limit: int = BATCH) -> int:
    """Give back what nobody decided on in time; how many."""
    done = 0
    for hold in Hold.objects.filter(state=HoldState.HELD, expires_at__lte=database_now()).order_by("expires_at")[
        :limit
    ]:
        try:
            services.expire(hold=hold, actor=CLOCK)
            done += 1
        except DomainError as error:
            log.info("hold %s does not expire: %s", hold.number, error.code)
    return done


def pursue_refunds(limit: int = BATCH) -> int:
    """Take refunds one step on; how many the bank answered about. Those by transfer leave in a payout run."""
    return _each(Refund, "next_try_at", [RefundState.REQUESTED, RefundState.SENT], limit,
                 lambda row: services.pursue_refund(refund=row), payment__provider__in=gateways.REFUNDING)  # fmt: skip


def ask_about_payments(limit: int = BATCH) -> int:
    """Ask the bank about attempts nobody heard of; how many it answered about."""
    return _each(Payment, "next_check_at", [PaymentState.STARTED, PaymentState.WAITING], limit,
                 lambda row: services.ask_about(payment=row))  # fmt: skip


def _each(model, field: str, states: list[str], limit: int, step, **more) -> int:
    done = 0
    for row in _claim(model, field, states, limit, **more):
        try:
            step(row)
            done += 1
        except DomainError as error:
            log.info("%s %s waits: %s", model.__name__, row.pk, error.code)
    return done


@transaction.atomic
def _claim(model, field: str, states: list[str], limit: int, **more) -> list:
    """Due rows that no other worker has, with their next time moved on."""
    due = model.objects.select_for_update(skip_locked=True, of=("self",)).filter(
        **{"state__in": states, f"{field}__lte": machine_now()}, **more
    )
    rows = list(due.order_by(field, "pk")[:limit])
    model.objects.filter(pk__in=[row.pk for row in rows]).update(**{field: machine_now() + CLAIMED_FOR})
    return rows
