"""Whatever is shared, no fen is lost: some thousand random cases here, 100,000 with KAIXU_LONG=1."""

import os
from random import Random

from foundation.core.money import Money, split
from settlement.distribution import LEGAL_FLOOR_BP, Plan, among_owners, waterfall

CASES = 100_000 if os.environ.get("KAIXU_LONG") == "1" else 3_000


def amount(dice: Random) -> Money:
    return Money(dice.randint(0, 10 ** dice.randint(1, 13)))


def weights(dice: Random) -> list[int]:
    return [dice.randint(1, 10 ** dice.randint(1, 6)) for _n in range(dice.randint(1, 12))]


def plan(dice: Random) -> Plan:
    """Inventors at least at the legal floor, the rest among the others."""
    inventors = dice.randint(LEGAL_FLOOR_BP, 10_000)
    department = dice.randint(0, 10_000 - inventors)
    institution = dice.randint(0, 10_000 - inventors - department)
    return Plan(inventors, department, institution, 10_000 - inventors - department - institution)


def total(parts) -> Money:
    return sum(parts, Money(0))


def test_a_split_equals_the_whole_and_is_fair_to_a_fen():
    dice = Random(20_261_122)
    for _n in range(CASES):
        whole, shares = amount(dice), weights(dice)
        parts = split(whole, shares)
        assert total(parts) == whole
        ideal = [whole.fen * weight / sum(shares) for weight in shares]
        assert all(abs(part.fen - exact) <= 1 + exact * 1e-9 for part, exact in zip(parts, ideal, strict=True))


def test_a_split_of_a_debt_mirrors_the_split_of_a_claim():
    dice = Random(7)
    for _n in range(CASES // 10):
        whole, shares = amount(dice), weights(dice)
        assert split(-whole, shares) == [-part for part in split(whole, shares)]


def test_owners_and_the_waterfall_of_each_lose_nothing_and_keep_the_floor():
    dice = Random(42)
    for _n in range(CASES):
        income, shares = amount(dice), weights(dice)
        parts = among_owners(income, shares)
        assert total(parts) == income
        part, rules = dice.choice(parts), plan(dice)
        costs = [amount(dice) for _cost in range(dice.randint(0, 3))]
        owed = [amount(dice) for _cost in range(dice.randint(0, 3))]
        found = waterfall(part, rules, inventors=weights(dice), deductions=costs, owed=owed)
        assert total(found.parts) == part
        assert min(one.fen for one in found.parts) >= 0
        assert found.to_inventors.fen * 2 >= found.net.fen
