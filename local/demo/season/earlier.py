"""The season that is over: one session, two lots sold, one sold in the talks after it, one back in the pool."""

from datetime import date

from django.db import transaction

from auctions.models import Season
from auctions.services import sessions
from foundation.core import clock
from local.demo.season import calendar, ending, holding, people, proposing, selling, table
from local.demo.season.calendar import DAY, Span, day
from local.demo.season.leading import lead

BEGINS = calendar.EARLIER_BEGINS
OFFERED = {"yjwater": 330_000, "qlrail": 345_000}
STAGES = (("deliver", BEGINS + 3), ("track", BEGINS + 60), ("close", BEGINS + 130))


@transaction.atomic
def tell(season: Season, today: date) -> None:
    """The bidding, what came of each lot, and the end of the season."""
    if season.sessions.exists():
        return
    lead(season, "select", day(today, BEGINS - 20))
    lead(season, "promote", day(today, BEGINS - 18))
    span = Span(day(today, BEGINS), day(today, BEGINS + 1))
    with clock.at(day(today, BEGINS - 12)):
        session = sessions.plan_session(season=season, actor=people.officer(), **calendar.dates(span))
    rows = table.in_session(table.EARLIER, "e")
    lots = {row.key: proposing.lot_of(row, season) for row in rows}
    holding.publish(session, list(lots.values()), day(today, BEGINS - 9))
    lead(season, "start_bidding", day(today, BEGINS - 1))
    holding.turn(session, span.starts_at)
    for row in rows:
        lots[row.key] = holding.hold(row, lots[row.key])
    holding.turn(session, day(today, BEGINS + 1, 11))
    _sold(lots, today)
    _unsold(lots, {row.key: row for row in rows}, today)
    for move, days in STAGES:
        lead(season, move, day(today, days))


def _sold(lots: dict, today: date) -> None:
    """Two sales, one of them by an institute with its public notice."""
    for key, buyer, seller in (("e1", "mlstone", "hhpaper"), ("e2", "ydrec", "nanyuan")):
        ending.settle(lots[key], buyer, seller, day(today, BEGINS + 2))
        filed = day(today, BEGINS + 24)
        selling.deliver(lots[key], seller, filed, filed + 25 * DAY)


def _unsold(lots: dict, rows: dict, today: date) -> None:
    """One lot goes back, one is sold by agreement."""
    ending.pool(lots["e3"], rows["e3"], day(today, BEGINS + 9))
    lot = ending.talk(lots["e4"], rows["e4"], day(today, BEGINS + 4), OFFERED)
    best = max(OFFERED, key=OFFERED.__getitem__)
    ending.agree(lot, rows["e4"], day(today, BEGINS + 10))
    ending.settle(lot, best, "kpvalve", day(today, BEGINS + 11))
    filed = day(today, BEGINS + 20)
    selling.deliver(lot, "kpvalve", filed, filed + 30 * DAY)
