"""The price structure: what may be offered and what a period costs."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foundation.core.money import Money
from licenses import pricing, pricing_checks
from licenses.pricing import Anchor, Base, Instalment, Method, Pricing, Royalty, Tier


def entry_plus(rate_bp=300, **changes):
    return Pricing(
        Method.ENTRY_PLUS_ROYALTY, entry_fee_fen=5_000_000, royalty=Royalty(tiers=(Tier(rate_bp=rate_bp),), **changes)
    )


def test_worked_example_entry_fee_50000_is_due_upfront():
    assert entry_plus().upfront == Money(5_000_000)


def test_tiers_by_amount_and_units_by_the_piece_may_be_offered():
    tiers = (Tier(to_amount_fen=100_000, rate_bp=500), Tier(from_amount_fen=100_000, rate_bp=100))
    assert pricing_checks.problems(Pricing(Method.ROYALTY, royalty=Royalty(tiers=tiers))) == []
    pieces = Royalty(base=Base.UNITS, tiers=(Tier(per_unit_fen=25),))
    assert pricing_checks.problems(Pricing(Method.ROYALTY, royalty=pieces)) == []


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
    later = Instalment(no=2, amount_fen=rate, anchor=Anchor.EFFECTIVE, offset_days=30)
    fixed = {
        Method.LUMP_SUM: {"lump_sum_fen": amount},
        Method.ENTRY_PLUS_ROYALTY: {"entry_fee_fen": amount},
        Method.INSTALMENTS: {"instalments": (Instalment(no=1, amount_fen=amount), later)},
    }.get(method, {})
    offer = pricing.simple(method=method, royalty_bp=rate, base=base, **fixed)
    assert pricing_checks.problems(offer) == []
    assert pricing.from_dict(pricing.as_dict(offer)) == offer
