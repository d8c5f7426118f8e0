"""What happens to those who pay late: reminders, each once, and late fees, each day once."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.db import transaction

from foundation import audit
from foundation.core.actors import CLOCK, SYSTEM
from foundation.core.clock import database_now, local_date
from foundation.core.locking import lock_rows
from settlement import late_fees
from settlement.lifecycle import ObligationState
from settlement.models import LateCharge, Obligation, Reminder
from settlement.services.obligations import open_obligation
from settlement.services.schedules import due_end

STEPS = (-7, 0, 3, 10, 30)  # days after the due day
ONE_DAY = timedelta(days=1)


def due_day(obligation: Obligation) -> date:
    """The last day in Shanghai on which paying is in time; the deadline is its half-open end."""
    return local_date(obligation.due_at - timedelta(microseconds=1))


def step_for(obligation: Obligation, today: date) -> int | None:
    """The newest reminder that is due: a week before, on the day, 3, 10 and 30 days after; None while it is early.

    Somebody who was not reminded in time (the worker stood still) hears the newest one, not all of them.
    """
    passed = [step for step in STEPS if today >= due_day(obligation) + ONE_DAY * step]
    return passed[-1] if passed else None


@transaction.atomic
def remind(*, obligation: Obligation, actor: Any = CLOCK) -> Reminder | None:
    """Remind a debtor of an open obligation, each step once; None where nothing is to be said now."""
    obligation, now = lock_rows(obligation), database_now()
    step = step_for(obligation, local_date(now))
    if obligation.state != ObligationState.OPEN or step is None:
        return None
    if obligation.reminders.filter(step__gte=step).exists():
        return None
    made = Reminder.objects.create(obligation=obligation, step=step, sent_at=now)
    audit.record(
        "settlement.obligation.reminded" if step <= 0 else "settlement.obligation.overdue",
        subject=obligation,
        actor=actor,
        data={"amount": obligation.left, "due": due_day(obligation), "days": abs(step), "about": obligation.ref_number},
        parties=obligation.party_ids,
        now=now,
    )
    return made


def charge_when_paid(*, obligation: Obligation, paid_at: datetime) -> LateCharge | None:
    """The fee for the days until the principal was complete. Inside the caller's transaction and lock."""
    return _charge(obligation, local_date(paid_at))


@transaction.atomic
def charge_until(*, obligation: Obligation, until: date) -> LateCharge | None:
    """The fee for the days up to the end of a month, while the principal is unpaid. A repeat changes nothing."""
    obligation = lock_rows(obligation)
    if obligation.state != ObligationState.OPEN:
        return None
    return _charge(obligation, until)


def _charge(obligation: Obligation, until: date) -> LateCharge | None:
    """Ask for the fee of the days since the due day or the last charge; it bears no fee itself."""
    last = obligation.late_charges.order_by("-until").first()
    since = last.until if last else due_day(obligation)
    if not obligation.late_ppm_a_day or until <= since:
        return None
    paid = [(local_date(one.paid_at), one.amount) for one in obligation.allocations.all()]
    stretches = late_fees.stretches_of(obligation.amount, paid, since, until)
    rate = Decimal(obligation.late_ppm_a_day) / late_fees.PPM_A_BP
    amount = late_fees.total_fee(stretches, rate, obligation.late_cap_bp_a_year)
    fee = _ask_for(obligation, amount, until) if amount else None
    return LateCharge.objects.create(obligation=obligation, since=since, until=until, amount_fen=amount.fen, fee=fee)


def _ask_for(obligation: Obligation, amount, until: date) -> Obligation:
    due = local_date(database_now()) + timedelta(days=settings.KAIXU_LATE_FEE_DUE_DAYS)
    return open_obligation(
        purpose=obligation.purpose_row.late_fee,
        ref=obligation.ref,
        debtor=obligation.debtor,
        creditor=obligation.creditor,
        amount=amount,
        due_at=due_end(due),
        key=f"late-fee:{obligation.pk}:{until}",
        label=obligation.label,
        actor=SYSTEM,
        late_for=obligation,
    )
