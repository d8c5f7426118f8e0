"""Runs everything on a developer's machine: servers, web, worker, beat, and the demo province."""

import argparse
import fcntl
import hashlib
import os
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path
from typing import IO

import psycopg2

from local import data, demo_logins, ports, servers, supervisor, test_database

REPOSITORY = Path(__file__).resolve().parents[1]
DATA = Path(os.environ.get("KAIXU_DATA_DIR") or REPOSITORY / ".local").resolve()
PATIENCE = 60  # seconds until the first page must be there
WATCH = 5.0  # seconds between two looks at the embedded servers
LOAD_DEMO = REPOSITORY / "local" / "demo" / "management" / "commands" / "load_demo.py"


def arguments() -> argparse.Namespace:
    """`--port N`, `--fresh`, `--no-demo`."""
    parser = argparse.ArgumentParser(prog="bin/dev", description="Sets up what is missing and runs everything.")
    parser.add_argument("--port", type=int, default=8000, help="where the site answers (8000)")
    parser.add_argument("--fresh", action="store_true", help="drop the local data first")
    parser.add_argument("--no-demo", action="store_true", help="leave the province empty")
    return parser.parse_args()


def only_one() -> IO[str]:
    """The lock that keeps a second bin/dev off the same data."""
    DATA.mkdir(parents=True, exist_ok=True)
    lock = (DATA / "dev.lock").open("a")
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        sys.exit("bin/dev runs already on this data; stop it, or name another folder in KAIXU_DATA_DIR.")
    return lock


def manage(environment: dict[str, str], *words: str) -> None:
    """Run one of Django's commands; leave where it fails."""
    command = [sys.executable, "manage.py", *words]
    if subprocess.run(command, cwd=REPOSITORY, env=environment, check=False).returncode:
        sys.exit(f"This failed: manage.py {' '.join(words)}")


def database_identity(url: str) -> str:
    """Names this very database: another one, or the same made anew, has another identity."""
    with psycopg2.connect(url) as connection, connection.cursor() as cursor:
        cursor.execute("SELECT oid::text FROM pg_database WHERE datname = current_database()")
        oid = cursor.fetchone()[0]
    connection.close()
    return hashlib.sha256(f"{url.rpartition('@')[2]} {oid}".encode()).hexdigest()[:16]


def once(stamp: str, wanted: str, environment: dict[str, str], *words: str) -> None:
    """Run the command unless it was done for `wanted` already."""
    path = DATA / stamp
    if path.exists() and path.read_text() == wanted:
        return
    print(f"- {' '.join(words)}", flush=True)
    manage(environment, *words)
    path.write_text(wanted)


def programs(environment: dict[str, str], port: int) -> list[supervisor.Child]:
    """Web, worker and beat."""
    celery = [sys.executable, "-W", "ignore:You're running the worker", "-m", "celery", "--quiet", "-A", "marketplace"]
    quiet = ["--loglevel", "warning"]
    return [
        supervisor.Child(
            "web",
            [
                sys.executable,
                "-m",
                "uvicorn",
                "marketplace.asgi:application",
                "--host",
                ports.HOST,
                "--port",
                str(port),
                "--timeout-graceful-shutdown",
                "3",
                "--no-access-log",
                "--log-level",
                "warning",
                "--lifespan",
                "off",
            ],
            environment,
        ),
        supervisor.Child(
            "worker",
            [
                *celery,
                "worker",
                "--concurrency",
                "2",
                "--without-gossip",
                "--without-mingle",
                *quiet,
            ],
            environment | {"KAIXU_IDLE_IN_TRANSACTION_MS": "60000"},
        ),
        supervisor.Child("beat", [*celery, "beat", "--pidfile", "", *quiet], environment),
    ]


def wait_until_ready(watched: supervisor.Supervisor, port: int) -> None:
    """Return when the site answers; leave where it does not."""
    deadline = time.monotonic() + PATIENCE
    request = urllib.request.Request(f"http://{ports.HOST}:{port}/healthz", headers={"Accept": "application/json"})
    while not watched.stopping and time.monotonic() < deadline:
        try:
            urllib.request.urlopen(request, timeout=20).close()  # noqa: S310
            return
        except urllib.error.HTTPError as answer:
            if answer.code == 503:  # the worker's first sign of life is still to come
                return
            raise SystemExit(f"/healthz answers {answer.code}.") from answer
        except OSError:
            watched.children[0].restart_if_dead()
            time.sleep(0.1)
    if not watched.stopping:
        raise SystemExit("The site does not answer.")


def prepared(fresh: bool, demo: bool) -> dict[str, str]:
    """The children's environment, with the servers up, the database migrated and the small demo in it."""
    if fresh:
        data.drop(DATA)
    found = servers.addresses(DATA)
    settings = {"DJANGO_SETTINGS_MODULE": "marketplace.settings.local", "KAIXU_DATA_DIR": str(DATA)}
    environment = os.environ | found.environment() | settings
    identity = database_identity(found.owner)
    once(
        "migrated",
        f"{identity} {test_database.fingerprint()}",
        environment,
        "migrate",
        "--verbosity",
        "0",
        "--skip-checks",
    )
    if demo:
        once("demo-small", identity, environment, "load_demo", "--small")
    return environment


def main() -> None:
    """Everything, until a signal comes."""
    wanted = arguments()
    demo = LOAD_DEMO.exists() and not wanted.no_demo
    lock = only_one()
    if ports.free(wanted.port) != wanted.port:
        sys.exit(f"Port {wanted.port} is in use; choose another with --port.")
    os.environ["KAIXU_PUBLIC_URL"] = address = f"http://{ports.HOST}:{wanted.port}"
    environment = prepared(wanted.fresh, demo)
    supervisor.raise_file_limit()
    watched = supervisor.Supervisor()
    watched.listen()
    try:
        web, worker, beat = programs(environment, wanted.port)
        watched.add(web)
        watched.add(worker)
        wait_until_ready(watched, wanted.port)
        watched.add(beat)  # two programs starting at once are enough for two cores
        if demo and not watched.stopping:
            rest = [sys.executable, "manage.py", "load_demo", "--rest"]
            watched.add(supervisor.Child("the rest of the demo", rest, environment, once=True))
        if not watched.stopping:
            print(f"ready {address}", flush=True)
            print(demo_logins.table() if demo else "no demo province here", flush=True)
        looked = [time.monotonic()]

        def look() -> None:
            if time.monotonic() - looked[0] > WATCH:
                servers.revive()
                looked[0] = time.monotonic()

        watched.run(look)
    finally:
        watched.stop()
        servers.give_back()
        lock.close()
        print("stopped; the data are kept", flush=True)


if __name__ == "__main__":
    main()
