"""The database refuses changes of rows that are only added, whoever tries: also raw SQL of the application's role."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from foundation.core.actors import SYSTEM
from foundation.core.clock import at, database_now, local_date
from foundation.core.money import Money
from settlement import services
from settlement.gateways.bank_transfer import reference_of
from settlement.models import Reminder
from settlement.services import closing, income_policies, proving, sweeping
from settlement.services.income_policies import Named
from tests.factories.accounts import finance
from tests.factories.money import held_deposit, transfer
from tests.factories.settlement import open_obligation
from tests.settlement.random_books.world import Cast, owners_agree
from tests.settlement.test_invoices import issued

pytestmark = pytest.mark.django_db
TABLES = (
    "allocation", "bankstatement", "feerule", "income", "incomepolicy", "inventoragreement", "inventorshare",
    "invoiceline", "journalentry", "latecharge", "lineentry", "nightlyproof", "ownershare", "patentcost", "posting",
    "release", "reminder", "senderaccount", "signedday", "sweep", "taxrule", "transferreference",
)  # fmt: skip
KEPT = ("freeze", "bankline", "distributionline")  # few columns may be written later, no row is taken away
IGNORE = "SET LOCAL pgtrigger.ignore = 'settlement_posting:kaixu_append_only_rows,kaixu_append_only_table'"
ENTRY = (
    "INSERT INTO settlement_journalentry (kind, key, ref_kind, ref_id, ref_number, posted_at, value_date, reason, "
    "actor_role, xact) VALUES ('correction', 'raw', '', 0, '', now(), now(), '', '', 0) RETURNING id"
)
LINE = (
    "INSERT INTO settlement_posting (entry_id, account_id, debit_fen, credit_fen, currency, ref_kind, ref_id, "
    "ref_number) VALUES ({entry}, '1002', {debit}, {credit}, 'CNY', '', NULL, '')"
)


@pytest.fixture
def rows(db, monkeypatch):
    """A row in each of the tables, made by the services."""
    cast = Cast()
    owners_agree(monkeypatch, cast)
    late = open_obligation(purpose="license.instalment", due_in=timedelta(days=1))
    reference_of(late)
    Reminder.objects.create(obligation=late, step=0, sent_at=database_now())
    with at(late.due_at + timedelta(days=40)):
        services.charge_until(obligation=late, until=local_date(late.due_at) + timedelta(days=30))
    manager = cast.payee_of[cast.payees[0].pk]
    about = {"patent": cast.patent, "institution": cast.payees[0], "actor": manager}
    income_policies.note_cost(kind="agency", amount=Money(100), paid_on=date(2024, 5, 1), **about)
    income_policies.agree_shares(agreed_on=date(2024, 5, 1), inventors=[Named("李雷")], **about)
    fee = open_obligation(debtor=cast.payers[0], creditor=cast.payees[0])
    services.allocate(payment=transfer(), obligation=fee, amount=fee.amount, actor=SYSTEM, key="k")
    fee.refresh_from_db()
    with at(fee.release_at):
        services.release(obligation=fee, actor=SYSTEM)
        sweeping.sweep(actor=finance(), key="k")
    issued(fee)
    closing.sign_days(account=cast.supervised, until=cast.month_end, actor=cast.signer)
    proving.prove_night(day=local_date(database_now()) - timedelta(days=1))


def refused(*statements):
    with (
        pytest.raises(Exception, match=r"append only|permission denied|refused|not changed"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        for sql in statements:
            cursor.execute(sql)


def is_filled(table):
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT EXISTS (SELECT 1 FROM settlement_{table})")
        return cursor.fetchone()[0]


def test_these_are_all_tables_of_money_that_are_only_added_to():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT c.relname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid "
            "WHERE t.tgname = 'kaixu_append_only_rows' AND c.relname LIKE 'settlement%'"
        )
        assert {name for (name,) in cursor.fetchall()} == {f"settlement_{table}" for table in TABLES}


def test_no_row_is_changed_or_taken_away(rows):
    assert [table for table in TABLES if not is_filled(table)] == []
    for table in TABLES:
        for sql in (f"UPDATE settlement_{table} SET id = id", f"DELETE FROM settlement_{table}"):
            refused(sql)
            refused(IGNORE, sql)


@pytest.mark.parametrize("table", TABLES + KEPT)
def test_tables_are_not_emptied(db, table):
    refused(f"TRUNCATE settlement_{table} CASCADE")
    refused(IGNORE, f"TRUNCATE settlement_{table} CASCADE")


@pytest.mark.parametrize(
    "sql",
    [
        "ALTER TABLE settlement_posting DISABLE TRIGGER ALL",
        "SET session_replication_role = replica",
        "DROP TRIGGER kaixu_append_only_rows ON settlement_posting",
    ],
)
def test_the_application_cannot_switch_the_guards_off(db, sql):
    with pytest.raises(Exception, match=r"must be owner|permission denied"), transaction.atomic():
        connection.cursor().execute(sql)


@pytest.mark.parametrize("lines", [[(5, 0), (0, 4)], [(5, 0)], []], ids=["uneven", "one line", "no line"])
@pytest.mark.parametrize("before", ["SELECT 1", IGNORE], ids=["plainly", "told to ignore"])
def test_an_entry_that_does_not_balance_is_not_committed(db, lines, before):
    with (
        pytest.raises(IntegrityError, match=r"fewer than two|differ"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(before)
        cursor.execute(ENTRY)
        entry = cursor.fetchone()[0]
        for debit, credit in lines:
            cursor.execute(LINE.format(entry=entry, debit=debit, credit=credit))
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


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
