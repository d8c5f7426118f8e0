"""The officer's desk: what waits in a season and in a session."""

from django.db.models import Q
from django.utils.translation import gettext

from auctions import eligibility
from auctions.lifecycle import LOT, LotState, SessionState
from auctions.models import Lot, PriorityHolder, Season, Session
from auctions.presentation import seasons as shown
from auctions.queries import seasons
from foundation import audit
from foundation.core.clock import database_now, local_date
from foundation.core.display import day

OPEN = PriorityHolder.Answer.OPEN


def season_row(season: Season) -> dict:
    """One season of the desk."""
    counts = seasons.lot_counts(season)
    return {
        "season": season,
        "in_check": counts.get(LotState.MATERIALS_CHECK, 0),
        "waiting": seasons.waiting_lots(season).count(),
        "announced": season.announced_lots,
        "sold": season.sold_lots,
    }


def season_context(season: Season, membership) -> dict:
    """Everything the page of one season shows."""
    moves = [move for move in audit.actions_for(membership, season) if move.name != "cancel"]
    may_cancel = any(move.name == "cancel" for move in audit.actions_for(membership, season))
    counts = seasons.lot_counts(season)
    return {
        "season": season,
        "steps": shown.steps(season),
        "moves": moves,
        "may_cancel": may_cancel,
        "may_plan": season.permits("plan"),
        "may_edit": season.permits("edit_rules"),
        "rules": shown.rules(season),
        "sessions": list(seasons.sessions_of(season, everything=True)),
        "waiting": list(seasons.waiting_lots(season)[:50]),
        "counts": [
            {"label": gettext(LOT.label(state)), "value": n}
            for state, n in sorted(counts.items(), key=lambda pair: list(LotState).index(LotState(pair[0])))
        ],
    }


def assignable(session: Session):
    """The lots that stand in the session and the selected ones that stand nowhere."""
    free = Q(state=LotState.SELECTED, session=None, season=session.season_id, is_practice=False)
    return Lot.objects.filter(free | Q(session=session)).order_by("number")


def session_context(session: Session) -> dict:
    """Everything the page of one session shows."""
    planned = session.state == SessionState.PLANNED
    rows = [_lot_row(lot, planned) for lot in seasons.lots_of(session)]
    return {
        "session": session,
        "season": session.season,
        "dates": shown.dates(session),
        "planned": planned,
        "rows": rows,
        "ready": planned and bool(rows) and not any(row["obstacles"] for row in rows),
        "may_publish": planned and session.season.permits("publish_notice"),
        "may_cancel": session.state in (SessionState.PLANNED, SessionState.NOTICE_PUBLISHED)
        and not any(row["lot"].state != LotState.SELECTED for row in rows),
    }


def _lot_row(lot: Lot, planned: bool) -> dict:
    """A lot of the session and what keeps it from being announced."""
    obstacles = []
    if planned:
        now = database_now()
        obstacles = [f"{one.title} ({one.reason})" for one in eligibility.check(lot, now=now) if one.blocks]
        waiting = lot.priority_holders.filter(answer=OPEN).order_by("-answer_by").first()
        if waiting is not None and (waiting.answer_by is None or waiting.answer_by >= local_date(now)):
            until = day(waiting.answer_by) if waiting.answer_by else "—"
            obstacles.append(gettext("first rights may be answered until %(day)s") % {"day": until})
    return {"lot": lot, "obstacles": obstacles}
