"""Nothing that is counted up is told: neither to the administration nor to a team, which would know its rivals."""

import pytest

from challenges.models.proposal import new_key
from challenges.services import proposal_drafts, proposing
from foundation.audit import feed
from tests.factories import accounts
from tests.factories import challenges as make
from tests.journeys.cast import paper
from tests.patents.portfolio import upload

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast():
    return make.Cast()


@pytest.fixture
def challenge(cast):
    return make.published(cast, accounts.member("owner"))


def events(client, reader):
    client.force_login(reader.user)
    answer = client.get("/api/v1/events/?page_size=200").json()
    assert answer["next"] is None
    return answer["results"]


@pytest.mark.django_db(transaction=True)
def test_the_feed_numbers_nothing_that_is_sealed(client, cast, challenge):
    solver = accounts.patentee()
    make.submitted(challenge, solver)
    feed.place_events()
    numbers = {"seq", "previous_hash"}
    for reader in (cast.auditor, cast.officer, solver):
        rows = events(client, reader)
        assert rows and not any(numbers & set(row) or row["position"].isdigit() for row in rows)
    mine = [row["subject"] for row in rows if row["subject"]["kind"] == "challenges.proposal"]
    assert len(mine) == 2 and {one["id"] for one in mine} == {None}


def test_files_of_a_draft_are_not_counted(challenge):
    teams = accounts.patentee(), accounts.patentee()
    ours, theirs = ((proposing.start(challenge=challenge, actor=one), one) for one in teams)
    keys = [add(*ours), add(*theirs), add(*theirs), add(*ours)]
    assert len(set(keys)) == 4 and all(len(one) == len(new_key()) and not one.isdigit() for one in keys)
    proposal, solver = ours
    assert [one.key for one in proposal_drafts.files_of(proposal, solver)] == [keys[0], keys[3]]
    assert proposal_drafts.file_of(proposal, keys[1], solver) is None  # another team's
    proposal_drafts.remove_file(proposal=proposal, file=keys[0], actor=solver)
    assert [one.key for one in proposal_drafts.files_of(proposal, solver)] == [keys[3]]


def add(proposal, solver):
    return proposal_drafts.add_file(proposal=proposal, upload=upload(paper(), "p.png"), actor=solver).key
