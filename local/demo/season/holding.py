"""Sessions of the demo: notice, registrations, bids, the end. What lies in the past is told in one transaction."""

from datetime import datetime, timedelta

from auctions import agreement
from auctions.models import Lot, Registration, Session
from auctions.services import announcing, bids, closing, opening, registering, sessions
from foundation.core import clock
from foundation.core.money import Money
from local.demo.season import money, people, table
from local.demo.season.table import Row

SECOND, MINUTE, HOUR, DAY = (timedelta(**{name: 1}) for name in ("seconds", "minutes", "hours", "days"))


def publish(session: Session, lots: list[Lot], moment: datetime) -> None:
    """The officer puts the lots into the session and publishes its notice."""
    with clock.at(moment - HOUR):
        sessions.assign_lots(session=session, lots=lots, actor=people.officer())
    with clock.at(moment):
        announcing.publish_notice(session=session, actor=people.officer())


def admit(lot: Lot, row: Row, moment: datetime) -> dict[str, Registration]:
    """Everybody who bids or watches registers and pays the deposit, one after the other from a moment on."""
    firms = dict.fromkeys([*(firm for firm, _steps, _when in row.bids), *row.watching])
    return {firm: admitted(lot, firm, moment + n * 47 * MINUTE) for n, firm in enumerate(firms)}


def applied(lot: Lot, firm: str, moment: datetime) -> Registration:
    """A firm that read the agreement and registered; its deposit is to come."""
    lot = Lot.objects.select_related("season", "session", "seller", "floor").get(pk=lot.pk)
    with clock.at(moment):
        sha256 = agreement.sha256_of(lot.season)
        return registering.register(lot=lot, actor=people.bidder(firm), agreement_sha256=sha256)


def admitted(lot: Lot, firm: str, moment: datetime) -> Registration:
    """A firm with a paddle, ten minutes after it registered."""
    registration = applied(lot, firm, moment)
    with clock.at(moment + 10 * MINUTE):
        return money.pay_deposit(registration, people.bidder(firm))


def go_live(lot: Lot) -> None:
    """The bidding of a lot begins."""
    with clock.at(lot.floor.opens_at + SECOND):
        opening.go_live(lot=lot)


def bid(lot: Lot, row: Row, parties: dict[str, Registration], moments: list[datetime]) -> None:
    """The bids of the table, each at its moment."""
    step, price = lot.floor.increment_fen, lot.start_fen
    for n, ((firm, steps, _when), moment) in enumerate(zip(row.bids, moments, strict=True)):
        price += steps * step
        with clock.at(moment):
            bids.place_bid(registration=parties[firm], amount=Money(price), key=f"demo:{n}", actor=people.bidder(firm))


def past_moments(lot: Lot, row: Row) -> list[datetime]:
    """When the bids of a session in the past came: minutes after its start."""
    return [lot.floor.opens_at + when * MINUTE for _firm, _steps, when in row.bids]


def live_moments(lot: Lot, row: Row, now: datetime) -> list[datetime]:
    """When the bids of the session that runs came: percent of the time since its start."""
    begun = lot.floor.opens_at
    return [begun + (now - begun) * (when / 100) for _firm, _steps, when in row.bids]


def end(lot: Lot, parties: dict[str, Registration]) -> Lot:
    """The clock decides the lot; the deposits of those who did not win go back within minutes."""
    lot.floor.refresh_from_db()
    ended = lot.floor.ends_at
    with clock.at(ended + SECOND):
        closing.close_lot(lot=lot)
    for n, registration in enumerate(parties.values()):
        registration.refresh_from_db()
        if registration.state == "lost":
            money.give_back(registration, ended + 20 * SECOND + n * SECOND)
    return Lot.objects.select_related("season", "session", "seller", "floor").get(pk=lot.pk)


def hold(row: Row, lot: Lot) -> Lot:
    """The whole bidding of a lot whose session is over."""
    lot = Lot.objects.select_related("season", "session", "seller", "floor").get(pk=lot.pk)
    parties = admit(lot, row, lot.floor.opens_at - 3 * DAY)
    go_live(lot)
    bid(lot, row, parties, past_moments(lot, row))
    return end(lot, parties)


def turn(session: Session, moment: datetime) -> None:
    """The clock looks at a session."""
    with clock.at(moment):
        sessions.turn(session=session)


def rows_of(session: str) -> list[Row]:
    """The lots of a session of the present season."""
    return table.in_session(table.PRESENT, session)
