import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import connection, transaction

from foundation.core import locking
from foundation.core.errors import Busy
from foundation.core.models import NumberSequence

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def row():
    return NumberSequence.objects.create(scheme="a", year=1, last=0)


@pytest.fixture
def other_row():
    return NumberSequence.objects.create(scheme="b", year=1, last=0)


def _raise_by_one(row, meet=None):
    with transaction.atomic():
        fresh = locking.lock_rows(row)
        if meet:
            meet.wait(0.05 if not locking.switched_off() else 10)
        fresh.last += 1
        fresh.save()


def _in_threads(*acts):
    def run(act):
        try:
            return act()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return [future.exception() for future in [pool.submit(run, act) for act in acts]]


def test_two_writers_behind_the_lock_lose_nothing(row):
    assert _in_threads(*[lambda: _raise_by_one(row)] * 8) == [None] * 8
    assert NumberSequence.objects.get().last == 8


def test_with_the_lock_off_a_write_is_lost(row):
    meet = threading.Barrier(2)
    with locking.without_locks():
        assert _in_threads(*[lambda: _raise_by_one(row, meet)] * 2) == [None] * 2
    assert NumberSequence.objects.get().last == 1


def test_opposite_orders_do_not_deadlock(row, other_row):
    def act(*rows):
        for _n in range(10):
            with transaction.atomic():
                locking.lock_rows(*rows)

    assert _in_threads(lambda: act(row, other_row), lambda: act(other_row, row)) == [None, None]


def test_rows_come_back_fresh_in_the_order_given(row, other_row):
    NumberSequence.objects.update(last=5)
    with transaction.atomic():
        one = locking.lock_rows(row)
        both = locking.lock_rows(other_row, row)
    assert (one.last, [fresh.pk for fresh in both]) == (5, [other_row.pk, row.pk])


def _hold(row, held, done, share):
    with transaction.atomic():
        locking.lock_rows(row, share=share)
        held.set()
        done.wait(10)
    connection.close()


@pytest.mark.parametrize(
    ("holder_shares", "asker_shares", "is_busy"), [(False, False, True), (True, False, True), (True, True, False)]
)
def test_a_lock_that_is_not_free_in_time_is_busy(row, monkeypatch, holder_shares, asker_shares, is_busy):
    monkeypatch.setattr(locking, "WAIT", "200ms")
    held, done = threading.Event(), threading.Event()
    holder = threading.Thread(target=_hold, args=(row, held, done, holder_shares))
    holder.start()
    held.wait(10)
    refused = False
    try:
        with transaction.atomic():
            locking.lock_rows(row, share=asker_shares)
    except Busy as refusal:
        refused = refusal.status == 503
    finally:
        done.set()
        holder.join()
    assert refused is is_busy


def test_a_lock_needs_a_transaction(row):
    with pytest.raises(transaction.TransactionManagementError):
        locking.lock_rows(row)


def test_production_refuses_to_work_without_locks(settings):
    settings.KAIXU_LOCKS_MAY_BE_OFF = False
    with pytest.raises(ImproperlyConfigured), locking.without_locks():
        pass
