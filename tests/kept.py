"""Something costly to make, made once in a run of the tests: every process that needs it gets a copy of that database.

What is kept is a database, the files beside it, and the Python object that names what lies in them.
"""

import fcntl
import itertools
import pickle
import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import factory
from django.conf import settings
from django.db import connection, connections, transaction

from local import test_database
from marketplace.settings import environment as env

COPIES = test_database.Copies(settings.DATA_DIR, settings.SERVERS.owner, settings.SERVERS.app)
NAME = test_database.copy_name(env.text("KAIXU_TEST_NAME"), env.text("KAIXU_TEST_PID"), "kept")
FOLDER = Path(settings.DATA_DIR) / "test" / NAME


def fresh(template: str | None = None) -> None:
    """A new copy of the template for this process, in place of emptying the tables (they refuse that)."""
    connections.close_all()
    COPIES.renew(settings.KAIXU_TEST_DATABASE, template=template)


@contextmanager
def once(make: Callable[[], Any]) -> Iterator[Any]:
    """What ``make`` made, in a transaction that is taken back; the process has a fresh database afterwards.

    One kind of thing is kept in a run: the first ``make`` is everybody's.
    """
    _made(make)
    shutil.copytree(FOLDER / "files", settings.MEDIA_ROOT, dirs_exist_ok=True)
    fresh(NAME)
    made, counted = pickle.loads((FOLDER / "object").read_bytes())  # noqa: S301, written by this run
    _count_from(counted)
    try:
        with transaction.atomic():
            yield made
            transaction.set_rollback(True)
    finally:
        fresh()


def _made(make: Callable[[], Any]) -> None:
    FOLDER.mkdir(parents=True, exist_ok=True)
    with (FOLDER / "lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if (FOLDER / "object").exists():
            return
        fresh()
        with transaction.atomic():
            made = make()
            connection.run_on_commit.clear()  # nobody is told: no process of this site runs
        connections.close_all()
        COPIES.keep(NAME, template=settings.KAIXU_TEST_DATABASE)
        Path(settings.MEDIA_ROOT).mkdir(parents=True, exist_ok=True)
        shutil.copytree(settings.MEDIA_ROOT, FOLDER / "files", dirs_exist_ok=True)
        (FOLDER / "object").write_bytes(pickle.dumps((made, _counted())))


def _counters() -> Iterator[tuple[tuple[str, str], Any]]:
    """The counters of the factories, and the factories that count, by module and name."""
    for name in sorted(one for one in sys.modules if one.startswith("tests.factories.")):
        for key, value in sorted(vars(sys.modules[name]).items()):
            makes = isinstance(value, type) and issubclass(value, factory.Factory) and value.__module__ == name
            if makes or isinstance(value, itertools.count):
                yield (name, key), value


def _next(counter: Any) -> int:
    return next(counter) if isinstance(counter, itertools.count) else counter._meta.next_sequence()


def _counted() -> dict[tuple[str, str], int]:
    return {name: _next(counter) for name, counter in _counters()}


def _count_from(counted: dict[tuple[str, str], int]) -> None:
    """Go on where whoever made it stopped: what is added to it must not bear the numbers of what is there."""
    for name, counter in _counters():
        while _next(counter) < counted.get(name, 0):
            pass


def forget() -> None:
    """At the end of the run."""
    if FOLDER.exists():
        COPIES.drop(NAME)
        shutil.rmtree(FOLDER)
