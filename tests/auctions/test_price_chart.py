"""The line of the price: whole numbers, rising, with the extension drawn wider."""

from datetime import UTC, datetime, timedelta

from auctions.presentation.price_chart import HEIGHT, MARGIN, WIDTH, chart
from foundation.core.money import Money

BEGAN = datetime(2026, 11, 23, 2, tzinfo=UTC)
LATE = BEGAN + timedelta(hours=23, minutes=55)


def bid(minutes, fen, paddle="4127"):
    return {"received_at": BEGAN + timedelta(minutes=minutes), "amount_fen": fen, "paddle": paddle}


def drawn(*bids, now):
    return chart(bids=list(bids)[::-1], start=Money(100), began=BEGAN, late_at=LATE, now=now, paddle="4127")


def test_no_bid_no_line():
    assert drawn(now=LATE) is None


def test_steps_rise_from_the_start_price_to_the_highest_bid():
    line = drawn(bid(60, 100), bid(720, 200, "3082"), now=BEGAN + timedelta(hours=24 - 1))
    assert line.path.startswith(f"M{MARGIN} {HEIGHT - MARGIN}")
    assert line.last == (WIDTH - MARGIN, MARGIN)
    assert (len(line.own), line.late_from) == (1, None)


def test_extension_time_has_a_share_of_its_own():
    line = drawn(bid(60, 100), bid(23 * 60 + 57, 300), now=LATE + timedelta(minutes=3))
    assert MARGIN < line.late_from < line.own[1][0] < WIDTH - MARGIN
