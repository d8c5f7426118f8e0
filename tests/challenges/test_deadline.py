"""The deadline is the end of a day in Shanghai, by the database's clock; what is under way is decided by the lock."""

import threading
from datetime import timedelta
from functools import partial

import pytest
from django.db import connections

from challenges import texts
from challenges.models import Challenge, Proposal
from challenges.services import proposal_drafts, proposing, publishing, resubmitting
from foundation.core import clock, locking
from foundation.core.clock import LOCAL
from foundation.core.errors import StateChanged
from tests.concurrency.racing import Meanwhile, outcome_of
from tests.factories import accounts
from tests.factories import challenges as make

MS = timedelta(milliseconds=1)


@pytest.fixture
def challenge(db):
    return make.published(make.Cast(), accounts.member("owner"))


@pytest.fixture
def draft(challenge):
    solver = accounts.patentee()
    made = proposing.start(challenge=challenge, actor=solver)
    return proposal_drafts.save_draft(proposal=made, content=make.content(team=solver), version=0, actor=solver), solver


def submit(challenge, draft):
    proposal, solver = draft
    pinned = texts.sha256_of(challenge.season, texts.COMMITMENT)
    return proposing.submit(proposal=proposal, commitment_sha256=pinned, actor=solver)


def test_the_last_day_ends_at_midnight_in_shanghai(challenge):
    ends = challenge.closes_at.astimezone(LOCAL)
    assert (ends.hour, ends.minute, ends.second) == (0, 0, 0)
    assert ends.date() == challenge.deadline_date + timedelta(days=1)


def test_a_millisecond_before_it_is_taken(challenge, draft):
    with clock.at(challenge.closes_at - MS):
        assert submit(challenge, draft).proposal.state == "submitted"
        assert not publishing.close_due(challenge=challenge)


@pytest.mark.parametrize("late", [0 * MS, MS])
def test_at_midnight_and_after_it_is_not(challenge, draft, late):
    with clock.at(challenge.closes_at + late):
        with pytest.raises(proposing.DeadlinePassed):
            submit(challenge, draft)
        assert publishing.close_due(challenge=challenge)
    proposal = Proposal.objects.get(pk=draft[0].pk)
    assert (proposal.state, proposal.draft) == ("not_submitted", "")


def test_a_withdrawal_or_replacement_has_the_same_end(challenge, draft):
    with clock.at(challenge.closes_at - MS):
        proposal = submit(challenge, draft).proposal
    with clock.at(challenge.closes_at):
        for act in (resubmitting.withdraw, lambda **named: resubmitting.replace(receipt="", **named)):
            with pytest.raises(proposing.DeadlinePassed):
                act(proposal=proposal, actor=draft[1])


@pytest.mark.django_db(transaction=True)
def test_a_submission_on_its_way_at_the_deadline_is_decided_by_the_lock():
    """Twice the clock and a submission meet at the last moment: sealed and in time, or missed, never both."""
    cast = make.Cast()
    outcomes = set()
    for _n in range(2):
        challenge = make.published(cast, accounts.member("owner"))
        solver = accounts.patentee()
        made = proposing.start(challenge=challenge, actor=solver)
        draft = (
            proposal_drafts.save_draft(proposal=made, content=make.content(team=solver), version=0, actor=solver),
            solver,
        )
        barrier, said = threading.Barrier(2), []
        acts = (
            (challenge.closes_at - MS, partial(submit, challenge, draft)),
            (challenge.closes_at, partial(publishing.close_due, challenge=challenge)),
        )
        threads = [threading.Thread(target=_at, args=(barrier, said, *act)) for act in acts]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        state = Proposal.objects.get(pk=made.pk).state
        refused = [one for one in said if isinstance(one, Exception)]
        assert (state, bool(refused)) in {("submitted", False), ("not_submitted", True)}
        assert Challenge.objects.get(pk=challenge.pk).state == "closed_for_proposals"
        assert Proposal.objects.get(pk=made.pk).copies.count() == (state == "submitted")
        outcomes.add(state)
    assert outcomes <= {"submitted", "not_submitted"}


def closing_meets(monkeypatch):
    """A submission found the challenge open; the clock strikes before it has sealed anything. What each of them said,
    whether the clock was done meanwhile, and what became of the proposal."""
    challenge, solver = make.published(make.Cast(), accounts.member("owner")), accounts.patentee()
    made = proposing.start(challenge=challenge, actor=solver)
    made = proposal_drafts.save_draft(proposal=made, content=make.content(team=solver), version=0, actor=solver)

    def close():
        with clock.at(challenge.closes_at):
            return publishing.close_due(challenge=challenge)

    clock_strikes = Meanwhile(monkeypatch, proposing, "_sealed", close)
    with clock.at(challenge.closes_at - MS):
        said = outcome_of(partial(submit, challenge, (made, solver)))
    closed = clock_strikes.end()
    return said, closed, clock_strikes.was_inside, Proposal.objects.get(pk=made.pk).state


@pytest.mark.django_db(transaction=True)
def test_the_clock_waits_for_a_submission_that_was_in_time(monkeypatch):
    said, closed, was_inside, state = closing_meets(monkeypatch)
    assert isinstance(said, proposing.Submitted)
    assert (closed, was_inside, state) == (True, False, "submitted")


@pytest.mark.django_db(transaction=True)
def test_twin_without_locks_the_clock_takes_a_submission_that_was_in_time_away(monkeypatch):
    with locking.without_locks():
        said, closed, was_inside, state = closing_meets(monkeypatch)
    assert isinstance(said, StateChanged)
    assert (closed, was_inside, state) == (True, True, "not_submitted")


def _at(barrier, said, moment, act):
    try:
        with clock.at(moment):
            barrier.wait()
            said.append(act())
    except Exception as error:  # noqa: BLE001, what it says is compared
        said.append(error)
    finally:
        connections.close_all()
