"""An objection in the last moment of a public notice, two colleagues who object at once; each with locks off too."""

from datetime import timedelta
from functools import partial

import pytest
from django.db import IntegrityError

from challenges.models import Challenge, SelectionObjection
from challenges.services import noticing, selecting
from foundation.core import clock, locking
from foundation.core.errors import NotPossibleNow
from foundation.core.money import Money
from tests.concurrency.racing import Meanwhile, outcome_of
from tests.factories import accounts, judging

pytestmark = pytest.mark.django_db(transaction=True)
MS = timedelta(milliseconds=1)
WRONG, MORE = "评分有误", "专家有利害关系"


@pytest.fixture
def made():
    """A selection under public notice, and a member of the team that was not chosen."""
    judged = judging.opened()
    with clock.at(judged.challenge.closes_at):
        judging.read(judged).scored(90, 60)
        best, second = judged.proposals
        selecting.give_feedback(proposal=second, text="成本偏高。", actor=judged.owner)
        said = {"reason": "", "actor": judged.owner}
        selecting.shortlist(challenge=judged.challenge, numbers=[best.number], **said)
        selecting.select(challenge=judged.fresh(), winners={best.number: Money(4_000_000_00)}, **said)
        noticing.give_notice(challenge=judged.fresh(), actor=judged.cast.officer)
    return judged.fresh(), judged.team_of(second)


def confirming_meets(monkeypatch, challenge, team):
    """An objection found the notice running; the clock strikes before it stands. What each of them said, whether the
    clock was done meanwhile, and what became of the challenge."""

    def confirm():
        with clock.at(challenge.notice_until_at):
            return noticing.confirm_due(challenge=challenge)

    clock_strikes = Meanwhile(monkeypatch, noticing, "_raised", confirm)
    with clock.at(challenge.notice_until_at - MS):
        said = outcome_of(partial(noticing.object_to, challenge=challenge, reason=WRONG, actor=team))
    confirmed = clock_strikes.end()
    assert isinstance(said, SelectionObjection)
    return confirmed, clock_strikes.was_inside, Challenge.objects.get(pk=challenge.pk).state


def test_the_clock_confirms_nothing_over_an_objection_that_was_in_time(monkeypatch, made):
    challenge, team = made
    assert confirming_meets(monkeypatch, challenge, team) == (False, False, "public_notice")
    with clock.at(challenge.notice_until_at):
        assert not noticing.confirm_due(challenge=challenge)  # nor later, while it is open


def test_twin_without_locks_the_awards_stand_over_an_objection_that_was_in_time(monkeypatch, made):
    with locking.without_locks():
        assert confirming_meets(monkeypatch, *made) == (True, True, "contracting")
    assert SelectionObjection.objects.get().decided_at is None


def test_whoever_objects_when_the_clock_confirmed_is_too_late(made):
    challenge, team = made
    with clock.at(challenge.notice_until_at):
        assert noticing.confirm_due(challenge=challenge)
        with pytest.raises(NotPossibleNow):
            noticing.object_to(challenge=challenge, reason=WRONG, actor=team)
    assert not SelectionObjection.objects.exists()


def colleagues_meet(monkeypatch, challenge, team):
    """Two members of one organization object; the second comes when the first found no objection of theirs."""
    colleague = accounts.member("owner", organization=team.organization)
    object_to = partial(noticing.object_to, challenge=challenge)
    other = Meanwhile(
        monkeypatch, SelectionObjection.objects, "create", partial(object_to, reason=MORE, actor=colleague)
    )
    mine = outcome_of(partial(object_to, reason=WRONG, actor=team))
    return mine, other.end(), other.was_inside


def test_two_colleagues_who_object_at_once_have_one_objection_with_both_reasons(monkeypatch, made):
    mine, theirs, was_inside = colleagues_meet(monkeypatch, *made)
    assert mine == theirs == SelectionObjection.objects.get() and not was_inside
    assert SelectionObjection.objects.get().reason == f"{WRONG}\n\n{MORE}"


def test_twin_without_locks_one_of_two_colleagues_is_turned_away_and_the_reason_is_lost(monkeypatch, made):
    with locking.without_locks():
        mine, theirs, was_inside = colleagues_meet(monkeypatch, *made)
    assert isinstance(mine, IntegrityError) and was_inside
    assert theirs == SelectionObjection.objects.get() and theirs.reason == MORE
