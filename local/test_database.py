"""Databases of the tests: one migrated template, and a fresh copy of it for each worker and each test that commits.

Tables refuse TRUNCATE, so that Django's way of emptying them after a test cannot work; a copy takes a moment.
Everything is made as the owner of the tables; the tests themselves run as the application.
"""

import fcntl
import hashlib
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg2
import psycopg2.errors
from psycopg2 import sql

from local import processes, roles

REPOSITORY = Path(__file__).resolve().parents[1]
TEMPLATE, COPY = "kaixu_tpl_", "kaixu_test_"
TEMPLATES_KEPT = 8
DROP_TRIES, DROP_PAUSE = 50, 0.2  # the pause in seconds
# What the shape of the database is made from.
SOURCES = (
    "*/migrations/**/*.*",
    "*/*/migrations/**/*.*",
    "*/lifecycle.py",
    "*/*/lifecycle.py",
    "*/models.py",
    "*/*/models.py",
    "*/models/*.py",
    "foundation/core/*.py",
    "constraints.txt",
)


def copy_name(run: str, pid: str, worker: str) -> str:
    """The database of one worker of one test run."""
    return f"{COPY}{run}_{pid}_{worker}".lower()[:63]


def fingerprint() -> str:
    """Changes with every file that shapes the database."""
    digest = hashlib.sha256()
    files = sorted({path for pattern in SOURCES for path in REPOSITORY.glob(pattern) if path.is_file()})
    for path in files:
        inside = path.relative_to(REPOSITORY)
        if inside.parts[0].startswith((".", "node_modules")) or path.suffix in {".pyc", ".md"}:
            continue
        digest.update(f"{inside}\0".encode() + path.read_bytes())
    return digest.hexdigest()[:16]


class Copies:
    """Makes and drops test databases as the owner of the tables."""

    def __init__(self, data: Path, owner_url: str, app_url: str) -> None:
        self.data, self.owner_url, self.app_url = data, owner_url, app_url
        self.owner, self.app = roles.role_of(owner_url), roles.role_of(app_url)

    @contextmanager
    def cursor(self, database: str = "") -> Iterator:
        """A cursor of the owner's, outside any transaction, in that database (or the owner's own)."""
        url = roles.with_database(self.owner_url, database) if database else self.owner_url
        connection = psycopg2.connect(url)
        connection.autocommit = True
        try:
            with connection.cursor() as cursor:
                yield cursor
        finally:
            connection.close()

    def databases(self, prefix: str) -> list[str]:
        """The databases whose name begins so, newest first."""
        with self.cursor() as cursor:
            cursor.execute("SELECT datname FROM pg_database WHERE starts_with(datname, %s) ORDER BY oid DESC", [prefix])
            return [row[0] for row in cursor.fetchall()]

    def drop(self, name: str) -> None:
        """Drop the database, whoever still uses it.

        The server's own cleaner may be at work there, and only a superuser may end that: it is gone in a moment.
        """
        command = sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name))
        for last in (*[False] * DROP_TRIES, True):
            try:
                with self.cursor() as cursor:
                    cursor.execute(command)
                return
            except psycopg2.errors.InsufficientPrivilege:
                if last:
                    raise
                time.sleep(DROP_PAUSE)

    def renew(self, name: str, template: str | None = None) -> None:
        """Put a fresh copy of the template (the migrated one, if none is named) in the place of `name`."""
        template = template or self.template()
        self.drop(name)
        with self.cursor() as cursor:
            command = sql.SQL("CREATE DATABASE {} OWNER {} TEMPLATE {}")
            cursor.execute(command.format(*map(sql.Identifier, (name, self.owner, template))))

    def keep(self, name: str, template: str) -> None:
        """A copy of `template` to copy from; the planner knows what lies in it."""
        self.renew(name, template)
        with self.cursor(name) as cursor:
            cursor.execute("ANALYZE")

    def template(self) -> str:
        """The migrated template; made where there is none that fits the migrations as they are now."""
        if not hasattr(self, "_template"):
            name = f"{TEMPLATE}{fingerprint()}"
            self.data.mkdir(parents=True, exist_ok=True)
            with (self.data / "template.lock").open("a") as lock:
                fcntl.flock(lock, fcntl.LOCK_EX)
                if name not in self.databases(name):
                    self.build(name)
            self._template = name
        return self._template

    def build(self, name: str) -> None:
        """Migrate a new database as its owner and close it to everybody, then drop the oldest templates."""
        draft = f"{name}_draft"
        self.drop(draft)
        roles.make_database(self.owner_url, draft, self.owner, self.app)
        url = roles.with_database(self.owner_url, draft)
        migrated = subprocess.run(
            [sys.executable, "manage.py", "migrate", "--verbosity", "0", "--skip-checks"],
            cwd=REPOSITORY,
            capture_output=True,
            text=True,
            check=False,
            env=os.environ
            | {
                "DATABASE_URL": url,
                "DATABASE_OWNER_URL": url,
                "KAIXU_DATABASE_ROLE": "owner",
                "DJANGO_SETTINGS_MODULE": "marketplace.settings.test",
                "KAIXU_TEST_DATABASE": draft,
            },
        )
        if migrated.returncode:
            self.drop(draft)
            raise RuntimeError(f"The test database cannot be migrated:\n{migrated.stdout}{migrated.stderr}")
        with self.cursor() as cursor:
            cursor.execute(
                sql.SQL("ALTER DATABASE {} RENAME TO {}").format(sql.Identifier(draft), sql.Identifier(name))
            )
            cursor.execute(sql.SQL("ALTER DATABASE {} WITH ALLOW_CONNECTIONS false").format(sql.Identifier(name)))
        for old in self.databases(TEMPLATE)[TEMPLATES_KEPT:]:
            self.drop(old)

    def drop_forgotten(self) -> None:
        """Drop what killed test runs left behind."""
        for name in self.databases(COPY):
            pid = name.rsplit("_", 2)[-2]
            if pid.isdigit() and processes.is_zombie(int(pid)):
                self.drop(name)
