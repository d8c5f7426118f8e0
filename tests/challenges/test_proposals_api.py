"""Proposals over HTTP: the team's own until the opening, and nothing that is said stays behind in the clear."""

import base64

import pytest
from rest_framework.test import APIClient

from challenges import sealing, texts
from challenges.models import Proposal
from challenges.services import opening, publishing
from foundation.core import clock
from tests.challenges.test_sealed_proposals import everything_stored
from tests.factories import accounts
from tests.factories import challenges as make
from tests.journeys.cast import paper
from tests.patents.portfolio import upload
from tests.settlement.calling import API, Caller, refused, wrong_fields

pytestmark = pytest.mark.django_db
SAID = "canary-91c4-低温电解液"
CONTENT = {
    "members": [{"name": "沈岚", "unit": "江海理工大学", "consent": True}],
    "solution": SAID,
    "promises": [{"indicator": 1, "text": "40 分钟"}],
    "plan": "小试、中试。",
    "price": "4000000.00",
    "milestones": [{"months": 3, "deliverable": "样品", "amount": "4000000.00"}],
    "conflicts": "无",
    "patents": ["ZL202310123456.6"],
}


@pytest.fixture(autouse=True)
def no_second_factor(settings):
    settings.KAIXU_SECOND_FACTOR_REQUIRED = False


def test_a_team_writes_submits_replaces_and_withdraws_and_nothing_it_said_is_stored():
    cast, solver = make.Cast(), accounts.patentee()
    challenge, me = make.published(cast, accounts.member("owner")), Caller(solver)
    begun = me.done(f"challenges/{challenge.number}/proposals/")
    path = f"challenge-proposals/{begun['key']}/"

    def save(body):
        return me.client.patch(f"{API}{path}draft/", body, format="json", headers={"Idempotency-Key": "k"})

    assert refused(me.post(f"challenges/{challenge.number}/proposals/"))[1] == "already_proposed"
    assert wrong_fields(save({"version": 0, "patents": ["no number"]})) == {"patents.0"}
    saved = save({"version": 0, "plan": "x"}).json()["draft"]
    assert saved["version"] == 1 and {row["field"] for row in saved["missing"]} >= {"members", "solution", "price"}
    assert refused(save({"version": 0, "plan": "y"})) == (409, "draft_stale")
    draft = save({"version": 1, **CONTENT}).json()["draft"]
    assert (draft["content"], [row["field"] for row in draft["missing"]]) == (CONTENT, ["files"])
    signed = {"upload": upload(paper(), "signed.png"), "is_consent": True}
    draft = me.client.post(f"{API}{path}files/", signed, format="multipart").json()["draft"]
    assert (draft["missing"], [one["is_consent"] for one in draft["files"]]) == ([], [True])
    sent = {"upload": upload(paper(), "p.png")}
    files = me.client.post(f"{API}{path}files/", sent, format="multipart").json()["draft"]["files"]
    assert me.client.delete(f"{API}{path}files/{files[1]['key']}/").status_code == 204

    body = {"commitment_sha256": texts.sha256_of(cast.season, texts.COMMITMENT), "may_sign": True}
    assert wrong_fields(me.post(f"{path}submissions/", body | {"may_sign": False})) == {"may_sign"}
    assert refused(me.post(f"{path}submissions/", body | {"commitment_sha256": "0" * 64}))[1] == "text_changed"
    answer = me.post(f"{path}submissions/", body, key="once")
    done = answer.json()
    assert answer.status_code == 201 and "no-store" in answer["Cache-Control"]
    stored = everything_stored()
    assert [one for one in (SAID, SAID.encode().hex(), done["receipt"], "ZL2023101") if one in stored] == []
    again = me.done(f"{path}submissions/", body | {"receipt": done["receipt"]})
    assert again == done and me.get(path).json()["sealed"] == {
        name: done[name] for name in ("version", "ciphertext_sha256", "sealed_at")
    }
    assert refused(me.post(f"{path}submissions/", body | {"receipt": sealing.new_receipt()}))[0] == 409

    assert wrong_fields(me.post(f"{path}rereadings/", {"receipt": sealing.new_receipt()})) == {"receipt"}
    assert Caller(accounts.patentee()).post(f"{path}rereadings/", {"receipt": done["receipt"]}).status_code == 404
    read = me.post(f"{path}rereadings/", {"receipt": done["receipt"]})
    assert read.status_code == 200 and "no-store" in read["Cache-Control"] and read.json()["content"] == CONTENT
    assert [(one["name"], one["is_consent"]) for one in read.json()["files"]] == [("signed.png", True)]
    assert base64.b64decode(read.json()["files"][0]["base64"]) == paper()
    assert [one for one in (SAID, done["receipt"]) if one in everything_stored()] == []
    assert wrong_fields(me.post(f"{path}replacements/", {"receipt": sealing.new_receipt()})) == {"receipt"}
    back = me.done(f"{path}replacements/", {"receipt": done["receipt"]})
    assert (back["state"], back["draft"]["content"]) == ("draft", CONTENT)
    assert me.done(f"{path}withdrawals/")["state"] == "withdrawn"
    assert done["receipt"] not in everything_stored()


def test_before_the_opening_it_exists_for_its_team_alone_and_afterwards_for_its_readers():
    cast, owner, solver = make.Cast(), accounts.member("owner"), accounts.patentee()
    challenge = make.published(cast, owner)
    proposal = make.submitted(challenge, solver, solution=SAID).proposal
    others = {
        "officer": cast.officer, "auditor": cast.auditor, "finance": cast.finance, "firm": owner,
        "rival": accounts.patentee(), "expert": accounts.member("expert"),
    }  # fmt: skip
    path = f"challenge-proposals/{proposal.key}/"
    assert [row["key"] for row in Caller(solver).rows("challenge-proposals/")] == [proposal.key]
    assert {name for name, one in others.items() if Caller(one).get(path).status_code != 404} == set()
    assert [one for one in others.values() if Caller(one).rows("challenge-proposals/")] == []
    assert APIClient().get(f"{API}{path}").status_code == 401
    with clock.at(challenge.closes_at):
        publishing.close_due(challenge=challenge)
        half = {"challenge": challenge, "share": cast.shares["officer"], "passphrase": make.PASSPHRASE}
        opening.hand_in(actor=cast.officer, **half)
        assert Caller(cast.officer).rows("challenge-proposals/") == []
        opening.hand_in(actor=cast.auditor, **half | {"share": cast.shares["supervisor"]})
    path = f"challenge-proposals/{Proposal.objects.get().number}/"
    read = {name: Caller(one).get(path) for name, one in others.items()}
    assert {name for name, one in read.items() if one.status_code == 200} == {"officer", "auditor", "firm"}
    shown = read["firm"].json()
    assert (shown["opened"]["content"]["solution"], shown["sealed"], shown["draft"]) == (SAID, None, None)
    assert len(Caller(owner).rows("challenge-proposals/", challenge=challenge.number)) == 1
    assert Caller(owner).post(f"{path}withdrawals/").status_code == 404
