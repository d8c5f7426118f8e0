"""Contracts and milestones over HTTP: the same acts as on the pages, by the same sides."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from rest_framework.test import APIClient

from challenges.models import Award
from foundation.core import clock
from tests.factories import accounts
from tests.factories import challenge_work as work
from tests.factories import challenges as make
from tests.journeys.cast import paper

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def no_second_factor(settings):
    settings.KAIXU_SECOND_FACTOR_REQUIRED = False


def caller(member):
    client = APIClient(headers={"accept-language": "en"})
    client.force_login(member.user)
    return client


def sent(client, path, status=201, kind="json", **body):
    answer = client.post(f"/api/v1/challenge-contracts/{path}", body, format=kind)
    assert answer.status_code == status, answer.content
    return answer.json()


def test_a_contract_is_agreed_signed_worked_on_and_paid_over_http():
    owner, solver = accounts.member("owner"), accounts.patentee()
    challenge = work.awarded(make.Cast(), owner, [solver, accounts.patentee()])
    number, (firm, team, stranger) = (
        challenge.awards.get().number,
        [caller(one) for one in (owner, solver, accounts.patentee())],
    )
    with clock.at(challenge.closes_at + 8 * make.DAY):
        (row,) = firm.get("/api/v1/challenge-contracts/").json()["results"]
        assert (row["number"], row["amount"], row["state"]) == (number, "5000000.00", "contracting")
        shown = team.get(f"/api/v1/challenge-contracts/{number}/").json()
        assert stranger.get(f"/api/v1/challenge-contracts/{number}/").status_code == 404
        assert stranger.get("/api/v1/challenge-contracts/").json()["results"] == []
        plan = [{"months": 2, "deliverable": "样机", "amount": "1500000.00"},
                {"months": 6, "deliverable": "终验", "amount": "3500000.00"}]  # fmt: skip
        pinned = shown["to_sign"]["sha256"]
        short = {"sha256": pinned, "milestones": plan[:1]}
        assert "¥5,000,000.00" in sent(team, f"{number}/texts/", 400, **short)["errors"][0]["detail"]
        changed = sent(team, f"{number}/texts/", **{"sha256": pinned, "work": "两步走", "milestones": plan})
        pinned = changed["to_sign"]["sha256"]
        assert changed["to_sign"]["facts"]["terms"]["work"] == "两步走"
        sent(firm, f"{number}/signatures/", sha256=pinned, may_sign=True)
        running = sent(team, f"{number}/signatures/", sha256=pinned, may_sign=True)
        assert (running["state"], running["milestones"][0]["state"]) == ("running", "due")
        sent(firm, f"{number}/milestones/1/deliverables/", 403, "multipart", text="报告")
        file = SimpleUploadedFile("report.png", paper())
        handed = sent(team, f"{number}/milestones/1/deliverables/", kind="multipart", text="报告", files=[file])
        assert len(handed["deliverables"][0]["files"]) == 1
        sent(firm, f"{number}/milestones/1/acceptances/")
        indicator = challenge.indicators.first().pk
        measured = [{"indicator": indicator, "value": "41", "is_met": True}]
        done = sent(firm, f"{number}/milestones/1/decisions/", outcome="accepted", reason="已测", measurements=measured)
        assert done["state"] == "accepted"
        assert done["deliverables"][0]["acceptance"]["measurements"][0]["value"] == "41"
        assert "until" not in sent(firm, f"{number}/milestones/2/failures/", 409, reason="未提交")
        sent(team, f"{number}/end-requests/", reason="设备停产")
        assert sent(firm, f"{number}/endings/", reason="双方同意")["state"] == "terminated"
    assert Award.objects.get().end_asked_reason == "设备停产"
