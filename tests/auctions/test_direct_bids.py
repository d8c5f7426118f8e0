"""The direct way of a bid answers as the ordinary one does, word for word; what is not plain it leaves to that."""

import json
import time

import pytest
from django.conf import settings
from django.test import Client, override_settings

from accounts.services.tokens import issue_token
from auctions.api import direct
from auctions.models import Bid, BidAttempt
from auctions.services import proxies
from foundation.audit import invariants, verifying
from foundation.core.money import Money
from tests.factories import auction_floor as make

pytestmark = pytest.mark.django_db(transaction=True)
ORDINARY = [name for name in settings.MIDDLEWARE if name != "auctions.api.direct.DirectBids"]
APART = 0.12  # seconds: more than ten refusals a second are refused without a trace
HEADERS = ("Content-Type", "Retry-After", "Idempotent-Replayed")
OWN = {"lot", "received_at", "ends_at", "hash"}  # of each lot and moment


@pytest.fixture
def decided(monkeypatch):
    """Whether the direct way answered each request itself."""
    told, answered = [], direct.answered

    def spy(*asked):
        told.append(answered(*asked))
        return told[-1]

    monkeypatch.setattr(direct, "answered", spy)
    return told


class Floor:
    """A lot with two bidders and a stranger, reached one way."""

    def __init__(self, middleware):
        self.middleware, self.lot = middleware, make.live_lot()
        members = [make.admitted(self.lot, paddle=paddle)[1] for paddle in ("1001", "2002")]
        staff = make.accounts.member("inventor", members[0].organization)
        strangers = [make.accounts.member("bidder"), staff]
        self.tokens = dict(zip(("ada", "bob", "eve", "idle"), map(self.token, members + strangers), strict=True))

    def token(self, member):
        return issue_token(user=member.user)[1]

    def send(self, who, body, language="en", **headers):
        token = self.tokens.get(who, "0" * 64)
        path = f"/api/v1/lots/{self.lot.number}/bids/"
        with override_settings(MIDDLEWARE=self.middleware):
            return Client(headers={"Authorization": f"Token {token}", "Accept-Language": language, **headers}).post(
                path, json.dumps(body) if isinstance(body, dict) else body, content_type="application/json"
            )


def seen(answer):
    assert int(answer["Content-Length"]) == len(answer.content)
    body = {name: value for name, value in answer.json().items() if name not in OWN}
    return answer.status_code, {name: answer.get(name) for name in HEADERS}, body


PLAIN, NOT_PLAIN = True, False
CASES = [
    ("ada", {"amount": "100000.00", "key": "a1"}, 201, PLAIN),
    ("ada", {"amount": "100000.00", "key": "a1"}, 201, PLAIN),
    ("ada", {"amount": "105000.00", "key": "a1"}, 422, PLAIN),
    ("ada", {"amount": "105000.00", "key": "a2"}, 409, PLAIN),
    ("bob", {"amount": "105000.00", "key": "b1", "seen_seq": 1}, 201, PLAIN),
    ("ada", {"amount": "105000.00", "key": "a3", "seen_seq": 1}, 409, PLAIN),
    ("ada", {"amount": "100000.00", "key": "a4"}, 409, PLAIN),
    ("ada", {"amount": "110001.00", "key": "a5"}, 409, PLAIN),
    ("ada", {"amount": "900000.00", "key": "a6"}, 409, PLAIN),
    ("ada", {"amount": "110000", "key": "a7"}, 201, NOT_PLAIN),
    ("eve", {"amount": "115000.00", "key": "e1"}, 403, NOT_PLAIN),
    ("idle", {"amount": "115000.00", "key": "i1"}, 403, NOT_PLAIN),
    ("nobody", {"amount": "115000.00", "key": "n1"}, 401, NOT_PLAIN),
    ("bob", {"amount": "-1.00", "key": "b2"}, 400, NOT_PLAIN),
    ("bob", {"amount": "115000.00", "key": "b3", "paddle": "1001"}, 400, NOT_PLAIN),
    ("bob", '{"amount": "115000.00", "key": "b4", "key": "b4"}', 400, NOT_PLAIN),
    ("bob", {"amount": "115000.00"}, 400, NOT_PLAIN),
]


def test_both_ways_answer_every_case_alike(decided):
    quick, slow = Floor(settings.MIDDLEWARE), Floor(ORDINARY)
    for who, body, status, plain in CASES:
        for language in ("zh-hans", "en") if status == 409 else ("en",):
            decided.clear()
            answer = quick.send(who, body, language)
            assert (answer.status_code, any(decided)) == (status, plain), (who, body, answer.content)
            assert seen(answer) == seen(slow.send(who, body, language)), (who, body)
            time.sleep(APART if status == 409 else 0)
    bids = Bid.objects.filter(lot=quick.lot).order_by("seq").values_list("amount_fen", flat=True)
    assert list(bids) == [100_000_00, 105_000_00, 110_000_00]
    attempts = BidAttempt.objects.order_by("pk").values_list("code", "minimum_fen")
    assert list(attempts.filter(lot=quick.lot)) == list(attempts.filter(lot=slow.lot)) != []
    assert invariants.check({"I5", "I6", "I7", "I8"}) == [] and verifying.first_broken_event() is None


def test_too_many_refusals_and_a_maximum_end_alike(decided):
    quick, slow = Floor(settings.MIDDLEWARE), Floor(ORDINARY)
    for floor in (quick, slow):
        told = [floor.send("ada", {"amount": "1.00", "key": f"r{n}"}).status_code for n in range(14)]
        assert set(told) <= {409, 429} and told[0] == 409
        registration = floor.lot.registrations.get(paddle="2002")
        actor = registration.organization.memberships.get()
        assert proxies.place_proxy(registration=registration, maximum=Money(150_000_00), key="m", actor=actor)
    decided.clear()
    body = {"amount": "105000.00", "key": "over"}
    answer = quick.send("ada", body)
    assert decided == [None]
    assert seen(answer) == seen(slow.send("ada", body))
    assert (answer.status_code, answer.json()["leading"]) == (201, False)


@pytest.mark.parametrize("more", [{"X-Organization": "x"}, {"Cookie": "a=b"}, {"Accept": "text/html"}])
def test_a_request_that_says_more_goes_the_ordinary_way(more, decided):
    floor = Floor(settings.MIDDLEWARE)
    floor.send("ada", {"amount": "100000.00", "key": "a1"}, **more)
    assert decided == []


def test_a_token_that_was_taken_back_bids_no_more(decided):
    floor = Floor(settings.MIDDLEWARE)
    assert floor.send("ada", {"amount": "100000.00", "key": "a1"}).status_code == 201
    floor.lot.registrations.get(paddle="2002").organization.memberships.update(is_active=False)
    assert floor.send("bob", {"amount": "105000.00", "key": "b1"}).status_code == 403
    user = floor.lot.registrations.get(paddle="1001").organization.memberships.order_by("pk").first().user
    user.auth_token_set.all().delete()
    assert floor.send("ada", {"amount": "110000.00", "key": "a2"}).status_code == 401
    assert decided[1:] == [None, None]
