"""The embedded servers: shared, private, and back after a crash without anybody's help."""

import json
import os
import signal
import stat
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg2
import pytest
import redis
from django.conf import settings

from local import places, processes

USE = """
import sys, time
from pathlib import Path
from local import servers
found = servers.addresses(Path(sys.argv[1]))
print(found.owner, found.redis, flush=True)
sys.stdin.read()
"""


class User:
    """A process that uses the servers until it is told to leave."""

    def __init__(self, data: Path) -> None:
        environment = {
            k: v for k, v in os.environ.items() if k not in {"DATABASE_URL", "DATABASE_OWNER_URL", "REDIS_URL"}
        }
        self.process = subprocess.Popen(
            [sys.executable, "-c", USE, str(data)],
            cwd=settings.BASE_DIR,
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self.database, self.redis = self.process.stdout.readline().split()

    def leave(self) -> None:
        """End as a program ends."""
        self.process.stdin.close()
        assert self.process.wait(30) == 0

    def vanish(self) -> None:
        """End as kill -9 ends a program."""
        self.process.kill()
        self.process.wait(30)

    def ask(self, command: str) -> list[tuple]:
        """One statement, committed."""
        connection = psycopg2.connect(self.database)
        try:
            with connection, connection.cursor() as cursor:
                cursor.execute(command)
                return cursor.fetchall() if cursor.description else []
        finally:
            connection.close()


@pytest.fixture
def data() -> Iterator[Path]:
    """A data folder of this test's own, which the servers' user may enter."""
    with tempfile.TemporaryDirectory(prefix="kaixu-", dir="/var/tmp") as folder:
        Path(folder).chmod(0o755)
        yield Path(folder)


def cluster(data: Path) -> Path:
    """PostgreSQL's folder."""
    return places.server_folder(data, places.account()) / "postgres"


def leader(data: Path) -> int:
    """PostgreSQL's first process."""
    return int((cluster(data) / "postmaster.pid").read_text().split()[0])


def wait_until_gone(data: Path) -> None:
    """Until no process of the server is left."""
    deadline = time.monotonic() + 20
    while processes.working_in(cluster(data)):
        assert time.monotonic() < deadline, "PostgreSQL did not end"
        time.sleep(0.02)


def test_the_last_user_stops_the_servers_and_the_data_stay(data: Path) -> None:
    first, second = User(data), User(data)
    assert (first.database, first.redis) == (second.database, second.redis)
    first.ask("CREATE TABLE kept (word text)")
    redis.Redis.from_url(first.redis).set("kept", "word")
    first.leave()
    second.ask("INSERT INTO kept VALUES ('still here')")
    second.leave()
    wait_until_gone(data)
    third = User(data)
    assert third.ask("SELECT word FROM kept") == [("still here",)]
    assert redis.Redis.from_url(third.redis).get("kept") == b"word"
    third.leave()
    wait_until_gone(data)


def test_a_server_whose_users_were_killed_is_adopted(data: Path) -> None:
    lost = User(data)
    before = leader(data)
    lost.vanish()
    assert before in processes.working_in(cluster(data))
    heir = User(data)
    assert leader(data) == before
    heir.leave()
    wait_until_gone(data)


def test_acknowledged_rows_survive_a_killed_server(data: Path) -> None:
    user = User(data)
    user.ask("CREATE TABLE acknowledged (n int)")
    idle = psycopg2.connect(user.database)  # a backend that is still there when its leader is gone
    for n in range(20):
        user.ask(f"INSERT INTO acknowledged VALUES ({n})")
    os.kill(leader(data), signal.SIGKILL)
    user.vanish()
    after = User(data)
    assert after.ask("SELECT count(*) FROM acknowledged") == [(20,)]
    idle.close()
    after.leave()
    wait_until_gone(data)


def test_a_pid_file_that_names_a_stranger_is_no_obstacle(data: Path) -> None:
    user = User(data)
    os.kill(leader(data), signal.SIGKILL)
    user.vanish()
    wait_until_gone(data)
    pid_file = cluster(data) / "postmaster.pid"
    lines = pid_file.read_text().splitlines()
    pid_file.write_text("\n".join([str(os.getppid()), *lines[1:]]))
    after = User(data)
    assert after.ask("SELECT 1") == [(1,)]
    after.leave()
    wait_until_gone(data)


def test_passwords_are_random_and_private(data: Path) -> None:
    user = User(data)
    folder = places.server_folder(data, places.account())
    for name in ("postgres.json", "valkey.json"):
        assert stat.S_IMODE((folder / name).stat().st_mode) == 0o600
    secrets = json.loads((folder / "postgres.json").read_text())
    assert len({value for key, value in secrets.items() if key != "port"}) == 3
    with pytest.raises(psycopg2.OperationalError):
        psycopg2.connect(user.database.replace(secrets["kaixu_owner"], "guess"))
    with pytest.raises(redis.AuthenticationError):
        redis.Redis(port=json.loads((folder / "valkey.json").read_text())["port"]).ping()
    user.leave()
    wait_until_gone(data)


def test_the_servers_listen_on_loopback_only(data: Path) -> None:
    user = User(data)
    assert user.ask("SHOW listen_addresses") == [("127.0.0.1",)]
    client = redis.Redis.from_url(user.redis)
    assert client.config_get("bind", "maxmemory-policy", "appendonly") == {
        "bind": "127.0.0.1",
        "maxmemory-policy": "noeviction",
        "appendonly": "yes",
    }
    user.leave()
    wait_until_gone(data)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root drops to another user")
def test_a_folder_that_the_servers_user_cannot_enter_is_left_for_an_open_place() -> None:
    closed = Path(tempfile.mkdtemp(prefix="kaixu-closed-", dir="/var/tmp"))
    try:
        found = places.server_folder(closed / "data", places.account())
        assert found.is_relative_to(places.OPEN_PLACE)
        assert (closed / "data" / "servers-are-in").read_text().strip() == str(found)
        found.rmdir()
    finally:
        subprocess.run(["rm", "-rf", str(closed)], check=True)
