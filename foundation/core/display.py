"""How numbers, moments and patent numbers are written for people, in the language of the page."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.utils import timezone
from django.utils.translation import get_language, gettext, ngettext

from foundation.core.money import Money, short
from foundation.core.money import in_capitals as capitals

LOCAL = ZoneInfo("Asia/Shanghai")
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
WEEK_DAYS = 7
YEAR_DIGITS = {8: 2, 12: 4}  # digits of the year in the old and the new form of a patent number
ENGLISH_MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]


def is_chinese() -> bool:
    """Whether the page that is being made is in Chinese."""
    return (get_language() or "zh-hans").startswith("zh")


def listed(parts: Iterable[str]) -> str:
    """Phrases in a row, with the mark of the reader's language between them."""
    return ("；" if is_chinese() else "; ").join(parts)


def enumerated(parts: Iterable[str]) -> str:
    """Words or numbers in a row, with the mark of the reader's language between them."""
    return ("、" if is_chinese() else ", ").join(parts)


def day(value: date | datetime) -> str:
    """A date for people: 2026-12-09 in Chinese, 9 Dec 2026 in English; moments are taken in Shanghai."""
    if isinstance(value, datetime):
        value = value.astimezone(LOCAL).date()
    if is_chinese():
        return value.isoformat()
    return f"{value.day} {ENGLISH_MONTHS[value.month - 1]} {value.year}"


def moment(value: datetime, *, seconds: bool = False, zone: bool = True) -> str:
    """A moment in Shanghai time, with the zone named unless the page names it once elsewhere."""
    local = value.astimezone(LOCAL)
    clock = local.strftime("%H:%M:%S" if seconds else "%H:%M")
    text = f"{day(local)} {clock}" if is_chinese() else f"{day(local)}, {clock}"
    return gettext("%(moment)s (China time, UTC+8)") % {"moment": text} if zone else text


def last_moment(value: datetime, *, zone: bool = True) -> str:
    """A deadline. Bounds are half-open: 00:00 of the next day in Shanghai reads as the end of the day before."""
    local = value.astimezone(LOCAL)
    if (local.hour, local.minute, local.second) != (0, 0, 0):
        return moment(value, zone=zone)
    text = gettext("end of %(day)s") % {"day": day(local.date() - timedelta(days=1))}
    return gettext("%(moment)s (China time, UTC+8)") % {"moment": text} if zone else text


def _length(gap: timedelta) -> str:
    if gap < HOUR:
        minutes = max(1, int(gap / MINUTE))
        return ngettext("%(n)d minute", "%(n)d minutes", minutes) % {"n": minutes}
    if gap < timedelta(days=1):
        hours = int(gap / HOUR)
        return ngettext("%(n)d hour", "%(n)d hours", hours) % {"n": hours}
    return ngettext("%(n)d day", "%(n)d days", gap.days) % {"n": gap.days}


def remaining(due: datetime, now: datetime | None = None) -> tuple[str, str]:
    """What is left until ``due`` in words, and its tone: danger (today or past), warning (a week) or plain."""
    now = now or timezone.now()
    if due <= now:
        return gettext("%(length)s overdue") % {"length": _length(now - due)}, "danger"
    text = gettext("%(length)s left") % {"length": _length(due - now)}
    last_day = (due - timedelta(microseconds=1)).astimezone(LOCAL).date()
    days = (last_day - now.astimezone(LOCAL).date()).days
    return text, "danger" if days <= 0 else "warning" if days < WEEK_DAYS else "plain"


def as_money(amount) -> Money | None:
    """``Money`` from Money or integer fen; None where there is no amount."""
    if amount is None or amount == "":
        return None
    return Money(amount) if isinstance(amount, int) else amount


def money(amount) -> str:
    """An amount in full, ¥1,234.56; a dash where there is none."""
    given = as_money(amount)
    return "—" if given is None else str(given)


def money_short(amount) -> str:
    """An amount as a person would say it, in the language of the page: ¥386.40万, ¥3.86M."""
    given = as_money(amount)
    return "—" if given is None else short(given, get_language() or "zh-hans")


def in_capitals(amount) -> str:
    """An amount in Chinese capitals, as on an invoice; empty where there is none."""
    given = as_money(amount)
    return "" if given is None else capitals(given)


def patent_number(normalized: str) -> str:
    """ZL 2021 1 0123456.7 from 202110123456.7, ZL 01 1 12787.2 from 01112787.2 (ZC 0006-2003)."""
    text = str(normalized or "")
    digits, _, check = text.partition(".")
    year = YEAR_DIGITS.get(len(digits))
    if not digits.isdigit() or not check or year is None:
        return text
    return f"ZL {digits[:year]} {digits[year]} {digits[year + 1 :]}.{check}"
