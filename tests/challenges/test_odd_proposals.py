"""Whatever one team hands in, every proposal is opened; and an opening that found nothing is followed by another."""

import json
from datetime import timedelta

import pytest

from challenges import opened_content, texts
from challenges.models import Member, OpenedProposal, Proposal
from challenges.presentation import openings as shown
from challenges.services import opening, proposal_drafts, proposing, publishing
from foundation.core import clock
from foundation.core.clock import local_date
from foundation.documents.models import File
from foundation.documents.services import LONGEST_NAME
from tests.factories import accounts
from tests.factories import challenges as make
from tests.faults import corpus
from tests.journeys.cast import paper

pytestmark = pytest.mark.django_db
NAMES = ["()", "().png", "#", "(.)", ".", "..", " ", "", "长" * 300, "a" * 300, "a/b", "\ud800.png", "南京大学.pdf"]
NAMES += [*corpus.ODD_TEXT.values(), *corpus.NOTHING.values()]
WRONG = [{"members": "x"}, {"members": [{"name": "长" * 999, "unit": None}, 7]}, {"price_fen": 10**30},
         {"price_fen": "1"}, {"patents": ["", None, "ZLABC"]}, {"patents": 5}, {"solution": "a\x00b"},
         {"plan": float("nan")},
         {"files": [{"name": "#", "base64": "?"}, {}, 3]}, {"members": []}]  # fmt: skip


@pytest.fixture
def cast():
    return make.Cast()


@pytest.fixture
def challenge(cast):
    return make.published(cast, accounts.member("owner"))


def begun(challenge, solver, **content):
    made = proposing.start(challenge=challenge, actor=solver)
    return proposal_drafts.save_draft(
        proposal=made, content=make.content(team=solver, **content), version=0, actor=solver
    )


def submit(proposal, solver):
    pinned = texts.sha256_of(proposal.challenge.season, texts.COMMITMENT)
    return proposing.submit(proposal=proposal, commitment_sha256=pinned, actor=solver)


def test_no_name_of_a_file_stops_the_opening(cast, challenge, monkeypatch):
    monkeypatch.setattr(proposal_drafts, "MOST_FILES", len(NAMES))
    monkeypatch.setattr(opened_content, "MOST_FILES", len(NAMES))
    solver, picture = accounts.patentee(), paper()
    proposal = begun(challenge, solver)
    for name in NAMES:
        proposal_drafts.keep_file(proposal, name, "image/png", picture)
    monkeypatch.setattr("challenges.services.proposal_checks.MOST_FILES", len(NAMES))
    submit(proposal, solver)
    with clock.at(challenge.closes_at):
        assert make.opened(cast, challenge).state == "reviewing"
    files = list(OpenedProposal.objects.get().files.all())
    assert len(files) == len(NAMES) and {one.content.read() for one in files} == {picture}
    assert all(0 < len(one.original_name) <= LONGEST_NAME and one.original_name.isprintable() for one in files)


def test_nothing_a_proposal_says_stops_the_opening(cast, challenge, monkeypatch):
    monkeypatch.setattr(proposing, "content_problems", lambda *_asked: {})  # as if a check had a hole
    for odd in WRONG:
        solver = accounts.patentee()
        submit(begun(challenge, solver, **odd), solver)
    plain = make.submitted(challenge, accounts.patentee()).proposal
    with clock.at(challenge.closes_at):
        assert make.opened(cast, challenge).state == "reviewing"
    assert set(Proposal.objects.values_list("state", flat=True)) == {"opened"}
    assert (
        OpenedProposal.objects.get(proposal=plain).content["solution"]
        == make.content(team=accounts.patentee())["solution"]
    )
    assert Member.objects.filter(name="长" * 100, unit="None").exists() and not File.objects.filter(sha256="").exists()


@pytest.mark.parametrize("text", [b"", b"[1]", b"\xff", b"[" * 100_000, b"null"])
def test_what_is_no_content_is_read_as_an_empty_one(text):
    assert opened_content.read(text) == {}
    assert opened_content.read(json.dumps({"plan": "a\x00\ud800b"}).encode()) == {"plan": "ab"}


def test_extended_after_no_proposal_came_it_is_opened_again(cast, challenge):
    owner = accounts.member("owner", organization=challenge.owner)
    with clock.at(challenge.closes_at):
        empty = make.opened(cast, challenge)
        last_day = local_date(challenge.closes_at) + timedelta(days=30)
        again = publishing.extend(challenge=empty, last_day=last_day, reason="再征集", actor=owner)
        assert (shown.record(again), shown.state(again)["tone"]) == (None, "info")  # not: all were opened
        make.submitted(again, accounts.patentee())
    with clock.at(again.closes_at):
        assert make.opened(cast, again).state == "reviewing"
    assert [one.proposals for one in challenge.openings.order_by("pk")] == [0, 1]


def test_copies_are_opened_one_after_the_other(cast, challenge, monkeypatch):
    for _team in range(3):
        make.submitted(challenge, accounts.patentee())
    acts = []
    read, kept = opened_content.read, opening._open
    monkeypatch.setattr(opened_content, "read", lambda text: acts.append("read") or read(text))
    monkeypatch.setattr(opening, "_open", lambda *of: acts.append("open") or kept(*of))
    with clock.at(challenge.closes_at):
        make.opened(cast, challenge)
    assert acts == ["read"] * 3 + ["read", "open"] * 3  # all can be read, before the first is written anywhere
