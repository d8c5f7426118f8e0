"""Each promise about money is seen to be broken, by one row put past the triggers."""

import psycopg2
import pytest

from foundation.audit import invariants
from foundation.core import clock
from foundation.core.actors import SYSTEM
from foundation.core.money import Money
from settlement import services
from settlement.services import taking_back
from tests.factories.settlement import paid_obligation, pay, started_payment

OURS = {"I1", "I3", "I4", "I12", "I15"}
ENTRY = (
    "INSERT INTO settlement_journalentry (kind, key, ref_kind, ref_id, ref_number, posted_at, value_date, reason, "
    "actor_role, xact) VALUES ('correction', '{key}', '', 0, '', now(), now(), '', '', -1) RETURNING id"
)
LINE = (
    "INSERT INTO settlement_posting (entry_id, account_id, debit_fen, credit_fen, currency, ref_kind, ref_id, "
    "ref_number) VALUES ({entry}, '{account}', {debit}, {credit}, 'CNY', 'x.y', {ref}, '')"
)


def line(entry, account, debit=0, credit=0, ref="NULL"):
    return LINE.format(entry=entry, account=account, debit=debit, credit=credit, ref=ref)


def found():
    return {(finding.invariant.id, finding.invariant.sentence) for finding in invariants.check(OURS)}


@pytest.fixture
def owner(owner_url, transactional_db):
    """The owner of the tables, with every trigger off: what no application could do."""
    link = psycopg2.connect(owner_url)
    link.autocommit = True
    cursor = link.cursor()
    tables = ("settlement_journalentry", "settlement_posting", "settlement_payment", "settlement_refund")
    for table in tables:
        cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
    yield cursor
    link.close()


def new_entry(owner, key="broken"):
    owner.execute(ENTRY.format(key=key))
    return owner.fetchone()[0]


def test_healthy_books_break_nothing(transactional_db):
    obligation = paid_obligation()
    services.refund_obligation(obligation=obligation, actor=SYSTEM, reason="x")
    pay(started_payment(), amount=Money(1))
    assert found() == set()


def test_money_taken_back_from_the_payee_left_escrow_only_once(transactional_db):
    obligation = paid_obligation()
    with clock.at(obligation.release_at):
        services.release(obligation=obligation, actor=SYSTEM)
    taking_back.take_back(obligation=obligation, amount=Money(400_00), actor=SYSTEM, reason="x")
    assert found() == set()


def test_an_unbalanced_entry_is_found(owner):
    entry = new_entry(owner)
    owner.execute(line(entry, "1002", debit=5))
    owner.execute(line(entry, "1002", credit=4))
    assert ("I1", "Debits and credits of every entry are equal, per currency.") in found()


def test_an_entry_with_one_line_is_found(owner):
    owner.execute(line(new_entry(owner), "1002", debit=5))
    assert ("I1", "Every entry has at least two postings.") in found()


def test_client_money_that_is_not_covered_by_the_bank_is_found(owner):
    entry = new_entry(owner)
    owner.execute(line(entry, "1002", debit=5))
    owner.execute(line(entry, "2011", credit=5))
    assert ("I1", "Supervised account less money in transit equals what is owed to clients.") in found()


def test_a_sub_account_below_zero_is_found(owner):
    entry = new_entry(owner)
    owner.execute(line(entry, "2002", debit=5, ref=1))
    owner.execute(line(entry, "2002", credit=5, ref=2))
    assert ("I3", "No sub-account of client money is below zero.") in found()


def test_escrow_that_does_not_agree_with_its_payments_is_found(owner):
    obligation = paid_obligation()
    owner.execute(f"UPDATE settlement_payment SET received_fen = 99999 WHERE obligation_id = {obligation.pk}")
    assert ("I3", "Every receipt is assigned, sent back or lies among the unidentified ones.") in found()
    assert ("I4", "Every receipt of money has its one entry.") in found()


def test_a_fact_that_is_booked_twice_is_found(owner):
    owner.execute(
        "SELECT conname FROM pg_constraint WHERE conrelid = 'settlement_journalentry'::regclass AND contype = 'u' "
        "AND conname LIKE '%key%'"
    )
    name = owner.fetchone()[0]
    owner.execute(f'ALTER TABLE settlement_journalentry DROP CONSTRAINT "{name}"')
    for _n in range(2):
        new_entry(owner, "twice")
    assert ("I4", "Every business fact is booked once.") in found()


def test_a_refund_that_is_not_counted_is_found(owner):
    obligation = paid_obligation()
    services.refund_obligation(obligation=obligation, actor=SYSTEM, reason="x")
    owner.execute("UPDATE settlement_refund SET amount_fen = amount_fen + 1")
    assert ("I12", "Refunds never exceed what arrived.") in found()


def test_an_entry_without_an_event_is_found(owner):
    entry = new_entry(owner)
    owner.execute(line(entry, "1002", debit=5))
    owner.execute(line(entry, "1002", credit=5))
    assert found() == {("I15", "Every entry was booked together with an event of the history.")}
