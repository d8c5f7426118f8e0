"""What a royalty period costs: domain 6.3, to the fen."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from licenses.pricing import Base, Period, Royalty, Tier
from licenses.royalty_dates import is_last_of_year, license_year, span_at, spans
from licenses.royalty_pricing import Before, Sales, calculate, chain, depends_on_earlier


def flat(rate_bp=300, **changes) -> Royalty:
    return Royalty(tiers=(Tier(rate_bp=rate_bp),), **changes)


def due(royalty, base_fen, before=None, **sales) -> int:
    return calculate(royalty, Sales(**{"year": 1, **sales}, base_fen=base_fen), before).due_fen


def test_worked_example_3_percent_of_1234567_89_is_37037_04():
    assert due(flat(), 123_456_789) == 3_703_704


def test_royalty_is_rounded_half_up_once_per_period():
    assert due(flat(5_000), 1) == 1
    assert due(flat(1), 4_999) == 0


def test_minimum_is_owed_without_sales():
    assert due(flat(min_per_period_fen=700), 0) == 700


def test_royalty_above_the_minimum_is_owed_alone():
    assert due(flat(min_per_period_fen=700), 100_000) == 3_000


def test_minimum_of_a_short_first_period_counts_by_days():
    assert due(flat(min_per_period_fen=9_000), 0, days=31, full_days=92) == 3_033


def test_loss_counts_as_zero():
    assert due(flat(base=Base.PROFIT), -100_000) == 0


def test_cap_leaves_only_what_is_not_yet_owed():
    done = calculate(flat(cap_total_fen=1_000), Sales(1, 10_000_000), Before(owed_fen=900))
    assert (done.due_fen, done.capped) == (100, True)


def test_amount_tiers_apply_each_rate_to_its_own_slice():
    steps = Royalty(tiers=(Tier(to_amount_fen=100_000, rate_bp=500), Tier(from_amount_fen=100_000, rate_bp=100)))
    done = calculate(steps, Sales(1, 300_000))
    assert [(part.of_fen, part.rate_bp, part.exact) for part in done.slices] == [
        (100_000, 500, Decimal(5_000)),
        (200_000, 100, Decimal(2_000)),
    ]
    assert done.due_fen == 7_000


def test_amount_tiers_count_the_sales_of_the_license_year_together():
    steps = Royalty(tiers=(Tier(to_amount_fen=100_000, rate_bp=500), Tier(from_amount_fen=100_000, rate_bp=100)))
    quarters = [Sales(1, 60_000), Sales(1, 60_000), Sales(1, 60_000), Sales(2, 60_000)]
    assert [done.due_fen for done in chain(steps, quarters)] == [3_000, 2_000 + 200, 600, 3_000]


def test_year_tiers_change_the_rate_with_the_license_year():
    years = Royalty(tiers=(Tier(to_year=2, rate_bp=500), Tier(from_year=3, rate_bp=100)))
    assert [due(years, 10_000, year=year) for year in (1, 2, 3, 9)] == [500, 500, 100, 100]


def test_units_are_paid_by_the_piece():
    pieces = Royalty(base=Base.UNITS, tiers=(Tier(per_unit_fen=25),))
    assert due(pieces, 0, units=Decimal(1_000)) == 25_000
    assert due(pieces, 0, units=Decimal("0.5")) == 13


def year_of(*bases: int, year=1) -> list[Sales]:
    return [Sales(year, base, last_of_year=place == len(bases) - 1) for place, base in enumerate(bases)]


def test_true_up_settles_the_minima_against_the_whole_year():
    royalty = flat(1_000, min_per_period_fen=10_000, true_up=True)
    found = chain(royalty, year_of(40_000, 300_000, 90_000, 200_000))
    assert [done.due_fen for done in found] == [10_000, 30_000, 10_000, 13_000]
    assert found[-1].true_up_fen == -7_000
    assert sum(done.due_fen for done in found) == 63_000  # 10 % of the year's 6,300.00


def test_without_true_up_every_minimum_stays():
    royalty = flat(1_000, min_per_period_fen=10_000)
    assert [done.due_fen for done in chain(royalty, year_of(40_000, 300_000, 90_000, 200_000))] == [
        10_000,
        30_000,
        10_000,
        20_000,
    ]


def test_what_minima_charged_too_much_is_a_credit_for_the_next_year():
    royalty = flat(1_000, min_per_period_fen=10_000, true_up=True)
    found = chain(royalty, [*year_of(400_000, 0, 0), *year_of(150_000, 0, 0, year=2)])
    assert [done.due_fen for done in found] == [40_000, 10_000, 0, 5_000, 10_000, 5_000]
    assert [done.credit_left_fen for done in found] == [0, 0, 10_000, 0, 0, 0]


def test_only_steps_by_amount_true_up_and_cap_need_the_earlier_periods():
    assert not depends_on_earlier(flat(min_per_period_fen=5))
    assert depends_on_earlier(flat(cap_total_fen=5))
    assert depends_on_earlier(flat(true_up=True))
    assert depends_on_earlier(Royalty(tiers=(Tier(to_amount_fen=5, rate_bp=1), Tier(from_amount_fen=5, rate_bp=1))))


@given(st.lists(st.integers(0, 10**10), min_size=1, max_size=12), st.integers(0, 10_000), st.integers(0, 10**8))
def test_cap_is_never_passed_and_nothing_is_ever_negative(bases, rate, cap):
    found = chain(flat(rate, cap_total_fen=cap, min_per_period_fen=100), [Sales(1, base) for base in bases])
    assert all(done.due_fen >= 0 for done in found)
    assert sum(done.due_fen for done in found) <= cap


@given(st.lists(st.integers(0, 10**9), min_size=4, max_size=4), st.integers(0, 10_000), st.integers(0, 10**6))
def test_true_up_makes_the_year_cost_its_royalty_or_its_minima_unless_one_was_overpaid(bases, rate, minimum):
    found = chain(flat(rate, min_per_period_fen=minimum, true_up=True), year_of(*bases))
    year = max(calculate(flat(rate), Sales(1, sum(bases))).earned_fen, 4 * minimum)
    assert sum(done.due_fen for done in found) - found[-1].credit_left_fen == year


def test_periods_follow_the_calendar_and_the_ends_may_be_short():
    found = spans(Period.QUARTER, starts_on=date(2026, 2, 10), ends_on=date(2026, 11, 3), until=date(2030, 1, 1))
    assert [(span.first, span.last) for span in found] == [
        (date(2026, 2, 10), date(2026, 3, 31)),
        (date(2026, 4, 1), date(2026, 6, 30)),
        (date(2026, 7, 1), date(2026, 9, 30)),
        (date(2026, 10, 1), date(2026, 11, 3)),
    ]
    assert (found[0].days, found[0].full_days) == (50, 90)


@pytest.mark.parametrize(
    ("kind", "first", "last"),
    [
        (Period.MONTH, date(2028, 2, 1), date(2028, 2, 29)),
        (Period.QUARTER, date(2028, 1, 1), date(2028, 3, 31)),
        (Period.HALF, date(2028, 1, 1), date(2028, 6, 30)),
        (Period.YEAR, date(2028, 1, 1), date(2028, 12, 31)),
    ],
)
def test_months_quarters_half_years_and_years(kind, first, last):
    span = span_at(kind, date(2028, 2, 29), starts_on=date(2020, 1, 1), ends_on=date(2040, 1, 1))
    assert (span.first, span.last) == (first, last)


def test_a_period_belongs_to_the_license_year_of_its_first_day():
    starts, ends = date(2026, 2, 10), date(2029, 2, 9)
    assert [license_year(starts, day) for day in (starts, date(2027, 2, 9), date(2027, 2, 10))] == [1, 1, 2]
    quarters = spans(Period.QUARTER, starts_on=starts, ends_on=ends, until=ends)
    last = [span.first for span in quarters if is_last_of_year(span, starts_on=starts, ends_on=ends)]
    assert last == [date(2027, 1, 1), date(2028, 1, 1), date(2029, 1, 1)]
