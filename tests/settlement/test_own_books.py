"""Own fees swept out of the client account; charges, compensations and corrections by hand."""

from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.db import IntegrityError, transaction

from foundation.core.actors import SYSTEM
from foundation.core.clock import database_now, local_date
from foundation.core.errors import Invalid, NotAllowed
from foundation.core.money import Money
from foundation.core.refs import Ref
from settlement import ledger, queries
from settlement.models import OwnEntry, Posting, Sweep
from settlement.services import own_books, sweeping
from settlement.services.second_person import OwnWork
from tests.factories.accounts import finance, licensee, officer
from tests.factories.payouts import APPROVED, REJECTED, review_of

pytestmark = pytest.mark.django_db
ABOUT = Ref("licenses.license", 1, "LIC-1")


def own_fees(key="fees"):
    lines = [ledger.debit("1001", Money(106_00)), ledger.own(Money(100_00), "4001"), ledger.own(Money(6_00), "2021")]
    ledger.post(kind="correction", key=key, lines=lines, ref=ABOUT, actor=SYSTEM)


def balances(*codes):
    return [queries.balance(code) for code in codes]


def test_a_sweep_earns_fee_and_vat_in_the_operating_account():
    own_fees()
    made = sweeping.sweep(actor=finance(), key="2026-11")
    assert (made.amount, made.vat) == (Money(106_00), Money(6_00))
    assert balances("2031", "1001", "1002", "4001", "2021") == [
        Money(0), Money(0), Money(106_00), Money(100_00), Money(6_00)
    ]  # fmt: skip
    assert queries.equation().difference == Money(0)


def test_the_same_key_sweeps_once_and_nothing_is_not_swept():
    own_fees()
    clerk = finance()
    first = sweeping.sweep(actor=clerk, key="once")
    assert sweeping.sweep(actor=clerk, key="once").pk == first.pk
    with pytest.raises(sweeping.NothingToSweep):
        sweeping.sweep(actor=clerk, key="twice")
    with pytest.raises(NotAllowed):
        sweeping.sweep(actor=licensee(), key="stranger")
    with pytest.raises(Invalid):
        sweeping.sweep(actor=clerk, key="early", value_date=local_date(database_now()) + timedelta(days=1))
    with pytest.raises(IntegrityError), transaction.atomic():
        Sweep.objects.update(amount_fen=1)


def charge(fen=12_00, actor=None, key="c1", kind="charge", **facts):
    return own_books.propose_entry(kind=kind, amount=Money(fen), text="November", actor=actor or finance(), key=key,
                                   **facts)  # fmt: skip


def test_a_small_bank_charge_is_booked_at_once():
    row = charge()
    assert (row.state, row.entry.kind, balances("5001", "1002")) == ("posted", "bank_charged", [
        Money(12_00), Money(-12_00)
    ])  # fmt: skip
    assert charge(key="c1").pk == row.pk


def test_a_large_compensation_waits_for_a_second_person(settings):
    settings.KAIXU_FOUR_EYES_ABOVE_FEN = 11_99
    maker = finance()
    row = charge(kind="compensation", actor=maker)
    assert (row.state, balances("5002")) == ("proposed", [Money(0)])
    with pytest.raises(OwnWork):
        own_books.decide_entry(review=review_of(row), decision=APPROVED, actor=SimpleNamespace(user_id=maker.user_id))
    own_books.decide_entry(review=review_of(row), decision=APPROVED, actor=officer())
    row.refresh_from_db()
    assert (row.state, balances("5002")) == ("posted", [Money(12_00)])


def test_a_wrong_entry_is_reversed_by_two_persons_once():
    wrong = charge().entry
    row = own_books.propose_entry(kind="reversal", target=wrong, text="Booked twice", actor=finance(), key="r1")
    assert row.state == "proposed"
    with pytest.raises(own_books.NotReversible):
        own_books.propose_entry(kind="reversal", target=wrong, text="Again", actor=finance(), key="r2")
    own_books.decide_entry(review=review_of(row), decision=APPROVED, actor=officer())
    row.refresh_from_db()
    assert (row.entry.reverses_id, balances("5001", "1002")) == (wrong.pk, [Money(0), Money(0)])
    with pytest.raises(own_books.NotReversible):
        own_books.propose_entry(kind="reversal", target=wrong, text="Again", actor=finance(), key="r3")


def test_client_money_is_not_corrected_by_hand():
    own_fees()
    entry = Posting.objects.filter(account_id="2031").latest("pk").entry
    with pytest.raises(own_books.NotReversible):
        own_books.propose_entry(kind="reversal", target=entry, text="x", actor=finance(), key="x")


def test_a_refused_entry_is_not_booked(settings):
    settings.KAIXU_FOUR_EYES_ABOVE_FEN = 0
    row = charge()
    own_books.decide_entry(review=review_of(row), decision=REJECTED, actor=officer())
    row.refresh_from_db()
    assert (row.state, row.entry_id) == ("refused", None)


@pytest.mark.parametrize(
    ("facts", "field"), [({"kind": "gift"}, "kind"), ({"fen": 0}, "amount"), ({"fen": -5}, "amount")]
)
def test_what_is_wrong_is_said_beside_its_field(facts, field):
    with pytest.raises(Invalid) as refusal:
        charge(**facts)
    assert (refusal.value.field, OwnEntry.objects.count()) == (field, 0)


def test_only_finance_books():
    with pytest.raises(NotAllowed):
        charge(actor=officer())
