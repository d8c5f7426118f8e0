"""Frozen money stays; the rest of the same sub-account moves freely."""

import pytest
from django.db import IntegrityError, connection, transaction

from foundation.core import locking
from foundation.core.actors import SYSTEM
from foundation.core.money import Money
from foundation.core.refs import Ref
from settlement import ledger, queries
from settlement.models import Freeze
from settlement.services import freezes
from tests.factories.accounts import UniversityFactory
from tests.settlement.test_races import at_once, done

pytestmark = pytest.mark.django_db
ABOUT, CASE = Ref("licenses.license", 1, "LIC-1"), Ref("settlement.dispute", 7, "DP-7")


def fund(party, fen=100_00):
    lines = [ledger.debit("1001", Money(fen)), ledger.credit("2011", Money(fen), party=party, ref=ABOUT)]
    ledger.post(kind="correction", key=f"fund:{fen}", lines=lines, ref=ABOUT, actor=SYSTEM)


def take(party, fen, key):
    lines = [ledger.debit("2011", Money(fen), party=party, ref=ABOUT), ledger.credit("1131", Money(fen))]
    return ledger.post(kind="payout_sent", key=key, lines=lines, ref=ABOUT, actor=SYSTEM)


def freeze(party, fen, basis=CASE):
    return freezes.place(account="2011", party=party, ref=ABOUT, amount=Money(fen), kind="dispute", basis=basis,
                         actor=SYSTEM, reason="Disputed.")  # fmt: skip


def test_only_the_frozen_part_stays():
    party = UniversityFactory()
    fund(party)
    freeze(party, 30_00)
    assert freezes.available(account="2011", party=party, ref=ABOUT) == Money(70_00)
    with pytest.raises(ledger.BalanceTooLow) as refusal:
        take(party, 70_01, "too-much")
    assert "¥70.00" in str(refusal.value.sentence)
    take(party, 70_00, "rest")
    assert queries.balance("2011", party=party) == Money(30_00)


def test_what_is_lifted_moves_again():
    party = UniversityFactory()
    fund(party)
    row = freeze(party, 100_00)
    freezes.lift(freeze=row, actor=SYSTEM, reason="Settled.")
    assert freezes.lift(freeze=row, actor=SYSTEM).lift_reason == "Settled."
    take(party, 100_00, "all")
    assert freezes.frozen(account="2011", party=party, ref=ABOUT) == Money(0)


def test_a_basis_freezes_once_and_never_more_than_is_free():
    party = UniversityFactory()
    fund(party)
    assert freeze(party, 60_00).pk == freeze(party, 60_00).pk
    with pytest.raises(freezes.NotEnoughToFreeze):
        freeze(party, 40_01, basis=Ref("settlement.dispute", 8))
    assert [one.pk for one in freezes.lift_all(basis=CASE, actor=SYSTEM)] == [Freeze.objects.get().pk]


@pytest.mark.parametrize(
    "sql",
    ["UPDATE settlement_freeze SET amount_fen = 1", "DELETE FROM settlement_freeze", "TRUNCATE settlement_freeze"],
)
def test_the_database_refuses_other_changes(sql):
    party = UniversityFactory()
    fund(party)
    freeze(party, 1_00)
    with (
        pytest.raises(Exception, match=r"freeze|permission") as refusal,
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(sql)
    assert isinstance(refusal.value, IntegrityError) or "permission" in str(refusal.value)


@pytest.mark.django_db(transaction=True)
def test_a_freeze_and_a_withdrawal_at_once_never_take_the_same_money():
    party = UniversityFactory()
    fund(party)
    acts = [lambda: freeze(party, 60_00), lambda: take(party, 60_00, "a"), lambda: take(party, 60_00, "b")]
    assert len(done(at_once(acts))) == 1


@pytest.mark.django_db(transaction=True)
def test_twin_without_locks_freezes_what_is_taken():
    party = UniversityFactory()
    fund(party)
    with locking.without_locks():
        acts = [lambda n=n: take(party, 60_00, f"t{n}") for n in range(3)] + [lambda: freeze(party, 60_00)] * 3
        at_once(acts)
    assert ledger.available_fen(freezes.place_of("2011", party, ABOUT)) < 0
