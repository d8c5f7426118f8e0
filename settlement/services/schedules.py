"""Plans of payment: instalments that add up to the whole, each due at the end of a working day in Shanghai."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from foundation import audit
from foundation.core import workdays
from foundation.core.clock import end_of_local_day
from foundation.core.errors import DomainError
from foundation.core.money import Money
from foundation.core.refs import Ref
from settlement.models import Obligation, Schedule
from settlement.services.obligations import open_obligation


class PartsWrong(DomainError):
    """A schedule has at least one part, each positive, in one currency."""

    code, status = "parts_wrong", 400
    field = "parts"
    message = _("Each instalment is a positive amount.")


class ScheduleDiffers(DomainError):
    """The key came before for something else."""

    code = "schedule_differs"
    message = _("This payment schedule exists already, with other amounts.")


@dataclass(frozen=True, slots=True)
class Part:
    """One instalment: what is due, on which day in Shanghai (moved on to a working day), and what it is for.

    ``purpose`` where it is not that of the schedule; ``due_at`` where the deadline is given to the moment (UTC).
    """

    amount: Money
    due_date: date
    label: str
    purpose: str = ""
    due_at: datetime | None = None


def due_end(day: date) -> datetime:
    """The half-open end of a due day as UTC; a day nobody works on is moved to the next working day."""
    working = day if workdays.is_workday(day) else workdays.add_workdays(day, 1)
    return end_of_local_day(working)


@transaction.atomic
def open_schedule(
    *,
    purpose: str,
    ref: Any,
    debtor: Any,
    creditor: Any,
    parts: Iterable[Part],
    key: str,
    actor: Any,
    only: int | None = None,
    **terms: Any,
) -> Schedule:
    """Ask for several instalments of one amount, once per ``key``; `money.split` makes parts that equal the whole.

    With ``only`` the first parts are asked for now, and the rest by a later call with the same key, when their days are
    known. ``terms`` go to each obligation (late_ppm_a_day, late_cap_bp_a_year). Raises PartsWrong, ScheduleDiffers (the
    same key for another sum, number, purpose or party), ObligationDiffers (for other parts).
    """
    parts, about = list(parts), Ref.of(ref)
    if not parts or any(part.amount.fen <= 0 for part in parts):
        raise PartsWrong()
    total = sum((part.amount for part in parts), Money(0, parts[0].amount.currency))
    facts = {
        "purpose": purpose,
        "debtor_id": debtor.pk,
        "creditor_id": creditor.pk,
        "total_fen": total.fen,
        "currency": total.currency,
        "parts": len(parts),
    }
    kept = {"ref_kind": about.kind, "ref_id": about.id, "ref_number": about.number}
    schedule, made = Schedule.objects.get_or_create(key=key, defaults={**facts, **kept})
    if any(getattr(schedule, name) != value for name, value in facts.items()):
        raise ScheduleDiffers()
    for position, part in enumerate(parts[:only], 1):
        _open_part(schedule, position, part, debtor=debtor, creditor=creditor, actor=actor, terms=terms)
    if made:
        audit.record(
            "settlement.schedule.opened",
            subject=schedule,
            actor=actor,
            data={"amount": total, "parts": len(parts), "about": about.number},
            parties=[debtor.pk, creditor.pk],
        )
    return schedule


def _open_part(schedule, position: int, part: Part, *, debtor, creditor, actor, terms) -> Obligation:
    return open_obligation(
        purpose=part.purpose or schedule.purpose,
        ref=schedule.ref,
        debtor=debtor,
        creditor=creditor,
        amount=part.amount,
        due_at=part.due_at or due_end(part.due_date),
        key=f"schedule:{schedule.pk}:{position}",
        label=part.label,
        actor=actor,
        schedule=schedule,
        position=position,
        **terms,
    )
