"""Every real sample goes the whole way: sent in, looked at, taken over, booked; what may not be booked is refused."""

from datetime import date
from decimal import Decimal

import pytest

from foundation.audit import invariants
from settlement import queries, statements
from settlement.models import BankLine, JournalEntry
from settlement.services.own_accounts import close_own_account
from settlement.statements import StatementRefused
from tests.factories.accounts import finance
from tests.factories.bank import own_account, send, take_over

pytestmark = [pytest.mark.django_db, pytest.mark.real_data]
REFUSED = {"camt052.v8.xml", "camt053.v2.wrong.xml"}
OWN = "3201000011112222"


def samples(real_data):
    return sorted((real_data / "payments" / "camt").iterdir()) + sorted(
        (real_data / "payments" / "cn_statements").iterdir()
    )


def number_in(content: bytes) -> str:
    """The account a statement is of, as far as it says so; a masked one is filled up."""
    try:
        stated = statements.read(content)[0].account
    except StatementRefused:
        return OWN
    return "".join(stated.replace("*", "0").split()) or OWN


def imported(path, name):
    """The lines of a sample in an account of its own."""
    content = path.read_bytes()
    account = own_account(number=number_in(content), since=date(2000, 1, 1))
    try:
        take_over(send(content, account, name=name))
        return list(BankLine.objects.filter(account=account))
    finally:
        close_own_account(account=account, actor=finance())


def test_every_sample_is_taken_over_or_refused_with_a_sentence(real_data):
    booked, refused = {}, {}
    for path in samples(real_data):
        before = JournalEntry.objects.count()
        try:
            booked[path.name] = imported(path, path.name)
        except StatementRefused as error:
            refused[path.name] = error.sentence
            assert JournalEntry.objects.count() == before, path.name
    assert set(refused) == REFUSED
    assert "camt.052" in refused["camt052.v8.xml"]
    assert all(len(sentence) > 20 for sentence in refused.values())
    assert len(booked) == 14
    assert all(booked.values())
    lines = [line for found in booked.values() for line in found]
    foreign = [line for line in lines if line.currency != "CNY"]
    assert {(line.state, line.reason) for line in foreign} == {("parked", "currency")}
    assert {line.currency for line in foreign} >= {"EUR"}
    assert not any(line.ticks.exists() for line in foreign)
    worked = {line.state for line in lines if line.currency == "CNY" and line.counts}
    assert worked <= {"queued", "matched"}
    came_in = sum(line.amount_fen for line in lines if line.currency == "CNY" and line.counts and line.amount_fen > 0)
    assert queries.balance("2014").yuan == Decimal(came_in) / 100
    assert invariants.check({"I1", "I3", "I4", "I12"}) == []
