"""Hot transactions of money write rows of their own only: no counter, no running balance that others would wait for."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from foundation.core import numbering
from foundation.core.actors import SYSTEM
from foundation.core.money import Money
from settlement import ledger, services
from settlement.models import Hold, Obligation
from settlement.services import Share
from tests.factories.money import held_deposit, royalty, transfer
from tests.factories.settlement import open_obligation

pytestmark = pytest.mark.django_db
CHANGED = re.compile(r'(?:UPDATE|DO UPDATE|FOR (?:NO KEY )?UPDATE OF?)\s+"?(settlement_\w+|core_\w+)', re.IGNORECASE)
LOCKED = re.compile(r'FROM "(settlement_\w+|core_\w+)".*FOR (?:NO KEY )?UPDATE', re.IGNORECASE | re.DOTALL)
COUNTER = "core_numbersequence"


def capture():
    hold = held_deposit()
    return lambda: services.capture(hold=hold, parts=[Share("2011", hold.amount, hold.party)], actor=SYSTEM)


def release():
    hold = held_deposit()
    return lambda: services.release_hold(hold=hold, actor=SYSTEM)


def allocate():
    payment, due = transfer(Money(1_000_00)), royalty(Money(1_000_00))
    return lambda: services.allocate(payment=payment, obligation=due, amount=due.amount, actor=SYSTEM, key="k")


def place():
    due = open_obligation(purpose="auction.deposit", amount=Money(500_00))
    payment = transfer(Money(500_00))
    return lambda: services.allocate(payment=payment, obligation=due, amount=due.amount, actor=SYSTEM, key="k")


def post():
    due = open_obligation()
    lines = [ledger.debit("1001", Money(1), ref=due), ledger.credit("2014", Money(1), ref=due)]
    return lambda: ledger.post(kind="receipt_unidentified", key="k", lines=lines, ref=due, actor=SYSTEM)


@pytest.mark.parametrize("prepare", [post, allocate, place, capture, release])
def test_a_hot_transaction_locks_only_its_own_rows(prepare):
    act = prepare()
    with CaptureQueriesContext(connection) as seen:
        act()
    statements = [one["sql"] for one in seen]
    assert [sql for sql in statements if COUNTER in sql] == []
    written = {table for sql in statements for found in (CHANGED, LOCKED) for table in found.findall(sql)}
    assert written <= {"settlement_payment", "settlement_obligation", "settlement_hold", "settlement_refund"}


def test_a_hold_is_numbered_after_its_obligation():
    hold = held_deposit()
    assert Hold.objects.get().number == numbering.following("hold", Obligation.objects.get().number)
    assert hold.number.split("-")[1:3] == hold.obligation.number.split("-")[1:3]
    assert numbering.is_valid(hold.number)
