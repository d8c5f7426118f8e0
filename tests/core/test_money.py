from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foundation.core.money import (
    AmountInvalid,
    CurrencyMismatch,
    Money,
    at_rate_bp,
    in_capitals,
    round_half_up,
    short,
    split,
)


@pytest.mark.parametrize(
    ("written", "fen"),
    [("1,234.56", 123456), ("１００", 10000), ("0", 0), ("0.5", 50), ("¥ 12", 1200), ("00100", 10000), ("-3.20", -320),
     (" 7.00 元", 700), ("１，２３４．５６", 123456)],
)  # fmt: skip
def test_amounts_are_read_as_people_type_them(written, fen):
    assert Money.parse(written) == Money(fen)


@pytest.mark.parametrize(
    "written",
    ["", "  ", "0.001", "1e309", "NaN", "Infinity", "壹万", "1,23", "1.2.3", "--1", "٣", str(2**63), "9" * 400, "0x10",
     "1_000", "<script>", "1 000", "\x00"],
)  # fmt: skip
def test_what_is_no_amount_is_refused_with_a_sentence(written):
    with pytest.raises(AmountInvalid) as refusal:
        Money.parse(written)
    assert refusal.value.reason.endswith(".")


def test_a_float_is_no_money():
    with pytest.raises(TypeError):
        Money(1.5)
    with pytest.raises(TypeError):
        Money(100) * 0.5


def test_two_currencies_never_mix():
    with pytest.raises(CurrencyMismatch):
        Money(1) + Money(1, "USD")
    with pytest.raises(CurrencyMismatch):
        assert Money(1) < Money(2, "USD")


def test_amounts_add_up_and_compare():
    assert sum([Money(1), Money(2)]) == Money(3)
    assert -Money(5) + Money(7) * 2 - Money(1) == Money(8)
    assert Money(1) < Money(2) <= Money(2)
    assert not Money(0)
    assert Money(123456).yuan == Decimal("1234.56")
    assert (str(Money(123456)), str(Money(-5)), str(Money(100, "USD"))) == ("¥1,234.56", "-¥0.05", "US$1.00")


@pytest.mark.parametrize(("value", "whole"), [("0.5", 1), ("1.5", 2), ("2.5", 3), ("-0.5", -1), ("0.49", 0)])
def test_halves_go_away_from_zero(value, whole):
    assert round_half_up(Decimal(value)) == whole


@pytest.mark.parametrize(("fen", "bp", "share"), [(10001, 250, 250), (10020, 250, 251), (100, 50, 1), (100, 49, 0)])
def test_a_rate_is_rounded_half_up_once(fen, bp, share):
    assert at_rate_bp(Money(fen), bp) == Money(share)


def test_thirds_of_a_yuan_lose_nothing():
    assert split(Money(100), [1, 1, 1]) == [Money(34), Money(33), Money(33)]
    assert split(Money(-100), [1, 1, 1]) == [Money(-34), Money(-33), Money(-33)]
    assert split(Money(100), [0, 5]) == [Money(0), Money(100)]


@pytest.mark.parametrize("weights", [[], [0], [-1, 2]])
def test_a_split_needs_weights(weights):
    with pytest.raises(ValueError, match="weights"):
        split(Money(1), weights)


@given(st.integers(-(10**15), 10**15), st.lists(st.integers(0, 10**6), min_size=1).filter(any))
def test_parts_always_equal_the_whole_and_are_off_by_less_than_a_fen(fen, weights):
    parts = split(Money(fen), weights)
    assert sum(part.fen for part in parts) == fen
    for part, weight in zip(parts, weights, strict=True):
        assert abs(part.fen * sum(weights) - fen * weight) < sum(weights)


@pytest.mark.parametrize(
    ("fen", "written"),
    [(0, "零元整"), (5, "伍分"), (10, "壹角"), (100, "壹元整"), (1000, "壹拾元整"), (160005, "壹仟陆佰元零伍分"),
     (168032, "壹仟陆佰捌拾元叁角贰分"), (10000005, "壹拾万元零伍分"), (1640902, "壹万陆仟肆佰零玖元零贰分"),
     (600714, "陆仟零柒元壹角肆分"), (10000000000, "壹亿元整"), (-100, "负壹元整")],
)  # fmt: skip
def test_amounts_in_capitals(fen, written):
    assert in_capitals(Money(fen)) == written


@pytest.mark.parametrize(
    ("fen", "language", "said"),
    [(386_4000_00, "zh-hans", "¥386.40万"), (386_4000_00, "en", "¥3.86M"), (5_000_00, "zh", "¥5,000.00"),
     (5_000_00, "en", "¥5.00k"), (2 * 10**10, "zh", "¥2.00亿")],
)  # fmt: skip
def test_amounts_as_a_person_says_them(fen, language, said):
    assert short(Money(fen), language) == said
