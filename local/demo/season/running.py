"""The session that runs now, the coming one that takes registrations, and the one that is being planned."""

from datetime import date, datetime, timedelta

from django.db import transaction

from accounts.models import Membership
from auctions.lifecycle import SessionState
from auctions.models import Lot, LotDocument, Season, Session
from auctions.services import proxies, rooms, sessions
from foundation.core import clock
from foundation.core.money import Money
from local.demo.season import calendar, holding, people, proposing, table
from local.demo.season.calendar import DAY, HOUR, day

MINUTE = timedelta(minutes=1)
LIVE, COMING, PLANNED, UNASSIGNED = "live", "5", "6", ""
PLANNED_LIVE = -20  # days: when the special session was put between the weekly ones
MAXIMUM = 3_000_000  # yuan, of the proxy on the lot that the demo login's firm leads
QUESTIONS = (
    ("转让后出让方是否提供技术指导？指导期多长？", "提供六个月现场指导，共不超过十个工作日，费用已含在成交价中。"),
    ("近三年是否有许可他人实施？", "没有。登记簿副本见资料室，截至公告日无许可备案。"),
    ("试制样品能否在查看期内现场查看？", ""),
)


def tell(season: Season, today: date, now: datetime) -> None:
    """Each session in a piece of its own."""
    _live(season, today, now)
    _coming(season, today, now)
    _planned(season, today)


@transaction.atomic
def _live(season: Season, today: date, now: datetime) -> None:
    rows = holding.rows_of(LIVE)
    lots = {row.key: proposing.lot_of(row, season) for row in rows}
    if any(lot.session_id for lot in lots.values()):
        return
    span = calendar.live(now)
    with clock.at(day(today, PLANNED_LIVE)):
        session = sessions.plan_session(season=season, actor=people.officer(), **calendar.dates(span))
    holding.publish(session, list(lots.values()), span.starts_at - calendar.NOTICE)
    for row in rows:
        _ask(lots[row.key], row, span.starts_at - 6 * DAY, QUESTIONS[:2])
    holding.turn(session, span.starts_at)
    for row in rows:
        lot = Lot.objects.select_related("season", "session", "seller", "floor").get(pk=lots[row.key].pk)
        parties = holding.admit(lot, row, span.starts_at - 3 * DAY)
        holding.go_live(lot)
        holding.bid(lot, row, parties, holding.live_moments(lot, row, now))
        if row.key == "l2":
            _leave_maximum(parties, now)


def _leave_maximum(parties: dict, now: datetime) -> None:
    """The firm that leads leaves a maximum for the hours to come."""
    with clock.at(now - 10 * MINUTE):
        proxies.place_proxy(
            registration=parties[table.OWN], maximum=Money(MAXIMUM * 100), key="demo", actor=people.bidder(table.OWN)
        )


@transaction.atomic
def _coming(season: Season, today: date, now: datetime) -> None:
    session = _weekly(season, COMING)
    if session.state != SessionState.PLANNED:
        return
    rows = holding.rows_of(COMING)
    lots = {row.key: proposing.lot_of(row, season) for row in rows}
    again = list(Lot.objects.filter(session=session))
    published = session.starts_at - 9 * DAY
    holding.publish(session, [*lots.values(), *again], published)
    for row in rows:
        _ask(lots[row.key], row, published + DAY, QUESTIONS)
        for n, firm in enumerate(row.watching):
            holding.admitted(lots[row.key], firm, published + 2 * DAY + n * HOUR)
    holding.applied(lots["f3"], "jzglass", now - 3 * HOUR)


@transaction.atomic
def _planned(season: Season, today: date) -> None:
    """Lots stand in the session; its notice is to be published by the officer."""
    session = _weekly(season, PLANNED)
    if session.state == SessionState.PLANNED and not session.lots.exists():
        lots = [proposing.lot_of(row, season) for row in holding.rows_of(PLANNED)]
        with clock.at(day(today, -2)):
            sessions.assign_lots(session=session, lots=lots, actor=people.officer())


def _weekly(season: Season, key: str) -> Session:
    return season.sessions.get(position=calendar.WEEKLY.index(key) + 1)


def _ask(lot: Lot, row: table.Row, moment: datetime, asked: tuple) -> None:
    """Firms read the data room and ask; the seller answers what it has an answer to."""
    readers = [people.owner(key) for key in (*row.watching, "ztsoft")]
    with clock.at(moment):
        for reader in readers:
            _read(lot, reader)
    for n, (question, answer) in enumerate(asked):
        with clock.at(moment + n * 5 * HOUR):
            made = rooms.ask(lot=lot, text=question, actor=readers[n % len(readers)])
        if answer:
            with clock.at(moment + n * 5 * HOUR + 3 * HOUR):
                rooms.answer_question(question=made, text=answer, actor=people.seller(row.holder))


def _read(lot: Lot, reader: Membership) -> None:
    """Everything that signed-in organizations may read."""
    for document in lot.documents.exclude(audience=LotDocument.Audience.BIDDERS):
        rooms.open_document(document=document, membership=reader)
