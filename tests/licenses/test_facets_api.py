"""The facets over the API: the same question as the list, and counts that add up to it."""

import pytest

from tests.factories.licenses import published_declaration

pytestmark = pytest.mark.django_db
ADDRESS = "/api/v1/declarations/facets/"


@pytest.fixture
def market():
    """Two offers for a lump sum, one for free."""
    return [published_declaration(), published_declaration(), published_declaration(method="free")]


def options(body, name):
    (facet,) = [facet for facet in body["facets"] if facet["name"] == name]
    return {option["value"]: option["count"] for option in facet["options"] if option["count"]}


def test_visitors_get_the_facets_with_counts_and_labels(client, market):
    body = client.get(ADDRESS, headers={"accept-language": "en"}).json()
    assert (body["count"], options(body, "method")) == (3, {"lump_sum": 2, "free": 1})
    assert {facet["name"] for facet in body["facets"]} >= {"method", "basis", "kind", "holder_kind", "city", "life"}
    labels = {option["label"] for facet in body["facets"] for option in facet["options"]}
    assert "Lump sum" in labels


def test_a_facet_ignores_its_own_choice_and_obeys_the_others(client, market):
    body = client.get(ADDRESS, {"method": "free"}).json()
    assert (body["count"], options(body, "method")) == (1, {"lump_sum": 2, "free": 1})
    assert sum(options(body, "basis").values()) == 1
    listed = client.get("/api/v1/declarations/", {"method": "free"}).json()["results"]
    assert len(listed) == body["count"]


def test_a_question_without_an_answer_has_no_counts(client, market):
    body = client.get(ADDRESS, {"q": market[0].patent.number, "method": "free"}).json()
    assert body["count"] == 0
