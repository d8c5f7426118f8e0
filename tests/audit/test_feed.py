from base64 import b64decode, b64encode
from contextlib import closing
from urllib.parse import parse_qs, urlsplit

import psycopg2
import pytest
from django.db import connection, transaction

from foundation import audit
from foundation.audit import feed
from foundation.audit.models import Event
from foundation.core import crypto
from foundation.core.refs import Ref
from tests.factories.lamps import KEEPER, STRANGER

COLUMNS = """
INSERT INTO audit_event (name, subject_kind, subject_id, subject_number, province, actor_role, data, visibility,
  party_ids, request_id, occurred_at, previous_hash, hash, xact)
VALUES ('trials.slow', 'trials.slow', 1, '', 'JS', '', '{}', 'public', '{}', '', now(), '', 'x', 0) RETURNING seq
"""


def happened(name, visibility="public", parties=()):
    return audit.record(
        name, subject=Ref("trials.lamp", 1, "L-1"), actor=KEEPER, visibility=visibility, parties=parties
    )


@pytest.fixture
def slow_transaction(transactional_db):
    """A second connection that has written an event and not yet committed."""
    with closing(psycopg2.connect(_dsn())) as other:
        yield other


def _dsn():
    parameters = connection.get_connection_params()
    wanted = {key: parameters[key] for key in ("dbname", "user", "password", "host", "port") if parameters.get(key)}
    return psycopg2.extensions.make_dsn(**wanted)


def read_all(position):
    """A reader of the feed: what is new after a position, and the position to go on from."""
    feed.place_events()
    rows = list(feed.since(position))
    return [event.name for event in rows], rows[-1].position if rows else position


def read_naively(seq):
    """The same by sequence number, without the relay."""
    rows = list(Event.objects.filter(seq__gt=seq).order_by("seq"))
    return [event.name for event in rows], rows[-1].seq if rows else seq


def _read_around_a_slow_writer(read, slow_transaction):
    with slow_transaction.cursor() as cursor:
        cursor.execute(COLUMNS)
    happened("trials.quick")
    first, mark = read(0)
    slow_transaction.commit()
    second, mark = read(mark)
    return first + second


def test_an_event_that_commits_late_is_not_missed(slow_transaction):
    seen = _read_around_a_slow_writer(read_all, slow_transaction)
    assert sorted(seen) == ["trials.quick", "trials.slow"]


def test_without_the_relay_the_late_event_is_lost(slow_transaction):
    assert _read_around_a_slow_writer(read_naively, slow_transaction) == ["trials.quick"]


@pytest.mark.django_db(transaction=True)
def test_positions_have_no_gaps_and_are_given_once():
    with transaction.atomic():
        happened("trials.a"), happened("trials.b")
        assert feed.place_events() == 0  # not before the commit
    assert feed.place_events() == 2
    happened("trials.c")
    assert (feed.place_events(), feed.place_events()) == (1, 0)
    assert [(event.name, event.position) for event in feed.since(0)] == [
        ("trials.a", 1), ("trials.b", 2), ("trials.c", 3),
    ]  # fmt: skip


@pytest.mark.django_db(transaction=True)
def test_the_feed_shows_visitors_public_events_only(client):
    happened("trials.open")
    happened("trials.ours", "parties", [KEEPER.organization_id])
    happened("trials.inside", "private")
    feed.place_events()
    assert [event.name for event in feed.since(0, STRANGER)] == ["trials.open"]
    assert [event.name for event in feed.since(0, KEEPER)] == ["trials.open", "trials.ours"]
    body = client.get("/api/v1/events/").json()
    assert [row["name"] for row in body["results"]] == ["trials.open"]
    row = body["results"][0]
    assert row["subject"] == {"kind": "trials.lamp", "id": 1, "number": "L-1"}
    assert not {"seq", "previous_hash", "actor_user_id", "actor_role", "party_ids", "request_id"} & set(row)


@pytest.mark.django_db(transaction=True)
def test_the_feed_goes_on_from_a_position_and_pages(client):
    for n in range(5):
        happened(f"trials.{n}")
    feed.place_events()
    first = client.get("/api/v1/events/").json()["results"][0]["position"]
    page = client.get(f"/api/v1/events/?since={first}&page_size=3").json()
    assert [row["name"] for row in page["results"]] == ["trials.1", "trials.2", "trials.3"]
    rest = client.get(page["next"]).json()
    assert [row["name"] for row in rest["results"]] == ["trials.4"]
    assert client.get(rest["previous"]).json()["results"] == page["results"]


@pytest.mark.django_db(transaction=True)
def test_no_position_and_no_cursor_tells_what_lies_between(client):
    """Whoever counts the places between two events counts what is sealed."""
    for n in range(3):
        happened(f"trials.{n}")
    feed.place_events()
    page = client.get("/api/v1/events/?page_size=1").json()
    cursor = parse_qs(urlsplit(page["next"]).query)["cursor"][0]
    told = [page["results"][0]["position"], *parse_qs(b64decode(cursor).decode())["p"]]
    assert [len(one) for one in told] == [32, 32] and {crypto.unveiled(one) for one in told} == {1}
    for guess in ("1", "2", "3"):  # nor can a place be tried out
        assert client.get(f"/api/v1/events/?since={guess}").status_code == 400
        raw = b64encode(f"p={guess}".encode()).decode()
        assert client.get("/api/v1/events/", {"cursor": raw}).status_code == 404


@pytest.mark.django_db
@pytest.mark.parametrize("since", ["-1", "x", "1.5", "١", "1", "9" * 400, "A" * 32, "", "0&since=0"])
def test_a_position_that_is_none_is_refused_beside_its_field(client, since):
    answer = client.get(f"/api/v1/events/?since={since}")
    assert (answer.status_code, answer["Content-Type"]) == (400, "application/problem+json")
    assert [error["field"] for error in answer.json()["errors"]] == ["since"]


@pytest.mark.django_db
@pytest.mark.parametrize("query", ["since=0", "page_size=-1", "page_size=x"])
def test_odd_but_harmless_positions_give_an_empty_page(client, query):
    answer = client.get(f"/api/v1/events/?{query}")
    assert (answer.status_code, answer.json()["results"]) == (200, [])


@pytest.mark.django_db
@pytest.mark.parametrize("cursor", ["x", "%00", "cD0lMDA=", "a" * 5000, "bz0xZTMwOQ=="])
def test_a_cursor_that_is_none_is_not_found(client, cursor):
    assert client.get(f"/api/v1/events/?cursor={cursor}").status_code in (200, 404)


@pytest.mark.django_db(transaction=True)
def test_the_timeline_of_one_thing_by_kind_and_id_or_by_number(client):
    early = audit.record("trials.lamp.bought", subject=Ref("trials.lamp", 7), actor=KEEPER, visibility="public")
    named = audit.record("trials.lamp.lit", subject=Ref("trials.lamp", 7, "L-7"), actor=KEEPER, visibility="public")
    audit.record("trials.lamp.sold", subject=Ref("trials.lamp", 7, "L-7"), actor=KEEPER, visibility="parties")
    happened("trials.lamp.other")
    feed.place_events()
    for subject in ("trials.lamp:7", "L-7", "l-7"):
        body = client.get("/api/v1/events/", {"subject": subject}).json()
        assert [event["hash"] for event in body["results"]] == [early.hash, named.hash], subject
    assert client.get("/api/v1/events/", {"subject": "trials.lamp:8"}).json()["results"] == []
    assert client.get("/api/v1/events/", {"subject": "L-99"}).json()["results"] == []


@pytest.mark.parametrize("query", ["subject=", "subject=a:b", "subject=L%00", "subject=L-1&subject=L", "subject=%27-"])
def test_a_subject_that_names_nothing_is_refused_in_words(client, db, query):
    answer = client.get(f"/api/v1/events/?{query}")
    assert (answer.status_code, answer.json()["code"]) == (400, "subject_invalid")
