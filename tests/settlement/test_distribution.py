"""The arithmetic of sharing: pure, exact to the fen."""

import os
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from foundation.core.money import Money
from settlement.distribution import Plan, PlanInvalid, among_owners, waterfall

SPLITS = int(os.environ.get("KAIXU_SPLITS", "5000"))
PLAN = Plan(7_000, 1_000, 1_500, 500)
amounts = st.integers(0, 10**12).map(Money)
weights = st.lists(st.integers(1, 10_000), min_size=1, max_size=9)


def test_a_textbook_income_is_shared_among_co_owners_and_three_inventors():
    """100,000.00 between co-owners 1 : 2; of the first part 600.00 costs, twice 1,000.00 back, 70 % in thirds."""
    first, second = among_owners(Money(100_000_00), [1, 2])
    assert (first, second) == (Money(33_333_33), Money(66_666_67))
    found = waterfall(first, PLAN, inventors=[1, 1, 1], deductions=[Money(600_00)], owed=[Money(2_000_00)])
    assert found.net == Money(32_733_33)
    assert found.returns == (Money(2_000_00),)
    assert found.inventors == (Money(7_171_12), Money(7_171_11), Money(7_171_11))  # 70 % of 30,733.33 is 21,513.331
    assert (found.department, found.institution, found.manager) == (Money(3_073_33), Money(4_610_00), Money(1_536_66))
    assert sum(found.parts, Money(0)) == first


def test_rounding_never_cuts_into_the_legal_floor():
    for fen in range(200):
        found = waterfall(Money(fen), Plan(5_000, 2_500, 2_500), inventors=[1])
        assert found.to_inventors.fen * 2 >= fen


def test_deductions_stop_where_the_income_ends():
    found = waterfall(Money(100_00), PLAN, inventors=[1], deductions=[Money(80_00), Money(50_00)], owed=[Money(1_00)])
    assert found.deductions == (Money(80_00), Money(20_00))
    assert (found.net, found.to_inventors) == (Money(0), Money(0))


def test_too_little_income_returns_costs_pro_rata():
    found = waterfall(Money(100_00), PLAN, inventors=[1, 1], owed=[Money(300_00), Money(100_00)])
    assert found.returns == (Money(75_00), Money(25_00))
    assert found.inventors == (Money(0), Money(0))


def test_a_plan_that_is_not_the_whole_is_refused():
    for parts in ((7_000, 1_000, 1_000, 500), (11_000, -1_000, 0, 0)):
        with pytest.raises(PlanInvalid):
            Plan(*parts)
    assert not Plan(4_999, 5_001).keeps_floor


def test_nobody_to_share_with_is_refused():
    with pytest.raises(ValueError):
        waterfall(Money(100_00), PLAN, inventors=[])


def test_random_splits_lose_nothing():
    """KAIXU_SPLITS=100000 for the long run."""
    dice = random.Random(20261122)
    lost = 0
    for _turn in range(SPLITS):
        income = Money(dice.randrange(10 ** dice.randint(1, 12)))
        shares = among_owners(income, [dice.randint(1, 99) for _owner in range(dice.randint(1, 5))])
        cuts = sorted(dice.randint(0, 10_000) for _cut in range(3))
        plan = Plan(cuts[0], cuts[1] - cuts[0], cuts[2] - cuts[1], 10_000 - cuts[2])
        found = waterfall(
            shares[0],
            plan,
            inventors=[dice.randint(1, 10_000) for _inventor in range(dice.randint(1, 8))],
            deductions=[Money(dice.randrange(10**7)) for _cost in range(dice.randint(0, 3))],
            owed=[Money(dice.randrange(10**7)) for _cost in range(dice.randint(0, 3))],
        )
        lost += abs(sum(shares, Money(0)).fen - income.fen) + abs(sum(found.parts, Money(0)).fen - shares[0].fen)
    assert lost == 0


@st.composite
def plans(draw):
    cuts = sorted(draw(st.lists(st.integers(0, 10_000), min_size=3, max_size=3)))
    return Plan(cuts[0], cuts[1] - cuts[0], cuts[2] - cuts[1], 10_000 - cuts[2])


@settings(max_examples=300, deadline=None)
@given(amounts, weights, plans(), weights, st.tuples(st.lists(amounts, max_size=4), st.lists(amounts, max_size=4)))
def test_no_split_loses_a_fen(income, owners, plan, inventors, taken):
    deductions, owed = taken
    shares = among_owners(income, owners)
    assert sum(shares, Money(0)) == income
    for share in shares[:2]:
        found = waterfall(share, plan, inventors=inventors, deductions=deductions, owed=owed)
        assert sum(found.parts, Money(0)) == share
        assert min(part.fen for part in found.parts) >= 0
        rest = found.net.fen - sum(part.fen for part in found.returns)
        team = sum(part.fen for part in found.inventors)
        assert 0 <= team * 10_000 - rest * plan.inventors_bp < 10_000
        for part, weight in zip(found.inventors, inventors, strict=True):
            assert abs(part.fen * sum(inventors) - team * weight) < sum(inventors)
