"""The draw of a panel: uniform, without anybody excluded, two thirds from outside, and to be repeated from its seed."""

import itertools
from collections import Counter

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from challenges import drawing

DRAWS = 10_000
CHI_SQUARE_9_AT_0_1_PERCENT = 27.88  # quantile of chi-square, 9 degrees of freedom
CHI_SQUARE_119_AT_0_1_PERCENT = 173.6  # quantile of chi-square, 119 degrees of freedom


def chi_square(counts, categories):
    expected = sum(counts.values()) / categories
    return sum((counts[one] - expected) ** 2 for one in counts) / expected + expected * (categories - len(counts))


def test_ten_thousand_draws_are_uniform_over_the_experts_and_over_whole_panels():
    pool = dict.fromkeys(range(101, 111), True)
    seats, panels = Counter(), Counter()
    for n in range(DRAWS):
        drawn = drawing.draw(f"{n:064x}", pool, size=3)
        seats.update(drawn.seats[:1])
        panels[tuple(sorted(drawn.seats))] += 1
    assert chi_square(seats, 10) < CHI_SQUARE_9_AT_0_1_PERCENT
    assert set(panels) <= set(itertools.combinations(sorted(pool), 3))
    assert chi_square(panels, 120) < CHI_SQUARE_119_AT_0_1_PERCENT


@settings(suppress_health_check=[HealthCheck.too_slow])  # of the machine, not of the product
@given(
    pool=st.dictionaries(st.integers(1, 10_000), st.booleans(), max_size=30),
    size=st.integers(3, 9),
    reserves=st.integers(0, 4),
    seed=st.binary(min_size=32, max_size=32),
)
def test_a_panel_is_full_from_the_pool_and_two_thirds_from_outside(pool, size, reserves, seed):
    outside = sum(pool.values())
    usable = outside + min(len(pool) - outside, size - drawing.least_outside(size))
    if usable < size:
        with pytest.raises(drawing.PoolTooSmall):
            drawing.draw(seed.hex(), pool, size=size, reserves=reserves)
        return
    drawn = drawing.draw(seed.hex(), pool, size=size, reserves=reserves)
    assert len(set(drawn.seats)) == size and set(drawn.seats) <= set(pool)
    assert 3 * sum(pool[expert] for expert in drawn.seats) >= 2 * size
    assert set(drawn.reserves) <= {expert for expert, is_outside in pool.items() if is_outside} - set(drawn.seats)
    assert len(drawn.reserves) == min(reserves, outside - sum(pool[expert] for expert in drawn.seats))
    assert drawing.draw(seed.hex(), dict(reversed(pool.items())), size=size, reserves=reserves) == drawn


def test_least_outside_is_two_thirds_rounded_up():
    assert [drawing.least_outside(size) for size in (3, 4, 5, 6, 7, 9)] == [2, 3, 4, 4, 5, 6]


def test_a_seed_is_32_fresh_bytes():
    seeds = {drawing.new_seed() for _n in range(100)}
    assert len(seeds) == 100 and {len(seed) for seed in seeds} == {64}
