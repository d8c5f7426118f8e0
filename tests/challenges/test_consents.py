"""Who belongs to another unit signs that they agree to be named; the paper is read by whom it is for."""

import pytest
from django.urls import reverse

from challenges import texts
from challenges.models import OpenedProposal
from challenges.services import proposal_checks, proposal_drafts, proposing, resubmitting
from foundation.core import clock
from foundation.core.errors import InvalidMany
from tests.challenges.walking import seen
from tests.factories import accounts, judging
from tests.factories import challenges as make

pytestmark = pytest.mark.django_db
ELSEWHERE = [{"name": "顾明", "unit": "江海大学", "consent": True}]


@pytest.mark.parametrize(
    ("unit", "missing"),
    [("江南测试大学", False), ("江南测试大学材料学院", False), ("Jiangnan  Test university", False),
                          ("江南大学", True), ("测试", True)],
)  # fmt: skip
def test_a_member_of_the_own_organization_signs_nothing(unit, missing):
    organization = accounts.UniversityFactory.build(name="江南测试大学", name_en="Jiangnan Test University")
    content = {"members": [{"name": "沈岚", "unit": unit, "consent": True}]}
    found = proposal_checks.consent_problems(organization, content, signed=False)
    assert bool(found) is missing and not proposal_checks.consent_problems(organization, content, signed=True)
    assert not missing or "沈岚" in found["files"]


def test_nothing_is_sealed_before_a_member_of_another_unit_signed_and_what_comes_back_is_signed():
    challenge, solver = make.published(make.Cast(), accounts.member("owner")), accounts.patentee()
    made = proposing.start(challenge=challenge, actor=solver)
    content = make.content(team=solver, members=ELSEWHERE)
    proposal_drafts.save_draft(proposal=made, content=content, version=0, actor=solver)
    pinned = texts.sha256_of(challenge.season, texts.COMMITMENT)
    with pytest.raises(InvalidMany) as refused:
        proposing.submit(proposal=made, commitment_sha256=pinned, actor=solver)
    assert "顾明" in refused.value.errors["files"] and not made.copies.exists()
    make.consented(made, solver)
    done = proposing.submit(proposal=made, commitment_sha256=pinned, actor=solver)
    back = resubmitting.replace(proposal=done.proposal, receipt=done.receipt, actor=solver)
    assert [one.is_consent for one in proposal_drafts.files_of(back, solver)] == [True]


def test_the_firm_and_the_administration_read_the_consents_and_experts_do_not(client, settings):
    settings.KAIXU_SECOND_FACTOR_REQUIRED = False
    judged = judging.opened(1)
    with clock.at(judged.challenge.closes_at):
        judging.read(judged)
        seat, expert = judged.seated()[0]
        proposal = judged.proposals[0]
        opened = OpenedProposal.objects.get(proposal=proposal)
        paper = opened.consents.get()
        assert not opened.files.exists()
        team = judged.team_of(proposal)
        for reader, status in ((team, 200), (judged.owner, 200), (judged.cast.officer, 200), (expert, 404)):
            client.force_login(reader.user)
            page = client.get(reverse("challenges:proposal_attachment", args=[proposal.number, paper.pk]))
            assert page.status_code == status, reader.role
            if status == 200:
                assert "signed consent of members" in seen(client, "proposal_detail", proposal.number)
        client.force_login(expert.user)
        assert f"{proposal.number}/files/" not in seen(client, "seat_score", seat.pk, proposal.number)
        assert client.get(reverse("challenges:seat_file", args=[seat.pk, proposal.number, 1])).status_code == 404
