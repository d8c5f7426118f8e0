"""Royalty periods by the clock: they open with the license, end with the calendar and ask for a report."""

from datetime import date, timedelta

from django.db import transaction

from foundation import audit
from foundation.core import numbering
from foundation.core.actors import CLOCK, SYSTEM
from foundation.core.clock import database_now, end_of_local_day, local_date
from foundation.core.locking import lock_rows
from foundation.core.workdays import add_workdays
from licenses.lifecycle import ACTIVE
from licenses.models import License, RoyaltyPeriod
from licenses.pricing import WITH_ROYALTY, Royalty
from licenses.royalty_dates import Span, license_year, spans
from licenses.royalty_lifecycle import PeriodState

DAY = timedelta(days=1)


def deadline(day: date):
    """The half-open end of a day, or of the next working day where people do not work on it (Civil Code Art. 203)."""
    return end_of_local_day(add_workdays(day - DAY, 1))


def last_day_of(license: License) -> date:
    """The last day of a license: that of its term, or the day on which it ended before."""
    if license.state in ACTIVE:
        return license.ends_on
    return min(license.ends_on, local_date(license.state_since))


def royalty_rules(license: License) -> Royalty | None:
    """What the terms of a license say about a royalty, None where there is none."""
    offer = license.terms_version.offer
    return offer.royalty if offer.method in WITH_ROYALTY else None


@transaction.atomic
def open_periods(*, license: License) -> list[RoyaltyPeriod]:
    """Write down the periods of a license that have begun; a repeat adds nothing. Returns the new ones."""
    license = lock_rows(license)
    rules = royalty_rules(license)
    if rules is None or license.starts_on is None:
        return []
    now = database_now()
    known = set(RoyaltyPeriod.objects.filter(license=license).values_list("starts_on", flat=True))
    begun = spans(rules.period, starts_on=license.starts_on, ends_on=last_day_of(license), until=local_date(now))
    return [
        _open(license, rules, span, place, now) for place, span in enumerate(begun, start=1) if span.first not in known
    ]


def _open(license: License, rules: Royalty, span: Span, place: int, now) -> RoyaltyPeriod:
    period = RoyaltyPeriod.objects.create(
        number=numbering.allocate("royalty", local_date(now).year),
        license=license,
        sequence=place,
        starts_on=span.first,
        ends_on=span.last,
        full_days=span.full_days,
        license_year=license_year(license.starts_on, span.first),
        **due_dates(rules, span.last),
    )
    audit.record(
        "licenses.royaltyperiod.opened",
        subject=period,
        actor=SYSTEM,
        parties=license.party_ids,
        now=now,
        data={"license": license.number, "starts_on": span.first.isoformat(), "ends_on": span.last.isoformat()},
        after={"state": str(PeriodState.RUNNING)},
    )
    return period


def due_dates(rules: Royalty, last: date) -> dict:
    """When report and payment of a period that ends on a day are due."""
    return {
        "report_due_at": deadline(last + timedelta(days=rules.report_due_days)),
        "pay_due_at": deadline(last + timedelta(days=rules.pay_due_days)),
    }


@transaction.atomic
def close_period(*, period: RoyaltyPeriod) -> bool:
    """A period is over and its report falls due; False if it is not over yet, or was closed before."""
    period = lock_rows(period)
    now = database_now()
    if period.state != PeriodState.RUNNING or now < end_of_local_day(period.ends_on):
        return False
    audit.advance(
        period,
        "close",
        actor=CLOCK,
        now=now,
        parties=period.party_ids,
        data={"license": period.license.number, "report_by": local_date(period.report_due_at - DAY).isoformat()},
    )
    return True


@transaction.atomic
def end_periods(*, license: License) -> None:
    """A license ended before its term: its running period ends with it, and later ones are never opened."""
    license = lock_rows(license)
    last = last_day_of(license)
    open_periods(license=license)
    for period in RoyaltyPeriod.objects.filter(license=license, state=PeriodState.RUNNING, ends_on__gt=last):
        period.ends_on = last
        for name, moment in due_dates(period.rules, last).items():
            setattr(period, name, moment)
        period.save(update_fields=["ends_on", "report_due_at", "pay_due_at"])


REMIND_AT_DAYS = (-7, 0, 3, 10, 30)  # before and after the last day for the report


@transaction.atomic
def remind(*, period: RoyaltyPeriod) -> bool:
    """Tell the licensee that a report is due soon, today or overdue; each message once, only the latest that is due."""
    period = lock_rows(period)
    if period.state not in (PeriodState.REPORT_DUE, PeriodState.REPORT_LATE):
        return False
    now = database_now()
    last = local_date(period.report_due_at - DAY)
    passed = sum(local_date(now) >= last + timedelta(days=days) for days in REMIND_AT_DAYS)
    if passed <= period.reminded:
        return False
    period.reminded = passed
    period.save(update_fields=["reminded"])
    audit.record(
        "licenses.royaltyperiod.reminded",
        subject=period,
        actor=CLOCK,
        parties=[period.licensee_id],
        now=now,
        data={"license": period.license.number, "report_by": last.isoformat()},
    )
    return True
