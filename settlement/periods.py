"""Closed months: which day an entry may have."""

import re
from datetime import date

from settlement.banklifecycle import MonthState
from settlement.models import AccountingMonth

NOTE = "closed: {day}"
NOTED = re.compile(r"closed: (\d{4}-\d{2}-\d{2})")


def open_day(day: date, reason: str) -> tuple[date, str]:
    """The day an entry may have, and its reason with a note of the bank's day where that is another one."""
    found = first_open_day(day)
    if found == day:
        return day, reason
    return found, f"{NOTE.format(day=day.isoformat())} {reason}".strip()


def bank_day(reason: str) -> date | None:
    """The bank's day of an entry that was moved out of a closed month."""
    noted = NOTED.match(reason)
    return date.fromisoformat(noted.group(1)) if noted else None


def first_open_day(day: date) -> date:
    """The day itself, or the first day after it whose month is not closed."""
    closed = {
        row.month: row for row in AccountingMonth.objects.filter(month__gte=day.replace(day=1)).exclude(
            state=MonthState.REOPENED
        )
    }  # fmt: skip
    while day.replace(day=1) in closed:
        day = closed[day.replace(day=1)].next_month
    return day
