"""The price structure: what may be offered and what a period costs."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foundation.core.money import Money
from licenses import pricing, pricing_checks
from licenses.pricing import Base, Instalment, Method, Pricing, Royalty, Tier


def entry_plus(rate_bp=300, **changes):
    return Pricing(
        Method.ENTRY_PLUS_ROYALTY, entry_fee_fen=5_000_000, royalty=Royalty(tiers=(Tier(rate_bp=rate_bp),), **changes)
    )


def test_worked_example_entry_50000_and_3_percent_of_first_quarter_sales():
    offer = entry_plus()
    assert offer.upfront == Money(5_000_000)
    assert pricing.royalty_due(offer, year=1, sales=Money(123_456_789)) == Money(3_703_704)


def test_royalty_is_rounded_half_up_once_per_period():
    offer = entry_plus(rate_bp=5_000)
    assert pricing.royalty_due(offer, year=1, sales=Money(1)) == Money(1)


def test_minimum_per_period_is_owed_without_sales():
    assert pricing.royalty_due(entry_plus(min_per_period_fen=700), year=1, sales=Money(0)) == Money(700)


def test_cap_leaves_only_what_is_not_yet_paid():
    offer = entry_plus(cap_total_fen=1_000)
    due = pricing.royalty_due(offer, year=1, sales=Money(10_000_000), paid_before=Money(900))
    assert due == Money(100)


def test_amount_tiers_apply_each_rate_to_its_own_slice():
    tiers = (Tier(to_amount_fen=100_000, rate_bp=500), Tier(from_amount_fen=100_000, rate_bp=100))
    offer = Pricing(Method.ROYALTY, royalty=Royalty(tiers=tiers))
    assert pricing_checks.problems(offer) == []
    assert pricing.royalty_due(offer, year=1, sales=Money(300_000)) == Money(5_000 + 2_000)


def test_year_tiers_change_the_rate_with_the_license_year():
    tiers = (Tier(to_year=2, rate_bp=500), Tier(from_year=3, rate_bp=100))
    offer = Pricing(Method.ROYALTY, royalty=Royalty(tiers=tiers))
    due = [pricing.royalty_due(offer, year=year, sales=Money(10_000)).fen for year in (1, 2, 3, 9)]
    assert due == [500, 500, 100, 100]


def test_units_are_paid_by_the_piece():
    offer = Pricing(Method.ROYALTY, royalty=Royalty(base=Base.UNITS, tiers=(Tier(per_unit_fen=25),)))
    assert pricing.royalty_due(offer, year=1, sales=Money(0), units=1_000) == Money(25_000)


@pytest.mark.parametrize(
    ("offer", "field"),
    [
        (Pricing(Method.FREE, lump_sum_fen=1), "lump_sum"),
        (Pricing(Method.LUMP_SUM), "lump_sum"),
        (Pricing(Method.LUMP_SUM, lump_sum_fen=-5), "lump_sum"),
        (Pricing(Method.LUMP_SUM, lump_sum_fen=2**63), "lump_sum"),
        (Pricing(Method.LUMP_SUM, lump_sum_fen=5, entry_fee_fen=5), "entry_fee"),
        (Pricing(Method.ENTRY_PLUS_ROYALTY, entry_fee_fen=5), "royalty_rate"),
        (entry_plus(rate_bp=10_001), "royalty_rate"),
        (entry_plus(rate_bp=-1), "royalty_rate"),
        (Pricing(Method.FREE, royalty=Royalty(tiers=(Tier(rate_bp=1),))), "royalty_rate"),
        (Pricing(Method.INSTALMENTS, instalments=(Instalment(2, 100),)), "instalments"),
        (Pricing(Method.ROYALTY, royalty=Royalty(tiers=(Tier(from_year=2, rate_bp=1),))), "royalty_tiers"),
        (Pricing(Method.ROYALTY, royalty=Royalty(tiers=(Tier(to_year=3, rate_bp=1),))), "royalty_tiers"),
        (
            Pricing(
                Method.ROYALTY,
                royalty=Royalty(tiers=(Tier(to_year=3, rate_bp=1), Tier(from_year=3, rate_bp=2))),
            ),
            "royalty_tiers",
        ),
    ],
)
def test_contradictory_prices_are_refused_at_their_field(offer, field):
    with pytest.raises(pricing_checks.PricingInvalid) as refusal:
        pricing_checks.check(offer)
    assert [name for name, _sentence in refusal.value.problems] == [field]


def test_lump_sum_is_compared_by_the_year():
    offer = pricing.simple(method=Method.LUMP_SUM, lump_sum_fen=3_000_000)
    assert pricing.per_year(offer, Decimal(3)) == Money(1_000_000)


@given(
    method=st.sampled_from(pricing.OFFERED),
    amount=st.integers(1, 10**12),
    rate=st.integers(1, 10_000),
    base=st.sampled_from([Base.NET_SALES, Base.PROFIT]),
)
def test_stored_structure_reads_back_equal(method, amount, rate, base):
    fixed = {Method.LUMP_SUM: "lump_sum_fen", Method.ENTRY_PLUS_ROYALTY: "entry_fee_fen"}.get(method)
    offer = pricing.simple(method=method, royalty_bp=rate, base=base, **({fixed: amount} if fixed else {}))
    assert pricing_checks.problems(offer) == []
    assert pricing.from_dict(pricing.as_dict(offer)) == offer
