"""A stored period, and what counted before it, as the pure computation wants them."""

from datetime import timedelta
from decimal import Decimal

from licenses.models import RoyaltyPeriod
from licenses.royalty_dates import license_year
from licenses.royalty_lifecycle import ACCEPTED
from licenses.royalty_pricing import Before, Calculation, Sales, calculate
from licenses.services.royalty_periods import last_day_of

DAY = timedelta(days=1)


def sales_of(period: RoyaltyPeriod, *, base_fen: int, units: Decimal) -> Sales:
    """The period with a base: days, license year, and whether a true-up falls into it."""
    starts = period.license.starts_on
    ends_year = license_year(starts, period.ends_on + DAY) != period.license_year
    return Sales(
        year=period.license_year,
        base_fen=base_fen,
        units=units,
        days=period.days,
        full_days=period.full_days,
        last_of_year=ends_year or period.ends_on >= last_day_of(period.license),
    )


def before_of(period: RoyaltyPeriod) -> Before:
    """What the accepted earlier periods of the license add up to."""
    earlier = RoyaltyPeriod.objects.filter(
        license=period.license_id, sequence__lt=period.sequence, state__in=ACCEPTED
    ).order_by("sequence")
    rows = list(earlier)
    same_year = [row for row in rows if row.license_year == period.license_year]
    return Before(
        year=period.license_year,
        base_fen=sum(max(0, row.base_fen) for row in same_year),
        units=sum((row.units for row in same_year), Decimal(0)),
        minimum_fen=sum(row.minimum_fen for row in same_year),
        charged_fen=sum(row.charge_fen for row in same_year),
        owed_fen=sum(row.royalty_fen for row in rows),
        credit_fen=rows[-1].credit_fen if rows else 0,
    )


def calculation_of(period: RoyaltyPeriod, *, base_fen: int, units: Decimal) -> Calculation:
    """The royalty of a period for a base, after the accepted periods before it."""
    return calculate(period.rules, sales_of(period, base_fen=base_fen, units=units), before_of(period))
