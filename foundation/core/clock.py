"""One clock: the database's. `database_now()` decides races and deadlines; elsewhere ``now=`` is passed in."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import connections

LOCAL = ZoneInfo("Asia/Shanghai")
_rehearsed: ContextVar[datetime | None] = ContextVar("rehearsed", default=None)


def stamp() -> datetime:
    """What is written into created_at and updated_at: the moment `at` has set, else this machine's."""
    return _rehearsed.get() or datetime.now(UTC)


def database_now(using: str = "default") -> datetime:
    """The moment by SQL ``app_now()``, aware, UTC: the time of the wall, or what `at` has set."""
    with connections[using].cursor() as cursor:
        cursor.execute("SELECT app_now()")
        return cursor.fetchone()[0].astimezone(UTC)


def machine_now() -> datetime:
    """The time of this machine, whatever `at` has set: for retries and heartbeats."""
    return datetime.now(UTC)


@contextmanager
def at(moment: datetime, using: str = "default") -> Iterator[None]:
    """Let this connection live at another moment (demo, replay, tests).

    Refused unless settings.KAIXU_CLOCK_MAY_BE_SET.
    """
    if not settings.KAIXU_CLOCK_MAY_BE_SET:
        raise ImproperlyConfigured("the clock cannot be set under these settings")
    if moment.tzinfo is None:
        raise ValueError("the moment needs a time zone")
    connection = connections[using]
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('kaixu.now', true)")
        before = cursor.fetchone()[0] or ""
        cursor.execute("SELECT set_config('kaixu.now', %s, false)", [moment.isoformat()])
    token = _rehearsed.set(moment)
    try:
        yield
    finally:
        _rehearsed.reset(token)
        if not connection.needs_rollback:  # a rollback takes the setting back by itself
            with connection.cursor() as cursor:
                cursor.execute("SELECT set_config('kaixu.now', %s, false)", [before])


def local_date(moment: datetime) -> date:
    """The day in Shanghai at this moment."""
    return moment.astimezone(LOCAL).date()


def start_of_local_day(day: date) -> datetime:
    """00:00 in Shanghai of this day, as UTC."""
    return datetime.combine(day, time(0), LOCAL).astimezone(UTC)


def end_of_local_day(day: date) -> datetime:
    """The half-open bound of a day in Shanghai: 00:00 of the next day, as UTC."""
    return start_of_local_day(day + timedelta(days=1))
