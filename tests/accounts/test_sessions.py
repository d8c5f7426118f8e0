"""Sessions are Django's, read by a statement of our own."""

from datetime import timedelta

import pytest
from django.contrib.sessions.backends import db
from django.contrib.sessions.models import Session
from django.utils import timezone

from accounts.sessions import SessionStore
from tests.factories import accounts

pytestmark = pytest.mark.django_db


@pytest.fixture
def kept():
    """A session that Django's own store has written."""
    store = db.SessionStore()
    store["language"] = "en"
    store.create()
    return store.session_key


def test_a_session_of_djangos_store_is_read_and_written(kept, django_assert_num_queries):
    store = SessionStore(kept)
    with django_assert_num_queries(1):
        assert store["language"] == "en"
    store["language"] = "zh-hans"
    store.save()
    assert db.SessionStore(kept).load() == {"language": "zh-hans"}


@pytest.mark.parametrize("key", ["a" * 32, "unknown"])
def test_an_unknown_session_is_empty_and_gets_another_key(key):
    store = SessionStore(key)
    assert store.load() == {}
    assert store.session_key is None


def test_a_session_whose_time_is_over_is_empty(kept):
    Session.objects.update(expire_date=timezone.now() - timedelta(seconds=1))
    store = SessionStore(kept)
    assert store.load() == {} and store.session_key is None


def test_a_session_that_was_tampered_with_is_empty(kept):
    Session.objects.update(session_data="x" + Session.objects.get().session_data)
    assert SessionStore(kept).load() == {}


def test_who_signed_out_elsewhere_is_a_visitor_at_once(client):
    client.force_login(accounts.member("bidder").user)
    assert client.get("/work/").status_code == 200
    Session.objects.all().delete()
    assert client.get("/work/").status_code == 302
