"""What can be asked about seasons and sessions."""

from django.db.models import Count, Max, Q, QuerySet, Sum

from auctions.lifecycle import PUBLIC, LotState, SessionState
from auctions.models import Lot, Season, Session
from auctions.queries.catalogue import STAGES
from auctions.queries.lots import RELATED, seasons_visible_to, sessions_visible_to

PUBLISHED = (SessionState.NOTICE_PUBLISHED, SessionState.OPEN, SessionState.CLOSED)
SHOWN = Q(lots__state__in=PUBLIC, lots__is_practice=False, lots__session__isnull=False)


def with_counts(rows: QuerySet[Season]) -> QuerySet[Season]:
    """Seasons with the number of their announced, sold and running lots."""
    return rows.order_by("-code").annotate(
        announced_lots=Count("lots", filter=SHOWN, distinct=True),
        sold_lots=Count("lots", filter=Q(lots__state__in=STAGES["sold"]), distinct=True),
        live_lots=Count("lots", filter=Q(lots__state__in=STAGES["live"]), distinct=True),
    )


def season(membership, code: str) -> QuerySet[Season]:
    """One season that somebody may see."""
    return with_counts(seasons_visible_to(membership)).filter(code=code.upper())


def sessions_of(season: Season, *, everything: bool = False) -> QuerySet[Session]:
    """The sessions of a season with their numbers of lots: those with a notice, or all of them for the officer."""
    rows = season.sessions.all() if everything else season.sessions.filter(state__in=PUBLISHED)
    return rows.annotate(count=Count("lots"), highest=Max("lots__floor__price_fen")).order_by("starts_at", "position")


def session(membership, code: str, position: int) -> QuerySet[Session]:
    """One session that somebody may see: once its notice is published."""
    found = sessions_visible_to(membership).filter(season__code=code.upper(), position=position)
    return found.filter(state__in=[*PUBLISHED, SessionState.CANCELLED], notice_at__isnull=False)


def any_session(membership, code: str, position: int) -> QuerySet[Session]:
    """One session for its conductor, planned or not."""
    return sessions_visible_to(membership).filter(season__code=code.upper(), position=position)


def next_sessions(limit: int = 6) -> QuerySet[Session]:
    """Sessions that run or come next, soonest first."""
    rows = Session.objects.filter(state__in=[SessionState.NOTICE_PUBLISHED, SessionState.OPEN])
    return rows.select_related("season").annotate(count=Count("lots")).order_by("starts_at")[:limit]


def published_sessions(season: Season | None = None) -> QuerySet[Session]:
    """Sessions with a notice, of one season or of all, for calendars."""
    rows = Session.objects.filter(state__in=PUBLISHED).select_related("season").order_by("starts_at")
    return rows.filter(season=season) if season else rows


def lots_of(session: Session) -> QuerySet[Lot]:
    """The lots of a session by number."""
    return Lot.objects.filter(session=session).select_related(*RELATED).prefetch_related("items__patent")


def waiting_lots(season: Season) -> QuerySet[Lot]:
    """Selected lots that no session holds yet."""
    rows = Lot.objects.filter(season=season, state=LotState.SELECTED, session=None, is_practice=False)
    return rows.select_related(*RELATED).order_by("number")


def lot_counts(season: Season) -> dict[str, int]:
    """How many lots of a season are in each state, for the officer."""
    rows = season.lots.filter(is_practice=False).order_by().values("state").annotate(n=Count("pk"))
    return {row["state"]: row["n"] for row in rows}


def turnover(season: Season) -> int:
    """What the sold lots of a season brought in fen, commission not counted."""
    sold = season.lots.filter(state__in=STAGES["sold"])
    return sold.aggregate(total=Sum("floor__price_fen"))["total"] or 0
