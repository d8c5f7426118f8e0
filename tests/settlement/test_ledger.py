"""The ledger refuses what must never be: by the service, and by the database whoever tries."""

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from foundation.core.actors import SYSTEM
from foundation.core.money import Money
from foundation.core.refs import Ref
from settlement import chart, ledger, queries
from settlement.models import JournalEntry, LedgerAccount, Posting
from tests.factories.accounts import UniversityFactory

pytestmark = pytest.mark.django_db
ABOUT = Ref("licenses.license", 1, "LIC-1")


def receive(key="fact:1", fen=100_00, party=None, **fields):
    lines = [ledger.debit("1001", Money(fen)), ledger.credit("2002", Money(fen), party=party, ref=ABOUT)]
    return ledger.post(kind="license_fee_received", key=key, lines=lines, ref=ABOUT, actor=SYSTEM, **fields)


def release(key="fact:2", fen=100_00, party=None):
    lines = [ledger.debit("2002", Money(fen), party=party, ref=ABOUT), ledger.credit("2011", Money(fen), party=party)]
    return ledger.post(kind="license_fee_released", key=key, lines=lines, ref=ABOUT, actor=SYSTEM)


def check_now():
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def test_the_accounts_of_the_database_are_those_of_the_chart():
    stored = {row.code: (row.type, row.is_client_money) for row in LedgerAccount.objects.all()}
    assert stored == {code: (str(one.type), one.client) for code, one in chart.ACCOUNTS.items()}


def test_every_movement_names_accounts_of_the_chart_and_a_sentence():
    for movement in chart.MOVEMENTS.values():
        assert set(movement.debits) | set(movement.credits) <= set(chart.ACCOUNTS)
        assert movement.sentence
    for purpose in chart.PURPOSES.values():
        assert chart.MOVEMENTS[purpose.received].credits == (purpose.held_in,)
        assert purpose.held_in in chart.MOVEMENTS[purpose.released].debits
        assert purpose.held_in in chart.MOVEMENTS[purpose.refunded].debits


def test_an_entry_is_stored_with_its_lines_and_its_transaction():
    university = UniversityFactory()
    entry = receive(party=university)
    check_now()
    stored = JournalEntry.objects.get(pk=entry.pk)
    assert (entry.posted_at, entry.value_date, entry.xact) == (stored.posted_at, stored.value_date, stored.xact)
    assert stored.xact > 0
    lines = [(p.account_id, p.debit_fen, p.credit_fen, p.party_id, p.ref_number) for p in stored.postings.all()]
    assert lines == [("1001", 100_00, 0, None, ""), ("2002", 0, 100_00, university.pk, "LIC-1")]
    assert queries.balance("2002", party=university, ref=ABOUT) == Money(100_00)


def test_the_same_key_books_once_and_returns_the_first_entry():
    assert receive().pk == receive().pk
    assert JournalEntry.objects.count() == 1


def test_the_same_key_with_another_amount_is_refused():
    receive()
    with pytest.raises(ledger.EntryDiffers):
        receive(fen=200_00)


def test_a_repeat_of_a_debit_is_no_second_debit_even_when_nothing_is_left():
    receive()
    first = release()
    assert release().pk == first.pk
    assert queries.balance("2002") == Money(0)


def test_client_money_never_goes_below_zero():
    receive()
    with pytest.raises(ledger.BalanceTooLow) as refusal:
        release(fen=100_01)
    assert refusal.value.extra == {"available": Money(100_00)}


def test_money_of_one_party_is_not_taken_for_another():
    receive(party=UniversityFactory())
    with pytest.raises(ledger.BalanceTooLow):
        release(party=UniversityFactory())


@pytest.mark.parametrize(
    ("kind", "lines"),
    [
        ("nothing", [("1001", 1, 0), ("2002", 0, 1)]),
        ("license_fee_received", [("1001", 1, 0)]),
        ("license_fee_received", [("1001", 2, 0), ("2002", 0, 1)]),
        ("license_fee_received", [("1002", 1, 0), ("2002", 0, 1)]),
        ("license_fee_received", [("1001", 0, 0), ("2002", 0, 0)]),
        ("license_fee_received", [("1001", -1, 0), ("2002", 0, -1)]),
        ("license_fee_received", [("2002", 1, 0), ("1001", 0, 1)]),
    ],
)
def test_an_entry_the_chart_or_arithmetic_forbids_is_refused(kind, lines):
    made = [ledger.Line(code, debit, credit, "CNY", None, ledger.NO_REF) for code, debit, credit in lines]
    with pytest.raises(ledger.EntryInvalid):
        ledger.post(kind=kind, key="bad", lines=made, ref=ABOUT, actor=SYSTEM)


def test_a_reversal_is_the_mirror_image_and_happens_once():
    entry = receive()
    back = ledger.reverse(entry, key="undo:1", actor=SYSTEM, reason="booked in error")
    assert back.reverses_id == entry.pk
    assert queries.balance("2002") == queries.balance("1001") == Money(0)
    assert ledger.reverse(entry, key="undo:1", actor=SYSTEM, reason="again").pk == back.pk
    with pytest.raises(ledger.EntryDiffers):
        ledger.reverse(entry, key="undo:2", actor=SYSTEM, reason="again")


def raw_entry(key="raw"):
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO settlement_journalentry (kind, key, ref_kind, ref_id, ref_number, posted_at, value_date, "
            "reason, actor_role, xact) VALUES ('correction', %s, '', 0, '', now(), now(), '', '', 0) RETURNING id",
            [key],
        )
        return cursor.fetchone()[0]


def raw_line(entry, account, debit=0, credit=0, currency="CNY"):
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO settlement_posting (entry_id, account_id, debit_fen, credit_fen, currency, ref_kind, "
            "ref_number) VALUES (%s, %s, %s, %s, %s, '', '')",
            [entry, account, debit, credit, currency],
        )


@pytest.mark.parametrize(
    "lines",
    [
        [],
        [("1001", 5, 0)],
        [("1001", 5, 0), ("2002", 0, 4)],
        [("1001", 5, 0, "CNY"), ("2002", 0, 5, "USD")],
        [("1001", 5, 0, "CNY"), ("2002", 0, 5, "CNY"), ("1001", 1, 0, "USD")],
    ],
)
def test_the_database_refuses_an_unbalanced_entry_at_commit(lines):
    with pytest.raises(IntegrityError), transaction.atomic():
        entry = raw_entry()
        for line in lines:
            raw_line(entry, *line)
        check_now()


def test_checking_early_does_not_let_later_lines_of_the_same_transaction_unbalance_it():
    with pytest.raises(IntegrityError), transaction.atomic():
        entry = raw_entry()
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")
        raw_line(entry, "1001", 5)
        raw_line(entry, "2002", 0, 5)
        check_now()
        raw_line(entry, "1001", 1)


@pytest.mark.parametrize("sides", [(0, 0), (5, 5), (-1, 0), (0, -1)])
def test_the_database_refuses_a_line_without_exactly_one_positive_side(sides):
    with pytest.raises(IntegrityError), transaction.atomic():
        raw_line(raw_entry(), "1001", *sides)


@pytest.mark.django_db(transaction=True)
def test_an_entry_takes_no_lines_from_a_later_transaction():
    entry = receive()
    with pytest.raises(IntegrityError, match="takes no more postings"), transaction.atomic():
        raw_line(entry.pk, "1001", 5)
        raw_line(entry.pk, "2002", 0, 5)


@pytest.mark.parametrize("table", ["settlement_journalentry", "settlement_posting"])
@pytest.mark.parametrize("command", ["UPDATE {} SET id = id", "DELETE FROM {}", "TRUNCATE {} CASCADE"])
@pytest.mark.parametrize("before", ["", "SET pgtrigger.ignore = 'settlement:all'"])
def test_entries_and_lines_are_never_changed_deleted_or_truncated(table, command, before):
    receive()
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        if before:
            cursor.execute(before)
        cursor.execute(command.format(table))
    assert Posting.objects.count() == 2
