"""Broken invariants and a late outbox are said aloud: in the metrics, and in red to those who must act."""

import pytest
from django.core.cache import cache
from django.test import Client

from foundation import audit
from foundation.audit import invariants
from foundation.core.actors import SYSTEM
from foundation.core.refs import Ref
from tests.factories.accounts import member

pytestmark = pytest.mark.django_db
BROKEN = invariants.Invariant("I4", "Debits equal credits.", "SELECT 1 AS id")


def figures(client):
    text = client.get("/metrics", REMOTE_ADDR="127.0.0.1").content.decode()
    lines = [line.rpartition(" ") for line in text.splitlines() if line.startswith("kaixu_")]
    return {name: value for name, _space, value in lines}


@pytest.fixture
def broken(monkeypatch):
    """One promise is broken, and the check has run."""
    monkeypatch.setattr(invariants, "everything", lambda: [BROKEN])
    assert invariants.check_and_note() == 1


def test_the_metrics_count_broken_invariants_by_name(client, broken):
    found = figures(client)
    assert (found["kaixu_invariants_broken"], found['kaixu_invariant_broken{id="I4"}']) == ("1.0", "1.0")


def test_nobody_has_checked_is_not_the_same_as_nothing_is_broken(client, monkeypatch):
    cache.delete(invariants.NOTE)
    assert figures(client)["kaixu_invariants_broken"] == "NaN"
    monkeypatch.setattr(invariants, "everything", list)
    invariants.check_and_note()
    assert figures(client)["kaixu_invariants_broken"] == "0.0"


def test_the_metrics_say_how_old_the_outbox_is_and_what_was_given_up(client):
    event = audit.record("tests.thing.happened", subject=Ref("tests.thing", 1), actor=SYSTEM)
    event.deliveries.create(subscriber="tests.late", next_try_at="2026-01-01T00:00Z")
    event.deliveries.create(subscriber="tests.dead", state="dead")
    found = figures(client)
    assert float(found["kaixu_outbox_oldest_seconds"]) > 86_400
    assert found["kaixu_outbox_dead"] == "1.0"


@pytest.mark.parametrize(
    ("role", "warned"),
    [("superuser", True), ("finance", True), ("auditor", True), ("provincial_officer", False), ("owner", False)],
)
def test_the_red_banner_stands_before_those_who_must_act(role, warned, broken, settings):
    settings.KAIXU_SECOND_FACTOR_REQUIRED = False
    client = Client(headers={"accept-language": "en"})
    client.force_login(member(role).user)
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    for address in ("/", "/my-work/"):
        html = client.get(address).content.decode()
        assert ("The data contradict themselves" in html and "Broken: I4." in html) == warned


def test_no_banner_while_all_is_well(client):
    cache.set(invariants.NOTE, [])
    client.force_login(member("finance").user)
    assert b"notice-danger" not in client.get("/").content


def test_visitors_see_no_banner(client, broken):
    assert b"notice-danger" not in client.get("/").content
