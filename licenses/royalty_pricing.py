"""What one royalty period costs (pure): tiers, minimum, yearly true-up, cap. Civil Code Art. 846.

Amounts in fen, rates in basis points. Fractions of a fen are kept until the period's total, which is rounded half up
once: 1,234,567.89 at 3 % is 37,037.04.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal

from foundation.core.money import BASIS_POINTS, round_half_up
from licenses.pricing import Base, Royalty, Tier


@dataclass(frozen=True, slots=True)
class Sales:
    """What is charged for in one period: its place in the license's life and the reported base.

    ``year`` is the license year (1-based) of its first day, ``last_of_year`` whether the next period belongs to another
    year or the license ends; ``days`` of ``full_days`` makes a short first or last period's minimum smaller.
    ``base_fen`` is net sales or profit; below zero counts as zero.
    """

    year: int
    base_fen: int = 0
    units: Decimal = Decimal(0)
    days: int = 1
    full_days: int = 1
    last_of_year: bool = False


@dataclass(frozen=True, slots=True)
class Before:
    """What counted before: base, units, minima and charges of the same license year; everything owed so far.

    ``credit_fen`` is what minima charged too much in a year that turned out well; it lowers what follows.
    """

    year: int = 1
    base_fen: int = 0
    units: Decimal = Decimal(0)
    minimum_fen: int = 0
    charged_fen: int = 0
    owed_fen: int = 0
    credit_fen: int = 0


@dataclass(frozen=True, slots=True)
class Slice:
    """One row of the calculation: a part of the base (or of the units) at its rate, exact."""

    of_fen: int
    units: Decimal
    rate_bp: int
    per_unit_fen: int
    exact: Decimal


@dataclass(frozen=True, slots=True)
class Calculation:
    """The royalty of a period. ``charge_fen`` before credit and cap, ``due_fen`` what is owed."""

    slices: tuple[Slice, ...]
    earned_fen: int
    minimum_fen: int
    true_up_fen: int
    charge_fen: int
    credit_used_fen: int
    due_fen: int
    credit_left_fen: int
    capped: bool


def tiers_of(royalty: Royalty, year: int) -> list[Tier]:
    """The tiers of a license year, lowest amounts first."""
    fit = [tier for tier in royalty.tiers if tier.from_year <= year and (tier.to_year is None or year <= tier.to_year)]
    return sorted(fit, key=lambda tier: tier.from_amount_fen)


def depends_on_earlier(royalty: Royalty) -> bool:
    """Whether a period's royalty is known only when all earlier ones are: steps by amount, true-up or cap."""
    return royalty.true_up or royalty.cap_total_fen is not None or any(tier.from_amount_fen for tier in royalty.tiers)


def calculate(royalty: Royalty, sales: Sales, before: Before | None = None) -> Calculation:
    """The royalty of one period, given what counted before (a new license year begins its sums anew)."""
    before = of_year(before or Before(), sales.year)
    slices = _slices(royalty, sales, before)
    earned = round_half_up(sum((part.exact for part in slices), Decimal(0)))
    minimum = round_half_up(Decimal(royalty.min_per_period_fen * sales.days) / sales.full_days)
    charge, true_up = max(earned, minimum), 0
    if royalty.true_up and sales.last_of_year:
        settled = _settled(royalty, sales, before, minimum)
        charge, true_up = settled, settled - charge
    left = charge - before.credit_fen
    owed = max(0, left)
    if royalty.cap_total_fen is not None:
        owed = min(owed, max(0, royalty.cap_total_fen - before.owed_fen))
    return Calculation(
        slices=slices,
        earned_fen=earned,
        minimum_fen=minimum,
        true_up_fen=true_up,
        charge_fen=charge,
        credit_used_fen=min(before.credit_fen, max(0, charge)),
        due_fen=owed,
        credit_left_fen=max(0, -left),
        capped=owed < max(0, left),
    )


def of_year(before: Before, year: int) -> Before:
    """The same sums at the beginning of a period of this license year: a new year starts from zero."""
    if before.year == year:
        return before
    return Before(year=year, owed_fen=before.owed_fen, credit_fen=before.credit_fen)


def after(before: Before, sales: Sales, done: Calculation) -> Before:
    """What counted before the next period, once this one is accepted."""
    sums = of_year(before, sales.year)
    return replace(
        sums,
        base_fen=sums.base_fen + max(0, sales.base_fen),
        units=sums.units + sales.units,
        minimum_fen=sums.minimum_fen + done.minimum_fen,
        charged_fen=sums.charged_fen + done.charge_fen,
        owed_fen=sums.owed_fen + done.due_fen,
        credit_fen=done.credit_left_fen,
    )


def chain(royalty: Royalty, periods: Iterable[Sales]) -> list[Calculation]:
    """The royalties of all periods in order, each on the sums of those before it."""
    before, found = Before(), []
    for sales in periods:
        done = calculate(royalty, sales, before)
        before = after(before, sales, done)
        found.append(done)
    return found


def _settled(royalty: Royalty, sales: Sales, before: Before, minimum: int) -> int:
    """What the last period of a year costs with true-up: the year's royalty, or its minima, less what was charged."""
    whole = Sales(year=sales.year, base_fen=before.base_fen + max(0, sales.base_fen), units=before.units + sales.units)
    earned = round_half_up(sum((part.exact for part in _slices(royalty, whole, Before(year=sales.year))), Decimal(0)))
    return max(earned, before.minimum_fen + minimum) - before.charged_fen


def _slices(royalty: Royalty, sales: Sales, before: Before) -> tuple[Slice, ...]:
    tiers = tiers_of(royalty, sales.year)
    if royalty.base is Base.UNITS:
        return tuple(Slice(0, sales.units, 0, tier.per_unit_fen, sales.units * tier.per_unit_fen) for tier in tiers[:1])
    found = []
    start, end = before.base_fen, before.base_fen + max(0, sales.base_fen)
    for tier in tiers:
        lower = max(start, tier.from_amount_fen)
        upper = end if tier.to_amount_fen is None else min(end, tier.to_amount_fen)
        if upper > lower:
            exact = Decimal((upper - lower) * tier.rate_bp) / BASIS_POINTS
            found.append(Slice(upper - lower, Decimal(0), tier.rate_bp, 0, exact))
    return tuple(found)
