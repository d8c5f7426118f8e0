"""Fees for paying late: simple interest on the overdue principal, with a cap (Civil Code Art. 585). Pure.

A day counts as late when the money was not there before it ended; the day of payment counts, the due day does not.
"""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from foundation.core.money import BASIS_POINTS, Money, round_half_up

DAYS_A_YEAR = 365
PPM_A_BP = 100


def late_fee(principal: Money, days: int, rate_bp_a_day: Decimal, cap_bp_a_year: int) -> Money:
    """The fee for an overdue principal, half up to the fen: ``days`` times the rate, never more than the yearly cap.

    37,037.04 at 5 basis points (0.05 %) a day, 30 days late: 555.56. A cap of 0 is no cap.
    """
    return total_fee([(principal, days)], rate_bp_a_day, cap_bp_a_year)


def total_fee(stretches: Iterable[tuple[Money, int]], rate_bp_a_day: Decimal, cap_bp_a_year: int) -> Money:
    """The fee for several stretches of (overdue principal, days) together; rounded once, on the sum."""
    rate = Decimal(rate_bp_a_day)
    if cap_bp_a_year:
        rate = min(rate, Decimal(cap_bp_a_year) / DAYS_A_YEAR)
    stretches = list(stretches)
    weighted = sum(principal.fen * days for principal, days in stretches)
    currency = stretches[0][0].currency if stretches else "CNY"
    return Money(round_half_up(Decimal(weighted) * rate / BASIS_POINTS), currency)


def stretches_of(
    amount: Money, payments: Iterable[tuple[date, Money]], since: date, until: date
) -> list[tuple[Money, int]]:
    """The overdue principal over the days after ``since`` up to ``until``, in stretches of equal principal.

    ``payments`` are the days of part payments (negative: taken back) in any order; a payment lowers the principal from
    the next day on.
    """
    paid = sorted(payments, key=lambda one: one[0])
    left = amount - sum((part for day, part in paid if day <= since), Money(0, amount.currency))
    found, begin = [], since
    for day, part in paid:
        if since < day < until:
            found.append((left, (day - begin).days))
            left, begin = left - part, day
    found.append((left, (until - begin).days))
    return [(principal, days) for principal, days in found if days > 0 and principal.fen > 0]
