"""A fixed fee in parts (Civil Code Art. 846): which parts may be offered, and on which days they fall due (pure).

The section "price" keeps them as ``instalments``: rows of {amount_fen, days, day}; ``instalments_from`` says what the
days of all later parts are counted from, ``instalments_total_fen`` is the whole fee. The first part is due with the
notice, within the payment term that a lump sum has.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from foundation.core.marks import _
from foundation.core.money import Money
from licenses.pricing import Anchor, Instalment

FEWEST, MOST = 2, 12
PAYMENT_DAYS = 15  # the payment term of a notice
MOST_DAYS = 20 * 366


@dataclass(frozen=True, slots=True)
class Due:
    """One part of the plan: its number from 1, its amount and its last day (Asia/Shanghai)."""

    no: int
    amount: Money
    day: date


def anchor_of(price: dict) -> Anchor | None:
    """What the later parts are counted from; None where the section does not say it."""
    try:
        return Anchor(price.get("instalments_from") or "")
    except ValueError:
        return None


def parts_of(price: dict) -> tuple[Instalment, ...]:
    """The parts as the section "price" gives them, right or wrong; none where it has none."""
    anchor = anchor_of(price) or Anchor.EFFECTIVE
    made = []
    for no, row in enumerate(price.get("instalments") or (), 1):
        amount = row.get("amount_fen") or 0
        if no == 1:
            made.append(Instalment(no, amount))
        elif anchor is Anchor.DATE:
            made.append(Instalment(no, amount, anchor, due_date=row.get("day") or ""))
        else:
            made.append(Instalment(no, amount, anchor, offset_days=row.get("days") or 0))
    return tuple(made)


def problems(price: dict) -> dict[str, str]:
    """{field: sentence in English} of what is wrong with the parts; a field names its row (``instalment_days_2``)."""
    found: dict[str, str] = {}
    rows, anchor = price.get("instalments") or (), anchor_of(price)
    total = price.get("instalments_total_fen") or 0
    if total <= 0:
        found["instalments_total"] = _("Enter the whole fee.")
    if anchor is None:
        found["instalments_from"] = _("Choose how the later instalments fall due.")
    if not FEWEST <= len(rows) <= MOST:
        found.setdefault("instalments_total", _("A fee in instalments has 2 to 12 of them."))
    for no, row in enumerate(rows, 1):
        if (row.get("amount_fen") or 0) <= 0:
            found[f"instalment_amount_{no}"] = _("Enter an amount above zero, or remove this instalment.")
    if anchor is not None:
        found |= _order_problems(rows, anchor)
    amounts_known = not any(name.startswith("instalment_amount") for name in found)
    if amounts_known and "instalments_total" not in found and sum(row["amount_fen"] for row in rows) != total:
        found["instalments_total"] = _("The instalments add up to {sum}, but the whole fee is {total}.")
    return found


def sums(price: dict) -> dict[str, str]:
    """What the sentence about the sum names."""
    parts = sum(row.get("amount_fen") or 0 for row in price.get("instalments") or ())
    return {"sum": str(Money(parts)), "total": str(Money(price.get("instalments_total_fen") or 0))}


def _order_problems(rows, anchor: Anchor) -> dict[str, str]:
    """Every later part falls due after the one before it, the first of them after the payment term of the notice."""
    found = {}
    by_date = anchor is Anchor.DATE
    last = "" if by_date else PAYMENT_DAYS if anchor is Anchor.NOTICE else 0
    for no, row in list(enumerate(rows, 1))[1:]:
        name = f"instalment_day_{no}" if by_date else f"instalment_days_{no}"
        value = row.get("day") if by_date else row.get("days")
        if not value:
            found[name] = _("Enter the day.") if by_date else _("Enter the number of days.")
        elif not by_date and value > MOST_DAYS:
            found[name] = _("That is longer than any patent lasts.")
        elif value <= last and no == FEWEST:
            found[name] = _("The first instalment may take 15 days: this one must fall due later.")
        elif value <= last:
            found[name] = _("This instalment must fall due after the one before it.")
        last = value or last
    return found


def day_problems(price: dict, *, today: date, expiry: date) -> dict[str, str]:
    """Fixed days lie ahead, and within the patent's life."""
    found: dict[str, str] = {}
    if anchor_of(price) is not Anchor.DATE:
        return found
    for no, row in list(enumerate(price.get("instalments") or (), 1))[1:]:
        day = date.fromisoformat(row["day"])
        if day <= today:
            found[f"instalment_day_{no}"] = _("This day must lie ahead.")
        elif day > expiry:
            found[f"instalment_day_{no}"] = _("A license cannot last longer than the patent.")
    return found


def plan(
    parts: tuple[Instalment, ...], *, notice_on: date, pay_by: date, effective_on: date, soonest: date, ends_on: date
) -> list[Due]:
    """The last day of every part, for a license noticed on one day and in effect from another.

    A day that has passed by then becomes ``soonest``; no part falls due before the one before it, and none after the
    license's own end. Before the license is in effect, ``effective_on`` is the day it takes effect at the latest.
    """
    made: list[Due] = []
    for part in parts:
        day = pay_by if part.no == 1 else _day_of(part, notice_on, effective_on)
        if part.no > 1:
            day = day if day > effective_on else soonest
            day = min(max(day, made[-1].day), max(ends_on, made[-1].day))
        made.append(Due(part.no, Money(part.amount_fen), day))
    return made


def _day_of(part: Instalment, notice_on: date, effective_on: date) -> date:
    if part.anchor is Anchor.DATE:
        return date.fromisoformat(part.due_date)
    start = notice_on if part.anchor is Anchor.NOTICE else effective_on
    return start + timedelta(days=part.offset_days)
