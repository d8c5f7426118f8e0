import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.db import connection, transaction
from structlog.contextvars import bound_contextvars

from foundation import audit
from foundation.audit import canonical, recording, verifying
from foundation.audit.models import Delivery, Event
from foundation.core.actors import SYSTEM
from foundation.core.errors import Busy
from foundation.core.money import Money
from foundation.core.refs import Ref
from tests.factories.lamps import KEEPER, STRANGER

MOMENT = datetime(2026, 5, 1, tzinfo=UTC)


def test_an_event_holds_who_what_when_and_for_whom(lamp):
    with bound_contextvars(request_id="req-1"):
        event = audit.record(
            "trials.lamp.bought", subject=lamp, actor=KEEPER, data={"price": Money(5)}, reason="dark",
            parties=[9, 3, 9, None], now=MOMENT,
        )  # fmt: skip
    event.refresh_from_db()
    assert event.subject == Ref("trials.lamp", lamp.pk, "L-1")
    assert (event.actor_user_id, event.actor_organization_id, event.actor_role) == (7, 3, "keeper")
    assert event.facts == {"price": {"fen": 5, "currency": "CNY"}}
    assert (event.reason, event.party_ids, event.request_id, event.province) == ("dark", [3, 9], "req-1", "JS")
    assert event.occurred_at == MOMENT
    assert event.xact > 0
    assert event.visibility == "parties"


def test_events_about_one_subject_are_a_chain(lamp):
    first = audit.record("trials.lamp.bought", subject=lamp, actor=KEEPER)
    other = audit.record("trials.lamp.bought", subject=Ref("trials.lamp", lamp.pk + 1), actor=KEEPER)
    second = audit.record("trials.lamp.cleaned", subject=lamp, actor=KEEPER)
    assert (first.previous_hash, other.previous_hash, second.previous_hash) == ("", "", first.hash)
    assert [canonical.event_hash(event) for event in Event.objects.order_by("seq")] == [
        first.hash,
        other.hash,
        second.hash,
    ]


def test_facts_are_written_plainly():
    assert canonical.plain(
        {"d": date(2026, 1, 2), "m": MOMENT, "x": Decimal("1.50"), "r": Ref("a.b", 1, "N"), "s": {2, 1}, "t": (1, None)}
    ) == {
        "d": "2026-01-02",
        "m": "2026-05-01T00:00:00.000000+00:00",
        "x": "1.50",
        "r": {"kind": "a.b", "id": 1, "number": "N"},
        "s": [1, 2],
        "t": [1, None],
    }


@pytest.mark.parametrize("value", [1.5, object(), b"x", {"deep": [0.1]}])
def test_floats_and_objects_are_no_facts(lamp, value):
    with pytest.raises(TypeError):
        audit.record("trials.lamp.bought", subject=lamp, actor=KEEPER, data={"value": value})
    assert not Event.objects.exists()


def test_every_subscriber_gets_one_delivery(lamp, listener):
    listener("one", print)
    listener("one", print, "trials.lamp.bought")
    listener("two", repr, "trials.lamp.sold")
    event = audit.record("trials.lamp.bought", subject=lamp, actor=KEEPER)
    assert list(Delivery.objects.values_list("event_id", "subscriber", "state")) == [(event.pk, "one", "pending")]


def test_the_timeline_shows_each_viewer_what_is_his(lamp):
    def recorded(visibility, parties=()):
        return audit.record("trials.lamp.x", subject=lamp, actor=SYSTEM, visibility=visibility, parties=parties).pk

    open_, ours, theirs, inside = (
        recorded("public"),
        recorded("parties", [KEEPER.organization_id]),
        recorded("parties", [STRANGER.organization_id]),
        recorded("private", [KEEPER.organization_id]),
    )
    officer = type("Officer", (), {"is_officer": True, "organization_id": 1, "role": "provincial_officer"})()

    def seen(viewer):
        return [event.pk for event in audit.timeline(lamp, viewer)]

    assert seen(None) == [open_]
    assert seen(KEEPER) == [ours, open_]
    assert seen(STRANGER) == [theirs, open_]
    assert seen(officer) == [inside, theirs, ours, open_]


def test_a_member_without_organization_sees_what_visitors_see(lamp):
    audit.record("trials.lamp.x", subject=lamp, actor=SYSTEM)
    assert list(audit.timeline(lamp, type("Nobody", (), {"organization_id": None, "role": ""})())) == []


def test_a_sentence_is_made_in_the_readers_language_from_the_facts(lamp, monkeypatch):
    monkeypatch.setattr(audit.phrases, "_phrases", {})
    audit.phrases.register("trials.lamp.bought", "{number} was bought for {price} {missing}")
    event = audit.record("trials.lamp.bought", subject=lamp, actor=KEEPER, data={"price": Money(500)})
    assert audit.describe(event, "en") == "L-1 was bought for ¥5.00 {missing}"
    assert audit.describe(audit.record("trials.lamp.lost", subject=lamp, actor=KEEPER)) == "trials.lamp.lost"


@pytest.mark.django_db(transaction=True)
def test_a_chain_that_somebody_else_holds_is_busy_and_not_a_hang(committed_lamp, monkeypatch):
    monkeypatch.setattr(recording, "WAIT", "200ms")
    held, done = threading.Event(), threading.Event()

    def hold():
        with transaction.atomic():
            audit.record("trials.lamp.a", subject=committed_lamp, actor=KEEPER)
            held.set()
            done.wait(10)
        connection.close()

    holder = threading.Thread(target=hold)
    holder.start()
    held.wait(10)
    try:
        with pytest.raises(Busy):
            audit.record("trials.lamp.b", subject=committed_lamp, actor=KEEPER)
    finally:
        done.set()
        holder.join()
    last = audit.record("trials.lamp.c", subject=committed_lamp, actor=KEEPER)
    assert [event.name for event in audit.timeline(committed_lamp, SYSTEM)] == ["trials.lamp.c", "trials.lamp.a"]
    assert last.previous_hash == Event.objects.first().hash


@pytest.mark.django_db(transaction=True)
def test_many_writers_of_one_subject_make_one_chain(committed_lamp):
    def write(n):
        try:
            return audit.record(f"trials.lamp.{n}", subject=committed_lamp, actor=KEEPER)
        finally:
            connection.close()

    with ThreadPoolExecutor(6) as pool:
        list(pool.map(write, range(18)))
    assert verifying.first_broken_event() is None
    assert Event.objects.exclude(previous_hash="").values("previous_hash").distinct().count() == 17
