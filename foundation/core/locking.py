"""Row locks, taken once, in one order, with a time limit. See docs/locking.md."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import InterfaceError, OperationalError, connections, models, transaction

from foundation.core.errors import Busy

WAIT = "3s"
LOCK_NOT_AVAILABLE, DEADLOCK, SERIALIZATION = "55P03", "40P01", "40001"
GONE = ("08", "57P")  # connection exceptions, shut down by its keeper
_switch = {"off": False}


def lock_rows(*objects: models.Model, share: bool = False, using: str = "default") -> Any:
    """Lock the rows of these objects and return them re-read: one object, or a list in the order given.

    All in one call, sorted by (table, primary key), so that two transactions cannot wait for each other. ``share``
    takes FOR SHARE: many readers, no writer. Raises Busy (503) after 3 s, DoesNotExist if a row is gone. Needs an open
    transaction.
    """
    if not connections[using].in_atomic_block:
        raise transaction.TransactionManagementError("lock_rows needs an open transaction")
    if not switched_off():
        with busy_if_locked(), connections[using].cursor() as cursor:
            cursor.execute("SELECT set_config('lock_timeout', %s, true)", [WAIT])
            for table, column, key in sorted({_place(obj) for obj in objects}):
                strength = "SHARE" if share else "UPDATE"
                one_row = f'SELECT 1 FROM "{table}" WHERE "{column}" = %s FOR {strength}'  # noqa: S608, our own names
                cursor.execute(one_row, [key])
    fresh = [type(obj)._base_manager.using(using).get(pk=obj.pk) for obj in objects]
    return fresh[0] if len(fresh) == 1 else fresh


def _place(obj: models.Model) -> tuple[str, str | None, Any]:
    return obj._meta.db_table, obj._meta.pk.column, obj.pk


def is_lock_failure(error: BaseException) -> bool:
    """Whether a database error only says that somebody else holds what we need."""
    code = getattr(error.__cause__, "pgcode", None) or getattr(error, "pgcode", None)
    return code in (LOCK_NOT_AVAILABLE, DEADLOCK, SERIALIZATION)


def is_away(error: BaseException | None) -> bool:
    """Whether an error says that the database does not answer, rather than that a statement went wrong."""
    if isinstance(error, InterfaceError):
        return True
    cause = error.__cause__ if isinstance(error, OperationalError) else None
    state = getattr(cause, "pgcode", None)
    return cause is not None and (state is None or state.startswith(GONE))


@contextmanager
def busy_if_locked() -> Iterator[None]:
    """Turn a lock that was not free in time, or a deadlock, into Busy."""
    try:
        yield
    except OperationalError as error:
        if is_lock_failure(error):
            raise Busy() from error
        raise


def switched_off() -> bool:
    """Whether `without_locks` is in force."""
    return _switch["off"]


@contextmanager
def without_locks() -> Iterator[None]:
    """Take no locks, in all threads: for the twins of race tests. Refused unless settings.KAIXU_LOCKS_MAY_BE_OFF."""
    if not settings.KAIXU_LOCKS_MAY_BE_OFF:
        raise ImproperlyConfigured("locks cannot be switched off under these settings")
    _switch["off"] = True
    try:
        yield
    finally:
        _switch["off"] = False
