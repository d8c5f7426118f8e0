"""The ranking follows from the scores alone, exactly."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from challenges import scoring

WEIGHTS = {1: 4000, 2: 2000, 3: 2500, 4: 1500}


def points(*values):
    return dict(zip(WEIGHTS, values, strict=True))


def test_a_worked_example():
    scores = {
        "P-1": {"E1": points(90, 80, 70, 60), "E2": points(80, 80, 80, 80), "E3": points(85, 75, 90, 70)},
        "P-2": {"E1": points(60, 90, 95, 90), "E2": points(92, 70, 75, 88), "E3": points(70, 80, 85, 75)},
    }
    # P-1: E1 36+16+17.5+9 = 78.5; E2 80; E3 34+15+22.5+10.5 = 82; mean 80.1666...
    # P-2: E1 24+18+23.75+13.5 = 79.25; E2 36.8+14+18.75+13.2 = 82.75; E3 28+16+21.25+11.25 = 76.5; mean 79.5
    first, second = scoring.ranking(scores, WEIGHTS)
    assert (first.proposal, first.result, first.shown, first.place) == ("P-1", Fraction(481, 6), "80.17", 1)
    assert (second.proposal, second.shown, second.place, second.counted) == ("P-2", "79.50", 2, 3)


def test_equal_results_share_a_place_and_the_next_is_left_out():
    same = {"E1": points(50, 50, 50, 50)}
    better = {"E1": points(51, 50, 50, 50)}
    ranked = scoring.ranking({"C": same, "B": better, "A": same, "D": {"E1": points(1, 1, 1, 1)}}, WEIGHTS)
    assert [(one.proposal, one.place) for one in ranked] == [("B", 1), ("A", 2), ("C", 2), ("D", 4)]


def test_extremes_are_dropped_from_five_experts_on_only():
    values = [Fraction(n) for n in (0, 70, 80, 90, 100)]
    assert scoring.result(values, drop_extremes=True) == (80, 3)
    assert scoring.result(values, drop_extremes=False) == (68, 5)
    assert scoring.result(values[:4], drop_extremes=True) == (60, 4)


def test_weights_add_up_to_the_whole():
    with pytest.raises(scoring.WeightsWrong):
        scoring.weighted(points(1, 1, 1, 1), WEIGHTS | {4: 1501})


def test_a_missing_score_is_never_a_zero():
    with pytest.raises(KeyError):
        scoring.weighted({1: 50}, WEIGHTS)


one_expert = st.fixed_dictionaries({key: st.integers(0, 100) for key in WEIGHTS})
panels = st.dictionaries(
    st.text("ABCDEF", min_size=1, max_size=2),
    st.fixed_dictionaries({f"E{n}": one_expert for n in range(3)}),
    min_size=1,
    max_size=6,
)


@given(scores=panels)
def test_the_order_of_input_changes_nothing_and_places_follow_results(scores):
    ranked = scoring.ranking(scores, WEIGHTS)
    assert ranked == scoring.ranking(dict(reversed(scores.items())), WEIGHTS)
    for one in ranked:
        assert one.place == 1 + sum(other.result > one.result for other in ranked)
        assert 0 <= one.result <= 100


@given(scores=panels, who=st.sampled_from(["E0", "E1", "E2"]))
def test_a_better_score_never_lowers_a_place(scores, who):
    name = min(scores)
    before = {one.proposal: one.place for one in scoring.ranking(scores, WEIGHTS)}[name]
    raised = {key: min(100, value + 10) for key, value in scores[name][who].items()}
    after = scoring.ranking(scores | {name: scores[name] | {who: raised}}, WEIGHTS)
    assert {one.proposal: one.place for one in after}[name] <= before
