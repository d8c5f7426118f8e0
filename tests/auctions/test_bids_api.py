"""Bids over HTTP, as programs with a token send them."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from knox.models import AuthToken
from rest_framework.test import APIClient

from auctions.models import Bid, Proxy
from tests.factories import accounts
from tests.factories import auction_floor as make

pytestmark = pytest.mark.django_db
QUERIES = 5  # token, memberships, registration, the bid, the flush


class Program:
    """A program of a member, with a token; the sentences in English."""

    def __init__(self, membership=None):
        self.client = APIClient(headers={"accept-language": "en"})
        if membership is not None:
            _row, token = AuthToken.objects.create(membership.user)
            self.client.credentials(HTTP_AUTHORIZATION=f"Token {token}")

    def get(self, path, **query):
        return self.client.get(f"/api/v1/{path}", query)

    def post(self, path, body=None):
        return self.client.post(f"/api/v1/{path}", {} if body is None else body, format="json")


@pytest.fixture
def lot():
    return make.live_lot()


@pytest.fixture
def ada(lot):
    return Program(make.admitted(lot, paddle="1001")[1])


@pytest.fixture
def bob(lot):
    return Program(make.admitted(lot, paddle="2002")[1])


def refusal(answer):
    assert answer["Content-Type"] == "application/problem+json", answer.content
    problem = answer.json()
    assert problem["detail"]
    return answer.status_code, problem["code"], problem.get("minimum")


def test_a_bid_gets_a_receipt_and_a_repeat_the_same_one(lot, ada, bob):
    path = f"lots/{lot.number}/bids/"
    first = ada.post(path, {"amount": "100000.00", "key": "a1"})
    assert first.status_code == 201, first.content
    receipt, bid = first.json(), Bid.objects.get(lot=lot)
    assert receipt == {
        "lot": lot.number,
        "seq": 1,
        "paddle": "1001",
        "amount": "100000.00",
        "received_at": receipt["received_at"],
        "ends_at": receipt["ends_at"],
        "extended": False,
        "leading": True,
        "hash": bid.hash,
    }
    assert bob.post(path, {"amount": "105000", "key": "b1"}).json()["seq"] == 2
    again = ada.post(path, {"amount": "100000.00", "key": "a1"})
    assert (again.status_code, again.json(), again["Idempotent-Replayed"]) == (201, receipt, "true")
    assert "Idempotent-Replayed" not in first
    assert refusal(ada.post(path, {"amount": "110000", "key": "a1"}))[:2] == (422, "duplicate")
    listed = Program().get(path).json()
    assert listed["count"] == 2
    assert [(row["seq"], row["paddle"], row["amount"]) for row in listed["results"]] == [
        (2, "2002", "105000.00"), (1, "1001", "100000.00"),
    ]  # fmt: skip
    assert listed["results"][0]["previous_hash"] == listed["results"][1]["hash"] == receipt["hash"]
    mine = ada.get(f"{path}1/").json()
    assert (mine["hash"], mine["by_maximum"]) == (receipt["hash"], False)
    assert bob.get(f"{path}1/").status_code == 404


def test_a_refusal_says_why_and_what_the_lowest_possible_bid_is(lot, ada, bob):
    path = f"lots/{lot.number}/bids/"
    assert refusal(ada.post(path, {"amount": "99999.99", "key": "a"})) == (409, "below_min", "100000.00")
    assert refusal(ada.post(path, {"amount": "100000.01", "key": "a"})) == (409, "off_grid", "105000.00")
    assert refusal(ada.post(path, {"amount": "130000", "key": "a"})) == (409, "over_limit", "100000.00")
    assert ada.post(path, {"amount": "100000", "key": "a"}).status_code == 201
    assert refusal(ada.post(path, {"amount": "105000", "key": "b"})) == (409, "self_outbid", "105000.00")
    late = {"amount": "100000", "key": "b", "seen_seq": 0}
    assert refusal(bob.post(path, late)) == (409, "stale", "105000.00")
    outsider = Program(accounts.member("bidder"))
    assert refusal(outsider.post(path, {"amount": "105000", "key": "c"})) == (403, "not_admitted", None)
    assert Program().post(path, {"amount": "105000", "key": "c"}).status_code == 401
    assert outsider.post("lots/JSPA-0000-0000-0/bids/", {"amount": "1", "key": "c"}).status_code == 404


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"key": "k"}, "amount"),
        ({"amount": "100000"}, "key"),
        ({"amount": None, "key": "k"}, "amount"),
        ({"amount": "", "key": "k"}, "amount"),
        ({"amount": "1e5", "key": "k"}, "amount"),
        ({"amount": "-1", "key": "k"}, "amount"),
        ({"amount": "0", "key": "k"}, "amount"),
        ({"amount": "100000.001", "key": "k"}, "amount"),
        ({"amount": "9" * 25, "key": "k"}, "amount"),
        ({"amount": True, "key": "k"}, "amount"),
        ({"amount": 100000.5, "key": "k"}, "amount"),
        ({"amount": ["100000"], "key": "k"}, "amount"),
        ({"amount": "100000", "key": ""}, "key"),
        ({"amount": "100000", "key": "k" * 65}, "key"),
        ({"amount": "100000", "key": "a b"}, "key"),
        ({"amount": "100000", "key": "钥匙"}, "key"),
        ({"amount": "100000", "key": {"a": 1}}, "key"),
        ({"amount": "100000", "key": "k", "seen_seq": -1}, "seen_seq"),
        ({"amount": "100000", "key": "k", "seen_seq": 2**31}, "seen_seq"),
        ({"amount": "100000", "key": "k", "paddle": "1001"}, "paddle"),
        (["100000", "k"], None),
    ],
)
def test_what_is_no_bid_is_refused_beside_its_field(lot, ada, body, field):
    answer = ada.post(f"lots/{lot.number}/bids/", body)
    assert answer.status_code == 400, answer.content
    if field:
        assert field in {error["field"] for error in answer.json()["errors"]}
    assert not Bid.objects.exists()


def test_a_maximum_bids_at_once_and_is_read_by_nobody(lot, ada, bob):
    path = f"lots/{lot.number}/maximum/"
    given = {"maximum": "125000.00", "binds": True, "key": "m1"}
    assert ada.post(path, given | {"binds": False}).status_code == 400
    assert refusal(ada.post(path, given | {"maximum": "90000"}))[1:] == ("below_min", "100000.00")
    assert ada.post(path, given).json() == {"has_maximum": True, "leading": True}
    answer = bob.post(f"lots/{lot.number}/bids/", {"amount": "105000", "key": "b1"})
    assert (answer.status_code, answer.json()["leading"]) == (201, False)
    own, foreign = ada.get(f"lots/{lot.number}/live/"), bob.get(f"lots/{lot.number}/live/")
    assert own.json()["own"] == {
        "paddle": "1001",
        "leading": True,
        "highest": "110000.00",
        "bids": 2,
        "next_amount": None,
        "has_maximum": True,
    }
    assert (foreign.json()["own"]["next_amount"], foreign.json()["own"]["has_maximum"]) == ("115000.00", False)
    assert all(b"125000" not in answer.content and b"12500000" not in answer.content for answer in (own, foreign))
    assert ada.get(path).status_code == 405
    assert ada.client.delete(f"/api/v1/{path}").status_code == 204
    assert not Proxy.objects.get().is_active


@pytest.mark.django_db(transaction=True)
def test_a_bid_takes_five_queries(lot, ada, bob):
    path = f"lots/{lot.number}/bids/"
    assert ada.post(path, {"amount": "100000", "key": "warm"}).status_code == 201
    with CaptureQueriesContext(connection) as asked:
        assert bob.post(path, {"amount": "105000", "key": "b"}).status_code == 201
    assert len(asked) == QUERIES, "\n".join(query["sql"][:160] for query in asked)


def test_nobody_learns_from_the_api_who_stands_behind_a_paddle(lot, bob, settings):
    settings.KAIXU_SECOND_FACTOR_REQUIRED = False
    member = make.admitted(lot, paddle="1001")[1]
    ada = Program(member)
    assert ada.post(f"lots/{lot.number}/maximum/", {"maximum": "150000", "binds": True, "key": "m"}).status_code == 201
    bob.post(f"lots/{lot.number}/bids/", {"amount": "105000", "key": "b"})
    own = ada.get("auction-registrations/").json()["results"][0]
    firm = member.organization
    secrets = [firm.name, firm.public_id, member.user.email, own["obligation"] or firm.uscc]
    seller = Program(accounts.member("owner", organization=lot.seller))
    parts = ["", "live/", "bids/", "bids/1/", "documents/", "questions/", "release/", "record/", "registrations/"]
    paths = [f"lots/{lot.number}/{part}" for part in parts] + ["auction-registrations/", "auction-sales/", "events/"]
    paths += [f"auction-registrations/{own['id']}/"]
    for reader in (bob, seller, Program(accounts.officer()), Program()):
        for path in paths:
            told = reader.get(path, subject=lot.number) if path == "events/" else reader.get(path)
            assert all(secret not in told.content.decode() for secret in secrets), path
    assert b"1001" in Program().get(f"lots/{lot.number}/bids/").content
