"""The matcher by itself: certain, or not at all."""

from datetime import date

import pytest

from settlement.matching import Owed, Part, Receipt, decide, suggestions

DAY, EARLIER = date(2026, 10, 20), date(2026, 10, 1)


def owed(number, fen, *, code="", left=None, debtor=1, name="甲公司", partial=False, opened=EARLIER):
    return Owed(number, fen if left is None else left, fen, opened, frozenset({code or f"C{number}"}), debtor,
                frozenset({name}), partial)  # fmt: skip


def money(fen, *exact, near=(), name="甲公司"):
    return Receipt(fen, DAY, tuple(exact), frozenset(near), name)


@pytest.mark.parametrize(
    "receipt, rows, rule, why",
    [
        (money(100, "C1"), [owed(1, 100)], "reference", ""),
        (money(100, "C1"), [owed(1, 200)], "", "amount"),
        (money(100, "C1"), [owed(1, 200, partial=True)], "reference", ""),
        (money(300, "C1"), [owed(1, 200, partial=True)], "", "amount"),
        (money(300, "C1", "C2"), [owed(1, 100), owed(2, 200)], "several", ""),
        (money(301, "C1", "C2"), [owed(1, 100), owed(2, 200)], "", "sum"),
        (money(100, "C1"), [owed(1, 100, left=0)], "", "closed"),
        (money(300, "C1", near=["C2"]), [owed(1, 100), owed(2, 200)], "corrected", ""),
        (money(100, near=["C1"]), [owed(1, 100)], "corrected", ""),
        (money(100, near=["C1"]), [owed(1, 101)], "", "slip"),
        (money(100, near=["C1", "C2"]), [owed(1, 100), owed(2, 200)], "", "ambiguous"),
        (money(100, near=["C1"]), [owed(1, 100, left=0)], "", "closed"),
        (money(100, "ZZ"), [owed(1, 100)], "", "closed"),
        (money(100), [owed(1, 100)], "party", ""),
        (money(100), [owed(1, 100), owed(2, 100)], "", "ambiguous"),
        (money(100), [owed(1, 100), owed(2, 100, left=0)], "", "ambiguous"),
        (money(100), [owed(1, 100, opened=date(2026, 10, 21))], "", "nothing"),
        (money(100), [owed(1, 100, name="乙公司")], "", "nothing"),
        (money(100), [owed(1, 100), owed(2, 300, debtor=2)], "", "ambiguous"),
        (money(100, name=""), [owed(1, 100)], "", "nothing"),
    ],
)
def test_only_what_is_certain_is_decided(receipt, rows, rule, why):
    decision = decide(receipt, rows)
    assert (decision.rule, decision.why) == (rule, why)
    assert bool(decision.parts) == bool(rule)


def test_parts_are_exactly_the_money():
    decision = decide(money(600, "C1", "C2", "C3"), [owed(n, 100 * n) for n in (1, 2, 3)])
    assert decision.parts == (Part(1, 100), Part(2, 200), Part(3, 300))


def test_suggestions_name_their_reason_and_never_exceed_the_money():
    rows = [owed(1, 100), owed(2, 200), owed(3, 900), owed(4, 300, name="乙公司", debtor=2)]
    found = suggestions(money(300), rows, 300)
    assert [(one.reason, [part.owed_id for part in one.parts]) for one in found] == [
        ("sum", [1, 2]), ("payer", [1]), ("payer", [2]), ("same", [4])
    ]  # fmt: skip
    assert all(sum(part.amount_fen for part in one.parts) <= 300 for one in found)
