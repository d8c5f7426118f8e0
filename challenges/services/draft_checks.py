"""What is wrong with a part of a challenge, field by field. Nothing is written here."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from dateutil.relativedelta import relativedelta
from django.utils.translation import gettext_lazy as _

from challenges.models import Challenge
from challenges.scoring import WHOLE_BP

LONGEST_AHEAD = 3  # years
TOO_FAR = _("Choose a day within {years} years.")
PARTS = ("problem", "indicators", "payment", "terms", "rubric")
Problems = dict[str, Any]


def part_problems(challenge: Challenge, part: str, today: date) -> Problems:
    """{field: sentence} of what is wrong with a part. ``today`` is the day in Shanghai."""
    return CHECKS[part](challenge, today)


def furthest_day(today: date) -> date:
    """The last day that a deadline of a list may be planned for."""
    return today + relativedelta(years=LONGEST_AHEAD)


def _problem(challenge: Challenge, today: date) -> Problems:
    found: Problems = {}
    if not challenge.title_zh_hans:
        found["title_zh_hans"] = _("Enter the Chinese title.")
    if not challenge.problem_zh_hans.strip():
        found["problem_zh_hans"] = _("Say what is to be solved.")
    if not challenge.ipc:
        found["ipc"] = _("Name at least one IPC class.")
    return found


def _indicators(challenge: Challenge, today: date) -> Problems:
    rows = list(challenge.indicators.all())
    if not rows:
        return {"rows": _("Name at least one technical indicator.")}
    if not any(row.must for row in rows):
        return {"rows": _("At least one indicator must be met.")}
    if any(not (row.name and row.target and row.method) for row in rows):
        return {"rows": _("Each indicator has a name, a target and a test method.")}
    return {}


def _payment(challenge: Challenge, today: date) -> Problems:
    found: Problems = {}
    if not challenge.bounty_fen or challenge.bounty_fen <= 0:
        found["bounty"] = _("Enter the bounty.")
    rows = list(challenge.payments.all())
    months = [row.months for row in rows]
    if not rows:
        found["rows"] = _("Name at least one payment.")
    elif sum(row.share_bp for row in rows) != WHOLE_BP:
        found["rows"] = _("The shares of the payments add up to 100 %.")
    elif months != sorted(set(months)):
        found["rows"] = _("Each payment is later than the one before.")
    return found


def _terms(challenge: Challenge, today: date) -> Problems:
    found: Problems = {}
    season = challenge.season
    if not challenge.eligibility.strip():
        found["eligibility"] = _("Say who may propose.")
    if not challenge.contact_name or not challenge.contact_phone:
        found["contact_name"] = _("Name somebody who answers questions, with a phone number.")
    if not 1 <= challenge.most_winners <= season.most_winners:
        found["most_winners"] = _("Enter a number from {least} to {most}.").format(least=1, most=season.most_winners)
    if challenge.most_winners > 1:
        payments = challenge.payments.count()
        if not challenge.gate_milestone or not 1 <= challenge.gate_milestone < max(payments, 2):
            found["gate_milestone"] = _("Say up to which milestone several winners run; at least one follows it.")
    if challenge.deadline_date is None:
        found["deadline_date"] = _("Enter the last day for proposals.")
    elif challenge.deadline_date < today + timedelta(days=season.least_open_days):
        least = season.least_open_days
        found["deadline_date"] = _("Teams need at least {least} days.").format(least=least)
    elif challenge.deadline_date > furthest_day(today):
        found["deadline_date"] = TOO_FAR.format(years=LONGEST_AHEAD)
    return found


def _rubric(challenge: Challenge, today: date) -> Problems:
    rows = list(challenge.criteria.all())
    if sum(row.weight_bp for row in rows) != WHOLE_BP:
        return {"rows": _("The weights add up to 100 %.")}
    if any(not (row.name_zh_hans and row.name_en) for row in rows):
        return {"rows": _("Each criterion has a Chinese and an English name.")}
    return {}


CHECKS: dict[str, Callable[[Challenge, date], Problems]] = {
    "problem": _problem,
    "indicators": _indicators,
    "payment": _payment,
    "terms": _terms,
    "rubric": _rubric,
}
