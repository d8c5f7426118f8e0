"""A line worked on by two workers at once has one effect; without the lock it would have two."""

import pytest
from django.db import connections

from foundation.core import locking
from settlement import queries
from settlement.gateways.bank_transfer import reference_of
from settlement.models import BankLine, JournalEntry, Payment
from settlement.services import statement_jobs
from settlement.services.lines import settle_line
from tests.factories.bank import ONE_DAY, Row, camt, own_account, send, take_over, today
from tests.factories.settlement import FEE, open_obligation
from tests.settlement.test_races import at_once

pytestmark = pytest.mark.django_db(transaction=True)


def new_line(monkeypatch) -> BankLine:
    """A line that is stored and not worked on."""
    obligation, account = open_obligation(), own_account()
    content = camt([Row("1000.00", reference_of(obligation).code)], day=today() - ONE_DAY)
    with monkeypatch.context() as patched:
        patched.setattr(statement_jobs, "settle_line", lambda line: line)
        take_over(send(content, account))
    return BankLine.objects.get()


def work(line):
    return lambda: settle_line(line=BankLine.objects.get(pk=line.pk)).state


def test_of_four_workers_one_books_the_line(monkeypatch, owner_accepts):
    line = new_line(monkeypatch)
    assert at_once([work(line)] * 4) == ["matched"] * 4
    assert (queries.balance("1001"), Payment.objects.count()) == (FEE, 1)


def test_without_the_lock_workers_get_in_each_others_way(monkeypatch):
    """The twin: without the lock more than one books, and only the unique keys of the database stop it."""
    line = new_line(monkeypatch)
    with locking.without_locks():
        results = at_once([work(line)] * 4)
    connections["default"].close()
    assert any(result != "matched" for result in results)
    assert JournalEntry.objects.filter(kind="receipt_unidentified").count() >= 1
