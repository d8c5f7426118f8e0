"""The database refuses changes of rows that are only added, whoever tries: also raw SQL of the application's role."""

import pytest
from django.db import IntegrityError, connection, transaction

from foundation.core.actors import SYSTEM
from foundation.core.clock import at, database_now
from settlement import services
from settlement.models import Reminder
from tests.factories.money import held_deposit
from tests.factories.settlement import open_obligation, paid_obligation

pytestmark = pytest.mark.django_db
TABLES = ("allocation", "release", "reminder", "latecharge", "journalentry", "posting")


@pytest.fixture
def rows(db):
    """A row in each table that can be filled."""
    due = open_obligation()
    Reminder.objects.create(obligation=due, step=0, sent_at=database_now())
    paid = paid_obligation()
    with at(paid.release_at):
        services.release(obligation=paid, actor=SYSTEM)


def refused(sql):
    with (
        pytest.raises(Exception, match=r"append only|permission denied") as refusal,
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(sql)
    return refusal


@pytest.mark.parametrize("table", [name for name in TABLES if name != "latecharge"])
@pytest.mark.parametrize("sql", ["UPDATE {} SET id = id", "DELETE FROM {}"])
def test_rows_are_not_changed(rows, table, sql):
    refused(sql.format(f"settlement_{table}"))


@pytest.mark.parametrize("table", TABLES)
def test_tables_are_not_emptied(rows, table):
    refused(f"TRUNCATE settlement_{table} CASCADE")


@pytest.mark.parametrize(
    ("change", "refusal"),
    [
        ("state = 'captured'", "ended_hold_is_empty"),
        ("used_fen = amount_fen + 1", "hold_is_not_exceeded"),
        ("state = 'captured', used_fen = amount_fen", "without a record"),
    ],
)
def test_a_hold_never_says_more_than_it_holds(db, change, refusal):
    hold = held_deposit()
    with pytest.raises(IntegrityError, match=refusal), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"UPDATE settlement_hold SET {change} WHERE id = %s; SET CONSTRAINTS ALL IMMEDIATE", [hold.pk])
