"""The weekly sessions that are over, and how far each of their sales and unsold lots has come."""

from datetime import date

from django.db import transaction

from auctions.lifecycle import SessionState
from auctions.models import Lot, Season, Session
from local.demo.season import calendar, ending, holding, proposing, selling, table
from local.demo.season.calendar import DAY, HOUR, day
from local.demo.season.leading import lead

Lots = dict[str, Lot]
CALLED_OFF = "c3"
OFFERED = {"wyknit": 165_000, "dysilk": 178_000}


@transaction.atomic
def tell(key: str, season: Season, today: date) -> None:
    """One session with everything that followed; nothing where it was told."""
    session = season.sessions.get(position=calendar.WEEKLY.index(key) + 1)
    if session.state != SessionState.PLANNED:
        return
    rows = holding.rows_of(key)
    lots = {row.key: proposing.lot_of(row, season) for row in rows}
    holding.publish(session, list(lots.values()), session.starts_at - 8 * DAY)
    if key == calendar.WEEKLY[0]:
        lead(season, "start_bidding", session.starts_at - DAY)
    holding.turn(session, session.starts_at)
    for row in rows:
        told = ending.call_off if row.key == CALLED_OFF else lambda lot, row: holding.hold(row, lot)
        lots[row.key] = told(lots[row.key], row)
    holding.turn(session, max(lot.floor.ends_at for lot in lots.values()) + HOUR)
    TOLD[key](lots, session, today)


def _first(lots: Lots, _session: Session, today: date) -> None:
    """Completed; in default and offered to the underbidder; an open license."""
    ending.settle(lots["a1"], "wxauto", "tjbase", day(today, -21))
    selling.deliver(lots["a1"], "tjbase", day(today, -15), day(today, -5, 15))
    selling.default(lots["a2"], day(today, -4), day(today, -1, 9))
    ending.convert(lots["a3"], table.OF["a3"], day(today, -19))


def _second(lots: Lots, session: Session, today: date) -> None:
    """Signed by a university, whose public notice runs; listed again; talked about."""
    ending.settle(lots["b1"], "xzqm", "jhut", day(today, -14))
    later = session.season.sessions.get(position=calendar.WEEKLY.index("5") + 1)
    ending.relist(lots["b2"], table.OF["b2"], later, day(today, -13))
    ending.talk(lots["b3"], table.OF["b3"], day(today, -12), OFFERED)


def _third(lots: Lots, _session: Session, today: date) -> None:
    """Paid and signed by the buyer; to be paid by the demo login's firm; two without a result."""
    selling.confirm(lots["c1"], "yxmotor", day(today, -7))
    selling.pay(lots["c1"], "yxmotor", day(today, -6))
    selling.sign(lots["c1"], "yxmotor", moment=day(today, -5))
    selling.confirm(lots["c2"], table.OWN, day(today, -6, 14))


def _fourth(_lots: Lots, _session: Session, _today: date) -> None:
    """Knocked down yesterday: to be confirmed, one of them by the demo login's firm."""


TOLD = {"1": _first, "2": _second, "3": _third, "4": _fourth}
