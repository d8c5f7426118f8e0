import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, transaction

from foundation.core import locking
from foundation.core.idempotency import InFlight, KeyReused, fingerprint, once
from foundation.core.models import KeptAnswer, NumberSequence

EFFECTS = NumberSequence.objects.filter(scheme="effect")


def take_effect(body="body"):
    """A service with one effect per key; its answer names the effect."""
    with once("tests", "key", fingerprint(body)) as attempt:
        if not attempt.replayed:
            effect = NumberSequence.objects.create(scheme="effect", year=EFFECTS.count() + 1, last=0)
            attempt.answer = {"effect": effect.pk}
    return attempt.answer


@pytest.mark.django_db
def test_a_repeat_gets_the_first_answer():
    assert take_effect() == take_effect()
    assert EFFECTS.count() == 1


@pytest.mark.django_db
def test_another_body_under_the_same_key_is_refused():
    take_effect()
    with pytest.raises(KeyReused) as refusal:
        take_effect("other")
    assert (refusal.value.status, EFFECTS.count()) == (422, 1)


@pytest.mark.django_db
def test_what_failed_left_nothing_and_may_be_tried_again():
    with pytest.raises(ZeroDivisionError), once("tests", "key"):
        _ = 1 / 0
    assert not KeptAnswer.objects.exists()
    assert take_effect()


def _together(count, act):
    """Runs `act` in threads that all start at the same moment."""
    barrier = threading.Barrier(count)

    def one(_n):
        try:
            barrier.wait(10)
            return act()
        finally:
            connection.close()

    with ThreadPoolExecutor(count) as pool:
        return list(pool.map(one, range(count)))


@pytest.mark.django_db(transaction=True)
def test_twenty_at_once_have_one_effect_and_one_answer():
    answers = _together(20, take_effect)
    assert EFFECTS.count() == 1
    assert answers == [{"effect": EFFECTS.get().pk}] * 20


@pytest.mark.django_db(transaction=True)
def test_with_the_lock_off_several_take_effect():
    def act():
        with once("tests", "key", "body") as attempt:
            if not attempt.replayed:
                NumberSequence.objects.create(scheme="effect", year=threading.get_native_id() % 30000, last=0)

    with locking.without_locks():
        _together(20, act)
    assert EFFECTS.count() > 1


@pytest.mark.django_db(transaction=True)
def test_a_repeat_while_the_first_is_at_work_is_told_to_wait(monkeypatch):
    monkeypatch.setattr(locking, "WAIT", "200ms")
    claimed, done = threading.Event(), threading.Event()

    def slow():
        try:
            with once("tests", "key"):
                claimed.set()
                done.wait(10)
        finally:
            connection.close()

    worker = threading.Thread(target=slow)
    worker.start()
    claimed.wait(10)
    try:
        with pytest.raises(InFlight), transaction.atomic():
            take_effect()
    finally:
        done.set()
        worker.join()


def test_fingerprints_do_not_depend_on_the_order_of_names():
    assert fingerprint({"a": 1, "b": "石"}) == fingerprint({"b": "石", "a": 1}) != fingerprint({"a": 1})
