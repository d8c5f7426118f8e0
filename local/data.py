"""The local data, and dropping them."""

import os
import shutil
import sys
from pathlib import Path

import psycopg2
import redis
from psycopg2 import sql

from local import postgres, roles, servers

FOLDERS = ("media", "mail")
STAMPS = ("migrated", "demo-small", "beat-schedule", "demo-shares.txt")


def drop(data: Path) -> None:
    """Empty the embedded database and queue and remove stored files. Servers named by an address are not touched."""
    if os.environ.get("DATABASE_URL") or os.environ.get("REDIS_URL"):
        sys.exit("--fresh drops the embedded servers' data only; with DATABASE_URL or REDIS_URL set, empty them there.")
    found = servers.addresses(data)
    connection = psycopg2.connect(roles.with_database(found.owner, "postgres"))
    connection.autocommit = True
    with connection.cursor() as cursor:
        name = sql.Identifier(postgres.DATABASE)
        cursor.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(name))
    connection.close()
    servers.make_database(data)
    client = redis.Redis.from_url(found.redis)
    for key in client.scan_iter("kaixu:*", count=1000):
        client.delete(key)
    for folder in FOLDERS:
        shutil.rmtree(data / folder, ignore_errors=True)
    for stamp in STAMPS:
        (data / stamp).unlink(missing_ok=True)
