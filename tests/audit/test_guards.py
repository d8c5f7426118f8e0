"""The database refuses what must never be, whoever asks: these statements run as the application's role."""

from contextlib import closing

import psycopg2
import pytest
from django.db import DatabaseError, connection, transaction

from foundation import audit
from foundation.audit.models import EventPosition, Seal
from tests.factories.lamps import KEEPER, Lamp

IGNORE = "SET LOCAL pgtrigger.ignore = 'audit_event:append_only,trials_lamp:kaixu_state,kaixu_state'"
HISTORY = [
    "UPDATE audit_event SET data = '{}'",
    "UPDATE audit_event SET hash = hash",
    "DELETE FROM audit_event",
    "TRUNCATE audit_event CASCADE",
    "UPDATE audit_seal SET hash = 'x'",
    "DELETE FROM audit_seal",
    "TRUNCATE audit_seal",
    "DELETE FROM audit_eventposition",
    "UPDATE audit_eventposition SET position = position + 1",
    "TRUNCATE audit_eventposition",
]
STATES = [
    "INSERT INTO trials_lamp (state, state_since, created_at, updated_at, number, watts) "
    "VALUES ('on', now(), now(), now(), '', 1)",
    "UPDATE trials_lamp SET state = 'lost'",
    "UPDATE trials_lamp SET state = 'on'",  # lawful, but nobody recorded it
    "UPDATE trials_lamp SET state = 'on'; UPDATE trials_lamp SET state = 'off'",
]


def refused(*statements):
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


@pytest.fixture
def history(lamp):
    audit.record("trials.lamp.bought", subject=lamp, actor=KEEPER)
    EventPosition.objects.update(position=1)
    Seal.objects.create(date="2026-01-01", head=1, hash="x")


@pytest.mark.parametrize("switch_off", [False, True], ids=["plainly", "with pgtrigger told to ignore"])
@pytest.mark.parametrize("statement", HISTORY)
def test_history_is_never_changed(history, statement, switch_off):
    refused(*([IGNORE] if switch_off else []), statement)


@pytest.mark.parametrize("switch_off", [False, True], ids=["plainly", "with pgtrigger told to ignore"])
@pytest.mark.parametrize("statement", STATES)
def test_a_state_changes_by_its_table_and_never_unrecorded(lamp, statement, switch_off):
    refused(*([IGNORE] if switch_off else []), statement)
    assert Lamp.objects.get().state == "off"


@pytest.mark.parametrize("table", ["audit_event CASCADE", "audit_eventposition", "audit_seal"])
def test_the_owner_cannot_empty_history_either(transactional_db, owner_url, table):
    with (
        closing(psycopg2.connect(owner_url)) as owner,
        owner.cursor() as cursor,
        pytest.raises(psycopg2.Error, match="append only"),
    ):
        cursor.execute(f"TRUNCATE {table}")


def test_the_application_cannot_take_a_guard_away(lamp):
    refused("ALTER TABLE trials_lamp DISABLE TRIGGER ALL")
    refused("DROP TRIGGER kaixu_append_only_rows ON audit_event")
    refused("SET session_replication_role = 'replica'")


def test_a_transaction_cannot_be_claimed_by_an_event(lamp):
    event = audit.record("trials.lamp.bought", subject=lamp, actor=KEEPER)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_current_xact_id()::text::bigint")
        assert type(event).objects.get().xact == cursor.fetchone()[0]


@pytest.mark.django_db(transaction=True)
def test_an_unrecorded_change_is_refused_at_commit(committed_lamp):
    with pytest.raises(DatabaseError, match="without a record"), transaction.atomic():
        Lamp.objects.filter(pk=committed_lamp.pk).update(state="on")
    audit.advance(committed_lamp, "switch_on", actor=KEEPER)
    with (
        pytest.raises(DatabaseError, match="without a record"),
        transaction.atomic(),
    ):  # the event of another transaction
        Lamp.objects.filter(pk=committed_lamp.pk).update(state="off")
    assert Lamp.objects.get().state == "on"
