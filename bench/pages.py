"""P8: anonymous pages a second: the catalogue and the page of a declaration, 8 clients, 2 gunicorn workers.

The limit is the smallest page the same servers can answer (/healthz excluded: it asks the servers): a redirect that
touches no table. What a peer reaches on such a machine is in the goal: django-oscar 4.2 with 10,000 products, straight
from its database, 52 lists and 139 details a second.
"""

import http.client
import os
import signal
import subprocess
import sys
import threading
import time
from contextlib import closing, contextmanager
from pathlib import Path

import psycopg2

from bench import report

ID = "P8"
REPOSITORY = Path(__file__).resolve().parents[1]
CLIENTS, WORKERS, ROUNDS, SECONDS, SEEDS = 8, 2, 5, 3.0, 20
DEFAULT_ROWS = 10_000
GOALS = {"list": (260.0, 8), "detail": (556.0, 10)}  # pages a second (5 and 4 times the peer), queries
TITLES = ("石墨烯散热膜的制备方法", "锂离子电池正极材料", "果园喷雾机器人", "电池极耳焊接夹具", "可降解复合膜")
CLASSES = ("C01B", "H01M", "A01M", "B23K", "C08L")

# Every row of a table again, with other keys: {shift} is added to the ids named.
MULTIPLY = """
CREATE TEMP TABLE again ON COMMIT DROP AS SELECT * FROM {table} WHERE id <= {last};
UPDATE again SET {changes};
INSERT INTO {table} SELECT * FROM again;
DROP TABLE again;
"""


def seed() -> list[int]:
    """Some declarations, published through the services."""
    from tests.factories import accounts, licenses  # noqa: PLC0415, needs Django
    from tests.factories.patents import make_patent  # noqa: PLC0415

    actor, officer = accounts.patentee(), accounts.officer()
    made = []
    for n in range(SEEDS):
        patent = make_patent(
            actor.organization,
            title_zh_hans=f"{TITLES[n % 5]}{n}",
            main_ipc_subclass=CLASSES[n % 5],
            ipc=[f"{CLASSES[n % 5]} 1/00"],
        )
        method = ("lump_sum", "entry_plus_royalty", "free")[n % 3]
        made.append(licenses.published_declaration(patent=patent, actor=actor, officer=officer, method=method).pk)
    return made


def multiply(owner_url: str, rows: int) -> None:
    """Copy the seeds with the triggers off until there are enough rows; nothing of it is history."""
    tables = ("patents_patent", "patents_ownership", "licenses_declaration", "licenses_termsversion")
    with closing(psycopg2.connect(owner_url)) as connection, connection, connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
        for table in tables:
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        last = {}
        for table in tables:
            cursor.execute(f"SELECT max(id) FROM {table}")  # noqa: S608, names from the tuple above
            last[table] = cursor.fetchone()[0]
        for turn in range(1, rows // SEEDS):
            shift = turn * 1_000
            for table, changes in (
                ("patents_patent", f"id = id + {shift}, number = lpad(({shift} + id)::text, 12, '0') || '.X'"),
                ("patents_ownership", f"id = id + {shift}, patent_id = patent_id + {shift}"),
                (
                    "licenses_declaration",
                    f"id = id + {shift}, patent_id = patent_id + {shift}, number = 'B-' || ({shift} + id), "
                    f"current_terms_id = current_terms_id + {shift}",
                ),
                ("licenses_termsversion", f"id = id + {shift}, declaration_id = declaration_id + {shift}"),
            ):
                cursor.execute(MULTIPLY.format(table=table, last=last[table], changes=changes))
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for table in tables:
            cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")
    with closing(psycopg2.connect(owner_url)) as connection:
        connection.autocommit = True
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")


@contextmanager
def served(database: str, port: int):
    """Gunicorn as in production, over the database."""
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "marketplace.settings.test",
        "KAIXU_TEST_DATABASE": database,
        "CONN_MAX_AGE": "60",
    }
    command = [sys.executable, "-m", "gunicorn", "marketplace.wsgi", "-w", str(WORKERS), "-b", f"127.0.0.1:{port}"]
    process = subprocess.Popen([*command, "--log-level", "error"], cwd=REPOSITORY, env=environment)
    try:
        for _wait in range(300):
            try:
                if fetch(port, "/licenses/") == http.client.OK:
                    break
            except OSError:
                time.sleep(0.1)
        yield
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(20)


def fetch(port: int, path: str) -> int:
    """One page; its status."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    with closing(connection):
        connection.request("GET", path, headers={"Host": "localhost"})
        answer = connection.getresponse()
        answer.read()
        return answer.status


def rate(port: int, path: str, expected: int) -> tuple[float, list[float]]:
    """(pages a second, milliseconds of each page) of all clients together. Another status fails the run."""
    times: list[float] = []
    wrong: list[int] = []
    until = time.monotonic() + SECONDS

    def client():
        while time.monotonic() < until:
            begun = time.perf_counter()
            status = fetch(port, path)
            times.append((time.perf_counter() - begun) * 1_000)
            if status != expected:
                wrong.append(status)

    begun = time.monotonic()
    threads = [threading.Thread(target=client) for _ in range(CLIENTS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if wrong:
        raise RuntimeError(f"{path}: {len(wrong)} answers were not {expected}, the first {wrong[0]}")
    return len(times) / (time.monotonic() - begun), times


def queries(paths: dict[str, str]) -> dict[str, int]:
    """How many queries each page runs, asked in process."""
    from django.db import connection  # noqa: PLC0415, needs Django
    from django.test import Client  # noqa: PLC0415
    from django.test.utils import CaptureQueriesContext  # noqa: PLC0415

    found = {}
    for name, path in paths.items():
        Client().get(path)
        with CaptureQueriesContext(connection) as seen:
            Client().get(path)
        found[name] = len(seen)
    return found


def measure(rows: int | None) -> list[report.Figure]:
    """List and detail over `rows` open declarations."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "marketplace.settings.test"
    import django  # noqa: PLC0415, after the settings are named

    django.setup()
    from django.conf import settings  # noqa: PLC0415

    from licenses.models import Declaration  # noqa: PLC0415
    from local import ports, test_database  # noqa: PLC0415

    rows = rows or DEFAULT_ROWS
    servers, name = settings.SERVERS, settings.KAIXU_TEST_DATABASE
    copies = test_database.Copies(settings.DATA_DIR, servers.owner, servers.app)
    copies.renew(name)
    try:
        first = Declaration.objects.get(pk=seed()[0])
        multiply(test_database.roles.with_database(servers.owner, name), rows)
        paths = {"list": "/licenses/", "detail": f"/licenses/{first.number}/"}
        asked, port = queries(paths), ports.free()
        with served(name, port):
            return [figure(kind, path, port, asked[kind], rows) for kind, path in paths.items()]
    finally:
        django.db.connections.close_all()
        copies.drop(name)


def figure(kind: str, path: str, port: int, asked: int, rows: int) -> report.Figure:
    """Our page and the smallest one in turn; medians of the rounds."""
    ours, least, times = [], [], []
    for _round in range(ROUNDS):
        pages, spent = rate(port, path, http.client.OK)
        ours.append(pages)
        times += spent
        least.append(rate(port, "/licenses", http.client.MOVED_PERMANENTLY)[0])
    goal, most = GOALS[kind]
    middle, limit = report.median(ours), report.median(least)
    return report.Figure(
        ID,
        f"{kind} of {rows} open declarations, {asked} queries",
        round(middle, 1),
        "pages/s",
        f">= {goal:.0f}/s in <= {most} queries",
        middle >= goal and asked <= most,
        ROUNDS,
        limit=round(limit, 1),
        ratio=round(middle / limit, 3),
        p50_ms=round(report.median(times), 1),
        p95_ms=round(report.percentile(times, 0.95), 1),
    )
