"""What every test stands on: a real PostgreSQL as the application's role, a real Redis, a browser."""

import gc
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
import redis
from django.conf import settings
from django.core.cache import cache
from django.db import connections
from django.test import TransactionTestCase
from nacl.pwhash import argon2id

from local import chromium as chromium_finder
from local import test_database
from tests import kept

REAL_DATA = Path(os.environ.get("KAIXU_REAL_DATA", settings.BASE_DIR.parent / "shared" / "data"))
IN_CI = os.environ.get("CI", "").lower() in {"1", "true", "yes"}


def fresh_database(self: TransactionTestCase) -> None:
    """In place of emptying the tables."""
    kept.fresh()


@pytest.fixture(scope="session")
def django_db_setup(django_db_blocker: pytest.FixtureRequest) -> Iterator[None]:
    """This worker's database; dropped at the end."""
    kept.COPIES.drop_forgotten()
    with django_db_blocker.unblock():
        kept.fresh()
    TransactionTestCase._fixture_teardown = fresh_database
    yield
    with django_db_blocker.unblock():
        connections.close_all()
    kept.COPIES.drop(settings.KAIXU_TEST_DATABASE)


@pytest.fixture(scope="session", autouse=True)
def own_corner() -> Iterator[None]:
    """Files and Redis keys of this worker, removed at the end."""
    yield
    for path in (settings.MEDIA_ROOT, settings.EMAIL_FILE_PATH):
        shutil.rmtree(path, ignore_errors=True)
    client = redis.Redis.from_url(settings.REDIS_URL)
    for key in client.scan_iter(f"*{settings.KAIXU_REDIS_PREFIX}*", count=1000):
        client.delete(key)


@pytest.fixture(scope="session", autouse=True)
def quick_shares() -> Iterator[None]:
    """New shares of openers cost little to try; each says what it costs, so every process reads them."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("challenges.sealing.OPERATIONS", argon2id.OPSLIMIT_MIN)
        patched.setattr("challenges.sealing.MEMORY", argon2id.MEMLIMIT_MIN)
        yield


@pytest.fixture(autouse=True)
def empty_cache() -> None:
    """No test sees what another one cached."""
    client = redis.Redis.from_url(settings.REDIS_URL)
    if keys := list(client.scan_iter(f"{settings.KAIXU_REDIS_PREFIX}:[0-9]*", count=10_000)):
        client.delete(*keys)
    assert cache.get("nothing") is None


def pytest_sessionfinish(session: pytest.Session) -> None:
    """The last process of a run takes away what the others shared."""
    if not hasattr(session.config, "workerinput"):
        kept.forget()


def pytest_collection_finish() -> None:
    """What is imported by now stays: the collector need not walk it again in every test."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)


@pytest.fixture(scope="session")
def owner_url() -> str:
    """The address of this worker's database for the owner of the tables."""
    return test_database.roles.with_database(settings.SERVERS.owner, settings.KAIXU_TEST_DATABASE)


@pytest.fixture(scope="session")
def real_data() -> Path:
    """The folder of real sample data."""
    if not REAL_DATA.is_dir():
        pytest.skip(f"no real sample data in {REAL_DATA}; name the folder in KAIXU_REAL_DATA")
    return REAL_DATA


@pytest.fixture(scope="session")
def chromium() -> str:
    """The path of Chromium."""
    path = chromium_finder.find()
    if path is None:
        pytest.skip("no Chromium on this machine; install it or name it in KAIXU_CHROMIUM")
    return path


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo) -> Iterator[None]:
    """Under CI a skipped test is a failed one; only absent sample data excuse it."""
    report = yield
    excused = {"real_data", "chromium"} & set(getattr(item, "fixturenames", ())) == {"real_data"}
    if IN_CI and report.skipped and not hasattr(report, "wasxfail") and not excused:
        report.outcome = "failed"
        report.longrepr = f"skipped under CI: {report.longrepr}"
    return report
