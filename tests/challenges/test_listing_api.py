"""The list over HTTP: what everybody reads, and whose acts they are."""

import pytest
from rest_framework.test import APIClient

from challenges import texts
from foundation.core.money import Money
from tests.factories import accounts
from tests.factories import challenges as made
from tests.settlement.calling import Caller, refused, wrong_fields

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def no_second_factor(settings):
    settings.KAIXU_SECOND_FACTOR_REQUIRED = False


def visitor(path, **query):
    answer = APIClient(headers={"accept-language": "en"}).get(f"/api/v1/{path}", query)
    assert answer.status_code == 200, answer.content
    return answer.json()


def numbers(**query):
    return [row["number"] for row in visitor("challenges/", **query)["results"]]


def test_the_list_is_asked_by_its_words_and_counts_its_rows(django_assert_num_queries):
    cast, owner = made.Cast(), accounts.licensee()
    first, second = made.published(cast, owner), made.published(cast, owner, bounty=Money(80_000_00))
    hidden = made.approved(cast, owner)
    code = cast.season.code
    with django_assert_num_queries(2):  # count, rows
        shown = visitor("challenges/", season=code)
    assert (shown["count"], [row["number"] for row in shown["results"]]) == (2, [first.number, second.number])
    assert numbers(season=code, high="100000") == numbers(q=second.number) == [second.number]
    assert (
        numbers(ipc="H01M", order="dearest")
        == numbers(field="H", order="newest")[::-1]
        == [first.number, second.number]
    )
    assert numbers(state="completed") == numbers(stage="done") == numbers(ipc="B60L") == []
    one = visitor(f"challenges/{first.number}/")
    assert (one["bounty"], one["secured"], one["proposals"]) == ("5000000.00", "1500000.00", None)
    assert [row["share_bp"] for row in one["payments"]] == [2000, 4000, 4000]
    assert APIClient().get(f"/api/v1/challenges/{hidden.number}/").status_code == 404
    own = Caller(owner).rows("challenges/", mine="true")
    assert {row["state"] for row in own} == {"open", "approved"} and len(own) == 3
    assert visitor(f"challenge-seasons/{code}/")["challenges"] == 2


def test_a_team_asks_signs_and_the_firm_answers_extends_and_cancels():
    cast, owner, solver = made.Cast(), accounts.licensee(), accounts.patentee()
    challenge = made.published(cast, owner)
    me, firm, path = Caller(solver), Caller(owner), f"challenges/{challenge.number}/"
    asked = me.done(f"{path}questions/", {"text": "是否允许自加热？"})
    assert refused(firm.post(f"{path}questions/", {"text": "x"}))[0] == 403
    answered = firm.done(f"{path}questions/{asked['id']}/answers/", {"text": "允许。"})
    assert (answered["text"], answered["answer"]) == ("是否允许自加热？", "允许。")
    assert solver.organization.public_id not in str(visitor(f"{path}questions/"))

    sha256 = visitor(f"challenge-seasons/{cast.season.code}/")["nda_sha256"]
    assert sha256 == texts.sha256_of(cast.season, texts.NDA)
    sign = {"sha256": sha256, "may_sign": True}
    assert wrong_fields(me.post(f"{path}agreements/", sign | {"may_sign": False})) == {"may_sign"}
    assert refused(me.post(f"{path}agreements/", sign | {"sha256": "0" * 64}))[1] == "text_changed"
    assert me.done(f"{path}agreements/", sign)["sha256"] == sha256
    assert refused(firm.post(f"{path}agreements/", sign))[0] == 403

    later = (challenge.deadline_date + made.DAY).isoformat()
    assert wrong_fields(firm.post(f"{path}extensions/", {"last_day": later})) == {"reason"}
    assert refused(me.post(f"{path}extensions/", {"last_day": later, "reason": "x"}))[0] == 403
    assert firm.done(f"{path}extensions/", {"last_day": later, "reason": "假期。"})["deadline_date"] == later
    assert Caller(cast.officer).done(f"{path}cancellations/", {"reason": "重复。"})["state"] == "cancelled"
    assert visitor(path)["reason"] == "重复。"
