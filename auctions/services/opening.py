"""The floor of a lot is made when it is announced; the lot goes live when its time has come."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from auctions import live
from auctions.lifecycle import LotState
from auctions.models import Floor, Lot, Season, Session
from auctions.services import floors
from foundation import audit
from foundation.core import clock
from foundation.core.actors import CLOCK
from foundation.core.errors import DomainError
from foundation.core.money import Money, at_rate_bp

DAY = timedelta(days=1)
BEFORE_LIVE = {LotState.ANNOUNCED: ("open_registration", "go_live"), LotState.REGISTRATION_OPEN: ("go_live",)}


class NoIncrement(DomainError):
    """The season's table of increments does not reach this start price."""

    code = "no_increment"
    message = _("The season has no increment for this start price.")


def increment_for(season: Season, start: Money) -> Money:
    """The increment by the season's table: the first row whose upper bound (exclusive) lies above the start price.

    Rows are [upper bound in fen or null, increment in fen]. Raises NoIncrement.
    """
    for upper, step in season.increments:
        if upper is None or start.fen < upper:
            return Money(step)
    raise NoIncrement()


def deposit_for(season: Season, start: Money) -> Money:
    """The deposit: the season's share of the start price, half up, a fen at least (judicial rules Art. 17)."""
    return max(at_rate_bp(start, season.deposit_bp), Money(1))


def limits_from(season: Season, end: datetime) -> tuple[datetime | None, datetime | None]:
    """The first hard limit at or after this end, and when bidding goes on after it; both None without a limit.

    The season's times are Shanghai's.
    """
    if season.hard_limit is None:
        return None, None
    limit = _next(season.hard_limit, end)
    return limit, _next(season.resume_at, limit)


def _next(time_of_day, moment: datetime) -> datetime:
    """The first moment at or after this one at which the clocks of Shanghai show the time of day."""
    day = clock.local_date(moment)
    found = datetime.combine(day, time_of_day, clock.LOCAL)
    return found if found >= moment else datetime.combine(day + DAY, time_of_day, clock.LOCAL)


@transaction.atomic
def open_floor(*, lot: Lot, session: Session) -> Floor:
    """Make the floor of a lot that is being announced, by the rules of its season. A repeat returns the first one.

    Raises NoIncrement.
    """
    lot, floor = floors.lock(lot)
    if floor is not None:
        return floor
    season = lot.season
    limit, resumes = limits_from(season, session.planned_ends_at)
    return Floor.objects.create(
        lot=lot,
        start_fen=lot.start_fen,
        increment_fen=increment_for(season, lot.start).fen,
        max_steps=season.max_steps,
        on_grid=season.on_grid,
        own_raise=season.own_raise,
        window_seconds=season.window_seconds,
        extension_seconds=season.extension_seconds,
        deposit_fen=0 if lot.is_practice else deposit_for(season, lot.start).fen,
        opens_at=session.starts_at,
        planned_ends_at=session.planned_ends_at,
        ends_at=session.planned_ends_at,
        hard_limit_at=limit,
        resumes_at=resumes,
    )


@transaction.atomic
def go_live(*, lot: Lot) -> bool:
    """Start the bidding of a lot whose time has come; False where it is not time, or where it has happened."""
    lot, floor = floors.lock(lot)
    if floor is None or floor.closed_at is not None or clock.database_now() < floor.opens_at:
        return False
    return make_live(lot)


def make_live(lot: Lot) -> bool:
    """The moves to LIVE; inside the caller's transaction and lock. Bids do not wait for it: the floor's times count."""
    moves = BEFORE_LIVE.get(LotState(lot.state), ())
    live.publish(lot.pk)
    for move in moves:
        audit.advance(lot, move, actor=CLOCK, visibility="public")
    return bool(moves)
