"""Saved searches over the API."""

import pytest

from tests.factories import accounts as cast
from tests.factories.notifications import KIND, search_kind

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def kind():
    with search_kind() as key:
        yield key


@pytest.fixture
def reader():
    return cast.member("licensing_user", user=cast.UserFactory(language="en", name="Reader")).user


def test_saved_searches_over_the_api(client, reader):
    client.force_login(reader)
    base = "/api/v1/saved-searches/"
    body = {"kind": KIND, "query": "q=石墨烯", "frequency": "weekly"}
    made = client.post(base, body, content_type="application/json", headers={"Idempotency-Key": "k"})
    assert made.status_code == 201
    assert client.get(base).json()["results"] == [made.json()]
    one = f"{base}{made.json()['id']}/"
    assert client.patch(one, {"frequency": "daily"}, content_type="application/json").json()["frequency"] == "daily"
    assert client.patch(one, {"user": 1}, content_type="application/json").status_code == 400
    wrong = client.post(base, {"kind": "no.kind"}, content_type="application/json")
    assert (wrong.status_code, wrong.json()["errors"][0]["field"]) == (400, "kind")
    client.force_login(cast.UserFactory())
    assert client.get(one).status_code == 404
    client.force_login(reader)
    assert client.delete(one).status_code == 204
    assert client.get(one).status_code == 404
