"""The buyer's commission by marginal tiers."""

import pytest

from auctions.commission import buyer_commission, parts
from foundation.core.money import Money

TIERS = [[2_000_000_00, 300], [10_000_000_00, 200], [None, 100]]


@pytest.mark.parametrize(
    ("yuan", "fen"),
    [
        (1_900_000, 57_000_00),
        (2_000_000, 60_000_00),
        (2_000_001, 60_000_02),
        (12_000_000, 60_000_00 + 160_000_00 + 20_000_00),
    ],
)
def test_each_rate_lies_on_its_own_part_of_the_price(yuan, fen):
    assert buyer_commission(Money(yuan * 100), TIERS) == Money(fen)


def test_the_parts_make_up_the_price():
    cut = parts(Money(12_000_000_00), TIERS)
    assert [(part.fen, rate) for part, rate in cut] == [
        (2_000_000_00, 300), (8_000_000_00, 200), (2_000_000_00, 100),
    ]  # fmt: skip


def test_a_part_is_rounded_half_up_to_the_fen():
    assert buyer_commission(Money(50), [[None, 300]]) == Money(2)  # 1.5 fen


def test_no_tier_no_commission():
    assert buyer_commission(Money(5_000_00), []) == Money(0)
