"""The line of the price as points of an SVG, drawn by the server: it needs no script and no library."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from foundation.core.money import Money

WIDTH, HEIGHT, MARGIN = 600, 120, 10
LATE_PER_CENT = 22  # of the width for the extension time, so that it can be read
TICK = timedelta(milliseconds=1)


@dataclass(frozen=True, slots=True)
class Chart:
    """``path`` is the stepped line; ``own`` and ``last`` are dots (x, y); ``late_from`` where the extension begins."""

    path: str
    own: list[tuple[int, int]]
    last: tuple[int, int]
    late_from: int | None
    low: Money
    high: Money
    began: datetime
    ended: datetime


def chart(*, bids: list[dict], start: Money, began: datetime, late_at: datetime, now: datetime, paddle: str):
    """The chart of bids (latest first); None before the first bid. ``late_at`` is where late bids begin to extend."""
    if not bids:
        return None
    rising = bids[::-1]
    high, end = max(bid["amount_fen"] for bid in bids), max(now, rising[-1]["received_at"])
    late = late_at if rising[-1]["received_at"] > late_at else None
    place = _Place(began=min(began, rising[0]["received_at"]), late=late, end=end, low=start.fen, high=high)
    dots = [(place.x(bid["received_at"]), place.y(bid["amount_fen"])) for bid in rising]
    first = f"M{place.x(place.began)} {place.y(start.fen)}"
    path = first + "".join(f"H{x}V{y}" for x, y in dots) + f"H{WIDTH - MARGIN}"
    return Chart(
        path=path,
        own=[dot for dot, bid in zip(dots, rising, strict=True) if paddle and bid["paddle"] == paddle],
        last=(WIDTH - MARGIN, dots[-1][1]),
        late_from=place.x(late) if late else None,
        low=start,
        high=Money(high),
        began=place.began,
        ended=end,
    )


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a moment and an amount lie on the drawing; whole units."""

    began: datetime
    late: datetime | None
    end: datetime
    low: int
    high: int

    def x(self, moment: datetime) -> int:
        wide = WIDTH - 2 * MARGIN
        if self.late is None:
            return MARGIN + self._part(moment, self.began, self.end, wide)
        early = wide * (100 - LATE_PER_CENT) // 100
        if moment <= self.late:
            return MARGIN + self._part(moment, self.began, self.late, early)
        return MARGIN + early + self._part(moment, self.late, self.end, wide - early)

    def y(self, fen: int) -> int:
        span = max(self.high - self.low, 1)
        return HEIGHT - MARGIN - (fen - self.low) * (HEIGHT - 2 * MARGIN) // span

    @staticmethod
    def _part(moment: datetime, first: datetime, last: datetime, wide: int) -> int:
        whole = max((last - first) // TICK, 1)
        return min(max((moment - first) // TICK, 0), whole) * wide // whole
