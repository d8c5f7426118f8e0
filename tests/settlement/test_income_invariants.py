"""The invariants of shared income are silent after a whole life, and speak where a row breaks them."""

import psycopg2
import pytest
from django.db import connection

from foundation.audit import invariants
from foundation.core import clock
from foundation.core.money import Money
from settlement import invariants_income as sql
from settlement.services import distributing, noticing
from tests.factories import income as made
from tests.factories.accounts import OrganizationFactory
from tests.settlement.test_invoices import issued, refund

pytestmark = pytest.mark.django_db


def rows_of(query):
    with connection.cursor() as cursor:
        cursor.execute(query)
        return cursor.fetchall()


def test_nothing_is_found_after_a_whole_life(monkeypatch):
    case = made.scene(monkeypatch, owners=[OrganizationFactory()], delegates_payout=True)
    distributing.confirm(distribution=case.distribution, actor=case.manager)
    noticing.publish(distribution=case.distribution, actor=case.manager)
    case.distribution.refresh_from_db()
    with clock.at(case.distribution.notice_until):
        noticing.end_notice(distribution=case.distribution)
    other = made.paid_obligation(amount=Money(1_060_00))
    issued(other)
    refund(other, Money(400_00))
    for query in (sql.OWNERS, sql.RELEASED, sql.LINES, sql.ASSIGNED, sql.SET_ASIDE, sql.RED_TOO_MUCH):
        assert rows_of(query) == []
    assert {"I13"} <= {check.id for check in invariants.everything()}


def test_a_part_that_is_not_set_aside_is_found(monkeypatch):
    case = made.scene(monkeypatch, delegates_payout=True)
    assert rows_of(sql.SET_ASIDE) == []
    distributing.freezes.lift_all(basis=case.distribution, actor=distributing.SYSTEM, reason="x")
    assert [row[0] for row in rows_of(sql.SET_ASIDE)] == [case.distribution.number]


BROKEN = {
    "OWNERS": "UPDATE settlement_ownershare SET amount_fen = amount_fen + 1 WHERE id = (SELECT min(id) FROM "
    "settlement_ownershare)",
    "RELEASED": "UPDATE settlement_release SET fee_fen = fee_fen + 1 WHERE id = (SELECT min(release_id) FROM "
    "settlement_income)",
    "LINES": "UPDATE settlement_distributionline SET amount_fen = amount_fen + 1 WHERE id = (SELECT min(id) FROM "
    "settlement_distributionline WHERE kind = 'department')",
    "ASSIGNED": "UPDATE settlement_posting SET credit_fen = credit_fen + 1 WHERE id = (SELECT min(id) FROM "
    "settlement_posting WHERE account_id = '2012')",
    "SET_ASIDE": "UPDATE settlement_freeze SET amount_fen = amount_fen - 1 WHERE id = (SELECT max(id) FROM "
    "settlement_freeze)",
    "RED_TOO_MUCH": "UPDATE settlement_invoiceline SET net_fen = net_fen - 100000000 WHERE id = (SELECT max(l.id) FROM "
    "settlement_invoiceline l JOIN settlement_invoice i ON i.id = l.invoice_id WHERE i.reverses_id IS NOT NULL)",
}
TABLES = ("ownershare", "release", "distributionline", "posting", "freeze", "invoiceline")


@pytest.mark.django_db(transaction=True)
def test_each_promise_finds_its_broken_row_and_no_other(monkeypatch, owner_url):
    agreed = made.scene(monkeypatch, delegates_payout=True)
    distributing.confirm(distribution=agreed.distribution, actor=agreed.manager)
    noticing.publish(distribution=agreed.distribution, actor=agreed.manager)
    agreed.distribution.refresh_from_db()
    with clock.at(agreed.distribution.notice_until):
        noticing.end_notice(distribution=agreed.distribution)
    made.scene(monkeypatch, delegates_payout=True)
    bought = made.paid_obligation(amount=Money(1_060_00))
    issued(bought)
    refund(bought, Money(400_00))
    promises = {name: query for name, query in vars(sql).items() if name.isupper()}
    assert {one.sql for one in invariants.everything() if one.sql in promises.values()} == set(promises.values())
    with psycopg2.connect(owner_url) as link, link.cursor() as cursor:
        for table in TABLES:
            cursor.execute(f"ALTER TABLE settlement_{table} DISABLE TRIGGER USER")

        def broken():
            found = set()
            for name, query in promises.items():
                cursor.execute(query)
                found |= {name} if cursor.fetchall() else set()
            return found

        assert (broken(), set(BROKEN)) == (set(), set(promises))
        for name, change in BROKEN.items():
            cursor.execute(f"SAVEPOINT broken; {change}")
            assert (name, cursor.rowcount, broken()) == (name, 1, {name})
            cursor.execute("ROLLBACK TO SAVEPOINT broken")
        link.rollback()
    link.close()
