"""The ranking and an expert's seats over HTTP."""

import pytest
from rest_framework.test import APIClient

from foundation.core import clock
from tests.factories import judging
from tests.settlement.calling import Caller, wrong_fields

pytestmark = pytest.mark.django_db


@pytest.fixture
def judged(settings):
    settings.KAIXU_SECOND_FACTOR_REQUIRED = False
    found = judging.opened()
    with clock.at(found.challenge.closes_at):
        yield judging.read(found)


def test_an_expert_scores_over_the_api_and_nobody_else_finds_the_seat(judged):
    (seat, actor), (_second, other), *_rest = judged.seated()
    expert, path = Caller(actor), f"challenge-seats/{seat.pk}/"
    first, second = judged.proposals
    assert [row["id"] for row in expert.rows("challenge-seats/")] == [seat.pk]
    assert [row["number"] for row in expert.get(path).json()["proposals"]] == [first.number, second.number]
    assert Caller(other).get(path).status_code == 404
    assert Caller(judged.owner).get(path).status_code == 403
    body = {"proposal": first.number, "scores": [{"position": n, "points": 80} for n in (1, 2, 3)]}
    assert expert.post(f"{path}scores/", body).status_code == 400  # a criterion is missing
    body["scores"].append({"position": 4, "points": 101})
    assert expert.post(f"{path}scores/", body).status_code == 400
    body["scores"][-1] = {"position": 5, "points": 80}
    assert wrong_fields(expert.post(f"{path}scores/", body)) == {"scores"}
    body["scores"][-1] = {"position": 4, "points": 70, "comment": "成本偏高"}
    states = [row["state"] for row in expert.done(f"{path}scores/", body)["proposals"]]
    assert states == ["done", "not_started"]
    assert expert.post(f"{path}scores/", body).status_code == 409


def test_the_ranking_is_public_only_from_the_public_notice_on(judged):
    judged.scored(60, 90)
    path = f"challenges/{judged.challenge.number}/ranking/"
    assert APIClient().get(f"/api/v1/{path}").status_code == 404
    assert Caller(judged.solvers[0]).get(path).status_code == 404
    shown = Caller(judged.owner).get(path).json()
    assert [(row["place"], row["result"]) for row in shown["ranking"]] == [(1, "90.00"), (2, "60.00")]
    assert {row["expert"] for row in shown["scores"]} == {"E1", "E2", "E3"}
