"""From scores to a ranking: pure, exact, and the same for everybody who has the published scores.

Points are 0 to 100, weights basis points adding up to 10,000. A proposal's result is the mean over the experts of
their weighted sums, as a fraction; it is rounded (half up, to hundredths) only where it is shown.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

WHOLE_BP = 10_000
LEAST_TO_DROP = 5  # dropping extremes from fewer would leave less than three experts


@dataclass(frozen=True, slots=True)
class Ranked:
    """A proposal's place: equal results share one, and the next is left out (1, 1, 3)."""

    proposal: str
    result: Fraction
    place: int
    counted: int  # experts whose scores count

    @property
    def shown(self) -> str:
        """The result with two decimals, rounded half up."""
        return two_decimals(self.result)


def two_decimals(result: Fraction) -> str:
    """As it is shown: rounded half up to hundredths."""
    hundredths = int(result * 100 + Fraction(1, 2))
    return f"{hundredths // 100}.{hundredths % 100:02d}"


class WeightsWrong(ValueError):
    """The weights do not add up to the whole."""


def weighted(points: Mapping[int, int], weights: Mapping[int, int]) -> Fraction:
    """One expert's result for one proposal. Raises WeightsWrong, and KeyError for a criterion without points."""
    if sum(weights.values()) != WHOLE_BP:
        raise WeightsWrong(sum(weights.values()))
    return sum((Fraction(points[key] * weight, WHOLE_BP) for key, weight in weights.items()), Fraction(0))


def result(by_expert: Sequence[Fraction], *, drop_extremes: bool) -> tuple[Fraction, int]:
    """The mean over experts and how many counted; extremes are dropped from five experts on."""
    values = sorted(by_expert)
    if drop_extremes and len(values) >= LEAST_TO_DROP:
        values = values[1:-1]
    return sum(values, Fraction(0)) / len(values), len(values)


def ranking(
    scores: Mapping[str, Mapping[str, Mapping[int, int]]], weights: Mapping[int, int], *, drop_extremes: bool = False
) -> list[Ranked]:
    """Rank proposals; ``scores`` is {proposal: {expert: {criterion: points}}}. Equal results stand by number."""
    found = []
    for proposal, by_expert in scores.items():
        values = [weighted(points, weights) for points in by_expert.values()]
        if values:
            found.append((proposal, *result(values, drop_extremes=drop_extremes)))
    found.sort(key=lambda row: (-row[1], row[0]))
    places = {value: place for place, value in reversed(list(enumerate((row[1] for row in found), start=1)))}
    return [Ranked(proposal, value, places[value], counted) for proposal, value, counted in found]
