"""The invariants of shared income are silent after a whole life, and speak where a row breaks them."""

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
