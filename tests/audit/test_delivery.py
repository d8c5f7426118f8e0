import os
import signal
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection, transaction

from foundation import audit
from foundation.audit import delivery, tasks, waking
from foundation.audit.models import Delivery, Event
from foundation.core import clock
from foundation.core.models import KeptAnswer
from tests.factories.lamps import KEEPER

State = Delivery.State


def bought(lamp, n=1):
    return [audit.record("trials.lamp.bought", subject=lamp, actor=KEEPER) for _n in range(n)]


def make_due():
    Delivery.objects.update(next_try_at=clock.machine_now() - timedelta(seconds=1))


def test_each_event_reaches_its_listener_once_and_in_order(lamp, listener):
    heard = []
    listener("ear", heard.append)
    events = bought(lamp, 3)
    assert audit.deliver_pending() == 3
    assert audit.deliver_pending() == 0
    assert heard == events
    assert set(Delivery.objects.values_list("state", "attempts")) == {(State.DONE, 1)}


def test_what_a_failing_listener_wrote_is_undone_and_tried_again_later(lamp, listener):
    fails = [True]

    def moody(event):
        KeptAnswer.objects.create(scope="heard", key=str(event.pk), fingerprint="")
        if fails:
            raise RuntimeError("no \x00 mood")

    heard = []
    listener("a moody", moody)
    listener("b steady", heard.append)
    bought(lamp)
    audit.deliver_pending()
    waiting = Delivery.objects.get(subscriber="a moody")
    assert (waiting.state, waiting.attempts, waiting.last_error) == (State.PENDING, 1, "RuntimeError: no  mood")
    assert waiting.next_try_at > clock.machine_now()
    assert (len(heard), KeptAnswer.objects.count()) == (1, 0)
    fails.clear()
    make_due()
    audit.deliver_pending()
    assert (Delivery.objects.get(subscriber="a moody").state, KeptAnswer.objects.count()) == (State.DONE, 1)


def test_a_listener_that_never_works_becomes_a_dead_letter_and_can_be_revived(lamp, listener):
    listener("wall", lambda event: 1 / 0)
    bought(lamp)
    for _n in range(delivery.MOST_ATTEMPTS + 2):
        make_due()
        audit.deliver_pending()
    dead = Delivery.objects.get()
    assert (dead.state, dead.attempts) == (State.DEAD, delivery.MOST_ATTEMPTS)
    assert delivery.revive("other") == 0
    assert delivery.revive("wall") == 1
    assert Delivery.objects.get().state == State.PENDING


def test_the_pauses_grow_to_an_hour():
    assert [delivery.wait_after(n).total_seconds() for n in (1, 2, 3, 12, 40)] == [5, 10, 20, 3600, 3600]


def test_a_listener_that_no_longer_exists_is_done(lamp, listener):
    listener("gone", print)
    bought(lamp)
    audit.subscriptions.unsubscribe("gone")
    audit.deliver_pending()
    assert Delivery.objects.get().state == State.DONE


def _work(_n):
    try:
        return tasks.deliver()
    finally:
        connection.close()


@pytest.mark.django_db(transaction=True)
def test_four_workers_at_once_deliver_each_event_once(committed_lamp, listener):
    listener("ear", lambda event: KeptAnswer.objects.create(scope="heard", key=str(event.pk), fingerprint=""))
    with transaction.atomic():
        bought(committed_lamp, 40)
    with ThreadPoolExecutor(4) as pool:
        assert sum(pool.map(_work, range(4))) == 40
    assert KeptAnswer.objects.count() == 40
    assert Delivery.objects.filter(state=State.DONE).count() == 40


@pytest.mark.django_db(transaction=True)
def test_a_worker_killed_in_the_middle_loses_nothing_and_repeats_no_effect(committed_lamp, listener):
    deadly = []

    def ear(event):
        KeptAnswer.objects.create(scope="heard", key=str(event.pk), fingerprint="")
        if deadly and KeptAnswer.objects.count() == deadly[0]:
            os.kill(os.getpid(), signal.SIGKILL)

    listener("ear", ear)
    with transaction.atomic():
        bought(committed_lamp, 12)
    for survived in (3, 3, 9):
        deadly[:] = [survived]
        connection.close()
        worker = os.fork()
        if worker == 0:
            delivery.deliver_pending()
            os._exit(0)
        assert os.WTERMSIG(os.waitpid(worker, 0)[1]) == signal.SIGKILL
        assert KeptAnswer.objects.count() == survived - 1
    deadly.clear()
    assert audit.deliver_pending() == 12 - 8
    assert KeptAnswer.objects.count() == 12
    assert set(Delivery.objects.values_list("state", "attempts")) == {(State.DONE, 1)}


@pytest.fixture
def wakes(monkeypatch):
    sent = []
    monkeypatch.setattr(waking.current_app, "send_task", lambda name, **options: sent.append(name))
    monkeypatch.setitem(waking._breaker, "closed_until", 0.0)
    monkeypatch.setitem(waking._told, "looks_at", 0.0)
    return sent


@pytest.mark.django_db(transaction=True)
def test_one_transaction_wakes_the_worker_once_and_a_rolled_back_one_never(committed_lamp, wakes):
    with transaction.atomic():
        bought(committed_lamp, 3)
        assert wakes == []
    assert wakes == ["audit.deliver"]
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        bought(committed_lamp)
        _ = 1 / 0
    assert len(wakes) == 1
    assert Event.objects.count() == 3


@pytest.mark.django_db(transaction=True)
def test_a_broker_that_is_away_costs_one_try_and_no_error(committed_lamp, wakes, monkeypatch):
    tries = []

    def away(name, **options):
        tries.append(name)
        raise ConnectionError("away")

    monkeypatch.setattr(waking.current_app, "send_task", away)
    bought(committed_lamp)
    bought(committed_lamp)
    assert len(tries) == 1
    assert Event.objects.count() == 2
    monkeypatch.setitem(waking._breaker, "closed_until", 0.0)
    bought(committed_lamp)
    assert len(tries) == 2
