"""Each rule about allocations, holds, memos and schedules finds one deliberately broken row."""

import psycopg2
import pytest

from foundation.audit import invariants
from foundation.core.actors import SYSTEM
from foundation.core.money import Money
from settlement import services
from tests.factories.money import held_deposit, royalty, transfer
from tests.factories.settlement import open_obligation, paid_obligation

pytestmark = pytest.mark.django_db(transaction=True)
TABLES = ("posting", "allocation", "obligation", "hold", "release", "schedule")


@pytest.fixture
def owner(owner_url, transactional_db):
    """The owner of the tables, with every trigger off: what no application could do."""
    link = psycopg2.connect(owner_url)
    link.autocommit = True
    cursor = link.cursor()
    for table in TABLES:
        cursor.execute(f"ALTER TABLE settlement_{table} DISABLE TRIGGER USER")
    yield cursor
    link.close()


def found():
    return {one.invariant.sentence for one in invariants.check({"I3"})}


def test_an_allocation_of_another_amount_is_found(owner):
    paid_obligation()
    owner.execute("UPDATE settlement_allocation SET amount_fen = amount_fen - 1")
    assert {
        "What is held for an obligation is what was paid on it less what left.",
        "A paid obligation is covered by what was assigned to it.",
        "Every receipt is assigned, sent back or lies among the unidentified ones.",
    } <= found()


def test_an_obligation_that_calls_itself_paid_is_found(owner):
    open_obligation()
    assert found() == set()
    owner.execute("UPDATE settlement_obligation SET state = 'paid'")
    assert "A paid obligation is covered by what was assigned to it." in found()


def test_a_receipt_that_lies_nowhere_is_found(owner):
    transfer()
    assert found() == set()
    owner.execute("UPDATE settlement_posting SET ref_id = ref_id + 1 WHERE account_id = '2014'")
    assert "Every receipt is assigned, sent back or lies among the unidentified ones." in found()


def test_a_hold_that_says_more_than_is_held_is_found(owner):
    held_deposit()
    assert found() == set()
    owner.execute("UPDATE settlement_hold SET amount_fen = amount_fen + 1")
    assert "What is held is what the open holds say." in found()


def test_a_release_of_less_than_left_is_found(owner):
    obligation = paid_obligation()
    owner.execute(f"UPDATE settlement_obligation SET released_at = now() WHERE id = {obligation.pk}")
    assert "Nothing is held for what is closed." in found()


def test_a_memo_of_what_is_paid_is_found(owner):
    due = royalty(Money(100_00))
    part = transfer(Money(40_00))
    services.allocate(payment=part, obligation=due, amount=Money(40_00), actor=SYSTEM, key="k")
    assert found() == set()
    owner.execute("UPDATE settlement_posting SET debit_fen = debit_fen + 1 WHERE account_id = '1121' AND debit_fen > 0")
    assert "What is noted as due is what is still to be paid." in found()


def test_a_schedule_without_all_its_parts_is_found(owner):
    due = open_obligation()
    owner.execute(
        "INSERT INTO settlement_schedule (created_at, updated_at, key, purpose, ref_kind, ref_id, ref_number, "
        "total_fen, currency, parts, debtor_id, creditor_id) "
        "SELECT now(), now(), 'k', purpose, ref_kind, ref_id, ref_number, "
        "amount_fen + 1, currency, 1, debtor_id, creditor_id FROM settlement_obligation RETURNING id"
    )
    owner.execute(f"UPDATE settlement_obligation SET schedule_id = {owner.fetchone()[0]} WHERE id = {due.pk}")
    assert "The parts of a schedule equal the whole." in found()
