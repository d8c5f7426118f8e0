from contextlib import closing

import psycopg2
import pytest

from foundation.audit import subscriptions
from tests.factories import lamps


@pytest.fixture
def lamp(db, owner_url):
    lamps.make_table(owner_url)
    return lamps.Lamp.objects.create(number="L-1")


@pytest.fixture
def committed_lamp(transactional_db, owner_url):
    """For tests that commit."""
    lamps.make_table(owner_url)
    return lamps.Lamp.objects.create(number="L-1")


@pytest.fixture
def listener():
    """Subscribes functions for the time of a test."""
    names = []

    def listen(name, func, pattern="trials.*"):
        subscriptions.subscribe(pattern, name, func)
        names.append(name)

    yield listen
    for name in names:
        subscriptions.unsubscribe(name)


@pytest.fixture
def past_the_triggers(owner_url):
    """Runs statements as the owner of a table with its triggers off, and commits: what nobody else can do."""

    def run(table, *statements):
        with closing(psycopg2.connect(owner_url)) as connection, connection, connection.cursor() as cursor:
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
            for statement in statements:
                cursor.execute(statement)
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")

    return run
