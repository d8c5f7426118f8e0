"""How much a team can lay up on the platform: a draft holds no file twice, and copies are counted."""

import pytest

from challenges import texts
from challenges.services import proposal_drafts, proposing, resubmitting
from foundation.core.clock import database_now
from tests.factories import accounts
from tests.factories import challenges as make
from tests.journeys.cast import paper
from tests.patents.portfolio import upload

pytestmark = pytest.mark.django_db


@pytest.fixture
def challenge():
    return make.published(make.Cast(), accounts.member("owner"))


def test_brought_back_twice_the_files_are_there_once(challenge):
    solver = accounts.patentee()
    made = proposing.start(challenge=challenge, actor=solver)
    proposal_drafts.save_draft(proposal=made, content=make.content(team=solver), version=0, actor=solver)
    proposal_drafts.add_file(proposal=made, upload=upload(paper(), "p.png"), actor=solver)
    pinned = texts.sha256_of(challenge.season, texts.COMMITMENT)
    done = proposing.submit(proposal=made, commitment_sha256=pinned, actor=solver)
    draft = resubmitting.replace(proposal=done.proposal, receipt=done.receipt, actor=solver)
    for _again in range(2):
        draft = resubmitting.restore(proposal=draft, receipt=done.receipt, actor=solver)
        assert [one.name for one in proposal_drafts.files_of(draft, solver)] == ["p.png"]


def test_a_team_submits_so_often_and_what_stands_then_stands(challenge, monkeypatch):
    monkeypatch.setattr(proposing, "MOST_COPIES", 2)
    solver = accounts.patentee()
    withdrawn = make.submitted(challenge, solver)
    resubmitting.withdraw(proposal=withdrawn.proposal, actor=solver)
    second = make.submitted(challenge, solver)
    with pytest.raises(proposing.TooManyCopies):
        resubmitting.replace(proposal=second.proposal, receipt="", actor=solver)
    second.proposal.refresh_from_db()
    assert second.proposal.state == "submitted"
    resubmitting.withdraw(proposal=second.proposal, actor=solver)
    with pytest.raises(proposing.TooManyCopies):
        proposing.start(challenge=challenge, actor=solver)
    assert make.submitted(challenge, accounts.patentee()).copy.version == 1  # nobody else is meant


def test_a_copy_is_sealed_at_the_moment_that_was_in_time(challenge, monkeypatch):
    moments = []

    def tell():
        moments.append(database_now())
        return moments[-1]

    monkeypatch.setattr(proposing, "database_now", tell)
    done = make.submitted(challenge, accounts.patentee())
    assert done.copy.sealed_at == done.proposal.submitted_at == moments[-1]
    assert len(moments) == 2  # one for the beginning, one for the submission
