"""The health page says what is broken, to people and to machines, and answers 503 then."""

import time
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from django.conf import settings
from django.core.cache import cache
from django.db import connection
from django.test import Client

from foundation import audit
from foundation.audit.models import Delivery
from foundation.core.actors import SYSTEM
from foundation.core.refs import Ref
from local import ports
from marketplace import health, tasks

LONG_AGO = datetime(2026, 1, 1, tzinfo=UTC)


@pytest.fixture
def alive(db: None) -> None:
    """A worker and beat that have just beaten."""
    tasks.worker_is_alive()
    tasks.beat_is_alive()


def test_all_well_is_200_for_machines(client: Client, alive: None) -> None:
    answer = client.get("/healthz", headers={"accept": "application/json"})
    assert answer.status_code == 200
    assert answer.json()["ok"] is True
    assert {name: check["ok"] for name, check in answer.json()["checks"].items()} == {
        "database": True,
        "redis": True,
        "worker": True,
        "beat": True,
        "outbox": True,
    }


@pytest.mark.parametrize("who", ["worker", "beat"])
def test_a_late_heartbeat_is_503_and_named(client: Client, alive: None, who: str) -> None:
    cache.set(f"heartbeat:{who}", time.time() - health.HEARTBEATS_LATE_AFTER - 1, 60)
    answer = client.get("/healthz", headers={"accept": "application/json"})
    assert answer.status_code == 503
    assert [name for name, check in answer.json()["checks"].items() if not check["ok"]] == [who]


def test_a_heartbeat_never_heard_is_503(client: Client, db: None) -> None:
    answer = client.get("/healthz", headers={"accept": "application/json"})
    assert answer.status_code == 503
    assert answer.json()["checks"]["worker"]["value"] is None


def test_a_message_that_waits_too_long_is_503_and_one_that_was_given_up_is_not(client: Client, alive: None) -> None:
    event = audit.record("trials.lamp.x", subject=Ref("trials.lamp", 1, "L-1"), actor=SYSTEM, now=LONG_AGO)
    waiting = Delivery.objects.create(event=event, subscriber="trials", next_try_at=LONG_AGO)
    assert client.get("/healthz", headers={"accept": "application/json"}).status_code == 503
    Delivery.objects.filter(pk=waiting.pk).update(state=Delivery.State.DEAD)
    assert client.get("/healthz", headers={"accept": "application/json"}).status_code == 200


def test_a_check_that_breaks_is_a_finding(monkeypatch: pytest.MonkeyPatch, client: Client, alive: None) -> None:
    def broken() -> tuple[bool, str, float | None]:
        raise ConnectionError("secret address")

    monkeypatch.setattr(health, "CHECKS", [("redis", "Redis", broken)])
    answer = client.get("/healthz", headers={"accept": "application/json"})
    assert answer.status_code == 503
    assert answer.json() == {
        "ok": False,
        "checks": {"redis": {"ok": False, "detail": "ConnectionError", "value": None}},
    }


@pytest.fixture
def database_away(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """The database refuses connections: its address leads nowhere."""
    connection.close()
    kept, connection.settings_dict = connection.settings_dict, {**connection.settings_dict, "PORT": str(ports.free())}
    with django_db_blocker.unblock():
        yield
    connection.close()
    connection.settings_dict = kept


@pytest.mark.parametrize("cookie", ["", "0123456789abcdefghij0123456789ab"])
def test_without_its_database_the_answer_is_503_in_json_whoever_asks(
    client: Client, database_away: None, cookie: str
) -> None:
    client.raise_request_exception = False
    client.cookies[settings.SESSION_COOKIE_NAME] = cookie
    answer = client.get("/healthz", headers={"accept": "application/json"})
    assert (answer.status_code, answer["Content-Type"]) == (503, "application/json")
    found = answer.json()["checks"]
    assert (found["database"]["ok"], found["database"]["detail"]) == (False, "OperationalError")
    assert found["redis"]["ok"] is True


@pytest.mark.parametrize(("language", "sentence"), [("zh-hans", "全部正常。"), ("en", "Everything works.")])
def test_people_get_a_page_in_their_language(client: Client, alive: None, language: str, sentence: str) -> None:
    answer = client.get("/healthz", headers={"accept": "text/html", "accept-language": language})
    assert answer.status_code == 200
    assert sentence in answer.content.decode()


def test_metrics_are_for_this_machine_and_for_the_token(client: Client, settings: object, db: None) -> None:
    settings.KAIXU_METRICS_TOKEN = "collector"
    assert client.get("/metrics").status_code == 200
    assert client.get("/metrics", REMOTE_ADDR="203.0.113.7").status_code == 404
    assert client.get("/metrics", headers={"x-forwarded-for": "203.0.113.7"}).status_code == 404
    token = {"authorization": "Bearer collector"}
    assert client.get("/metrics", REMOTE_ADDR="203.0.113.7", headers=token).status_code == 200
    wrong = {"authorization": "Bearer guess"}
    assert client.get("/metrics", REMOTE_ADDR="203.0.113.7", headers=wrong).status_code == 404


def test_every_answer_names_its_request(client: Client, alive: None) -> None:
    given = client.get("/healthz", headers={"x-request-id": "a1b2c3d4-e5f6"})
    assert given["X-Request-ID"] == "a1b2c3d4-e5f6"
    unlawful = client.get("/healthz", headers={"x-request-id": "<script>"})
    assert unlawful["X-Request-ID"] != "<script>"
    assert len(unlawful["X-Request-ID"]) == 36
