"""Sessions of a season: planned week by week, dates checked against the rules, opened and closed by the clock.

Days are days in Shanghai. Notice at least 7 days before the start (Auction Law Art. 45), viewing at least 2 (Art. 48).
"""

from datetime import date, datetime, time, timedelta

from django.db import transaction
from django.db.models import Max, Q
from django.utils.translation import gettext_lazy as _

from auctions.lifecycle import LotState, SessionState
from auctions.models import Lot, Season, Session
from auctions.services.seasons import RUNNING, require_officer
from foundation import audit
from foundation.core.actors import CLOCK
from foundation.core.clock import LOCAL, database_now, local_date
from foundation.core.errors import DomainError, Invalid, InvalidMany, NotPossibleNow
from foundation.core.locking import lock_rows

DATES = ("viewing_from", "viewing_until", "registration_until_at", "starts_at", "planned_ends_at")
BEGINS = time(10)  # of a weekly session, Shanghai
LASTS = timedelta(hours=24)  # judicial rules Art. 20
DEPOSITS_END = timedelta(hours=2)  # before the planned end
VIEWING = 5  # days offered by the weekly plan, where the rules do not ask for more
MOST_WEEKS = 26
DAY = timedelta(days=1)


class NotSelectedYet(DomainError):
    """Only selected lots of the same season stand in a session."""

    code = "not_selected_yet"
    message = _("Lot {number} cannot be put into this session.")


def problems(season: Season, dates: dict, now: datetime) -> dict[str, str]:
    """{field: sentence} of what is wrong with the dates of a session, seen from now."""
    found: dict = {}
    first, last, starts = dates["viewing_from"], dates["viewing_until"], dates["starts_at"]
    notice = (local_date(starts) - local_date(now)).days
    if notice < season.notice_days:
        least = (local_date(now) + DAY * season.notice_days).isoformat()
        found["starts_at"] = _("The notice has to stand {days} days: start on {day} or later.").format(
            days=season.notice_days, day=least
        )
    if (last - first).days + 1 < season.viewing_days:
        found["viewing_until"] = _("The viewing has to last at least {days} days.").format(days=season.viewing_days)
    elif last > local_date(starts):
        found["viewing_until"] = _("The viewing ends on the day of the start at the latest.")
    if first < local_date(now):
        found["viewing_from"] = _("The viewing begins today or later.")
    if dates["planned_ends_at"] <= starts:
        found["planned_ends_at"] = _("The end comes after the start.")
    elif not now < dates["registration_until_at"] <= dates["planned_ends_at"]:
        found["registration_until_at"] = _("Registration ends before the bidding ends, and not in the past.")
    return {name: str(said) for name, said in found.items()}


def weekly_dates(season: Season, first_day: date, week: int) -> dict:
    """The dates of one weekly session: 10:00 to 10:00, viewing on the days before."""
    day = first_day + 7 * DAY * week
    starts = datetime.combine(day, BEGINS, LOCAL)
    ends = starts + LASTS
    return {
        "viewing_from": day - DAY * max(season.viewing_days, VIEWING),
        "viewing_until": day - DAY,
        "registration_until_at": ends - DEPOSITS_END,
        "starts_at": starts,
        "planned_ends_at": ends,
    }


def _plan(season: Season, dates: dict, actor) -> Session:
    if found := problems(season, dates, database_now()):
        raise InvalidMany(found)
    last = season.sessions.aggregate(last=Max("position"))["last"] or 0
    session = Session.objects.create(season=season, position=last + 1, **dates)
    data = {"starts_at": session.starts_at, "ends_at": session.planned_ends_at}
    audit.record("auctions.session.planned", subject=session, actor=actor, data=data, visibility="private")
    return session


def _locked(season: Season, actor) -> Season:
    require_officer(actor)
    season = lock_rows(season)
    if not season.permits("plan"):
        raise NotPossibleNow(lifecycle="season", state=season.state, move="plan", label=season.state_label)
    return season


@transaction.atomic
def plan_session(*, season: Season, actor, **dates) -> Session:
    """Add a session with these dates (`DATES`). Raises NotAllowed, NotPossibleNow, InvalidMany."""
    return _plan(_locked(season, actor), {name: dates[name] for name in DATES}, actor)


@transaction.atomic
def plan_weeks(*, season: Season, first_day: date, weeks: int, actor) -> list[Session]:
    """A session every week from a day in Shanghai on (周周拍). All or none. Raises as `plan_session`, Invalid."""
    season = _locked(season, actor)
    if not 1 <= weeks <= MOST_WEEKS:
        raise Invalid(_("Plan 1 to 26 weeks."), field="weeks")
    try:
        return [_plan(season, weekly_dates(season, first_day, week), actor) for week in range(weeks)]
    except InvalidMany as error:
        raise Invalid(next(iter(error.errors.values())), field="first_day") from error


@transaction.atomic
def edit_session(*, session: Session, actor, **dates) -> Session:
    """Move a session whose notice is not published. Raises NotAllowed, NotPossibleNow, InvalidMany."""
    require_officer(actor)
    session = lock_rows(session)
    _require(session, "edit")
    chosen = {name: dates[name] for name in DATES}
    if found := problems(session.season, chosen, database_now()):
        raise InvalidMany(found)
    for name, value in chosen.items():
        setattr(session, name, value)
    session.save(update_fields=list(chosen))
    data = {"starts_at": session.starts_at, "ends_at": session.planned_ends_at}
    audit.record("auctions.session.moved", subject=session, actor=actor, data=data, visibility="private")
    return session


def _require(session: Session, verb: str) -> None:
    if not session.permits(verb):
        raise NotPossibleNow(lifecycle="session", state=session.state, move=verb, label=session.state_label)


def _lock(session: Session, lots) -> tuple[Session, list[Lot]]:
    """The session and its lots, locked in one call."""
    found = lock_rows(session, *lots)
    return (found[0], found[1:]) if isinstance(found, list) else (found, [])


@transaction.atomic
def assign_lots(*, session: Session, lots, actor) -> Session:
    """Make these the lots of a planned session; those that stood in it and are not named leave it.

    Raises NotAllowed, NotPossibleNow, NotSelectedYet.
    """
    require_officer(actor)
    concerned = {lot.pk: lot for lot in [*lots, *Lot.objects.filter(session=session)]}
    session, locked = _lock(session, concerned.values())
    _require(session, "assign")
    wanted = {lot.pk for lot in lots}
    for lot in locked:
        chosen = session if lot.pk in wanted else None
        if lot.session_id == (session.pk if chosen else None):
            continue
        if not lot.permits("assign") or lot.season_id != session.season_id:
            raise NotSelectedYet(number=lot.number or lot.title)
        lot.session = chosen
        lot.save(update_fields=["session"])
        name = "auctions.lot.assigned" if chosen else "auctions.lot.unassigned"
        audit.record(name, subject=lot, actor=actor, data={"session": str(session)}, parties=[lot.seller_id])
    return session


@transaction.atomic
def cancel_session(*, session: Session, actor, reason: str) -> Session:
    """Cancel a session whose lots are not announced; they may go into another one. Raises NotPossibleNow, Invalid."""
    if not reason.strip():
        raise Invalid(_("Say why the session is cancelled."), field="reason")
    require_officer(actor)
    session, lots = _lock(session, Lot.objects.filter(session=session))
    if any(lot.state in RUNNING for lot in lots):
        raise NotPossibleNow(lifecycle="session", state=session.state, move="cancel", label=session.state_label)
    for lot in lots:
        if lot.permits("assign"):
            lot.session = None
            lot.save(update_fields=["session"])
    public = session.state == SessionState.NOTICE_PUBLISHED
    return audit.advance(session, "cancel", actor=actor, reason=reason, visibility="public" if public else "private")


@transaction.atomic
def turn(*, session: Session) -> Session:
    """Open a session at its start, close it when every lot of it is decided. A repeat changes nothing."""
    session = lock_rows(session)
    now = database_now()
    if session.state == SessionState.NOTICE_PUBLISHED and now >= session.starts_at:
        audit.advance(session, "open", actor=CLOCK, visibility="public", now=now)
    running = session.lots.filter(state__in=RUNNING)
    if session.state == SessionState.OPEN and now >= session.planned_ends_at and not running.exists():
        audit.advance(session, "close", actor=CLOCK, visibility="public", now=now)
    return session


def turn_due(*, limit: int = 50) -> int:
    """Turn every session that is due; how many were looked at. Safe to run at any time, by anybody, twice."""
    now = database_now()
    undecided = Q(lots__state__in=[LotState.ANNOUNCED, *RUNNING])
    ended = Session.objects.filter(state=SessionState.OPEN, planned_ends_at__lte=now).exclude(undecided)
    due = Session.objects.filter(state=SessionState.NOTICE_PUBLISHED, starts_at__lte=now)
    sessions = [*due[:limit], *ended[:limit]]
    for session in sessions:
        turn(session=session)
    return len(sessions)
