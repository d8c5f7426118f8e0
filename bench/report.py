"""What a benchmark says: our figure beside its limit, and whether the goal is met."""

import json
import statistics
from collections.abc import Sequence
from dataclasses import asdict, dataclass


@dataclass(frozen=True)
class Figure:
    """One measured figure. `limit` is what the same run measured without the product, in the same unit."""

    id: str
    name: str
    figure: float
    unit: str
    goal: str
    met: bool
    rounds: int
    limit: float | None = None
    ratio: float | None = None
    p50_ms: float | None = None
    p95_ms: float | None = None


def percentile(values: Sequence[float], part: float) -> float:
    """The value below which `part` (0 to 1) of the values lie."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, round(part * (len(ordered) - 1)))]


def median(values: Sequence[float]) -> float:
    """The middle one."""
    return statistics.median(values)


def as_json(figures: Sequence[Figure]) -> str:
    """A list of objects."""
    return json.dumps([asdict(figure) for figure in figures], ensure_ascii=False, indent=2)


def cell(value: object) -> str:
    """One cell of the table."""
    if value is None:
        return "-"
    return f"{value:,.2f}" if isinstance(value, float) else str(value)


def as_table(figures: Sequence[Figure]) -> str:
    """A Markdown table."""
    head = "| id | what | figure | unit | limit | ratio | p50 ms | p95 ms | goal | met | rounds |"
    lines = [head, "|" + "---|" * 11]
    for f in figures:
        cells = (
            f.id,
            f.name,
            f.figure,
            f.unit,
            f.limit,
            f.ratio,
            f.p50_ms,
            f.p95_ms,
            f.goal,
            "yes" if f.met else "NO",
            f.rounds,
        )
        lines.append("| " + " | ".join(cell(value) for value in cells) + " |")
    return "\n".join(lines)
