"""Seats that end late, nobody awarded, and objections that help whom they should."""

from datetime import timedelta

import pytest

from challenges import clock as due
from challenges.models import Seat
from challenges.services import noticing, panels, scores, seat_timers, seats, selecting
from foundation.audit.models import Event
from foundation.core import clock
from foundation.core.errors import Invalid, NotPossibleNow
from tests.factories import accounts, judging
from tests.factories import challenges as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def judged():
    """Two eligible proposals; nobody in the pool. Time stands at the deadline."""
    made = judging.opened(2)
    with clock.at(made.challenge.closes_at):
        yield judging.read(made)


def test_nobody_is_not_awarded_while_the_panel_is_at_work(judged):
    said = {"challenge": judged.challenge, "reason": "均未达到要求。", "actor": judged.owner}
    with pytest.raises(selecting.StillJudged):
        selecting.award_none(**said)
    judged.scored(90, 60)
    for one in judged.proposals:
        selecting.give_feedback(proposal=one, text="成本偏高。", actor=judged.owner)
    assert selecting.award_none(**said).state == "no_award"
    assert {one.state for one in judged.proposals} == {"rejected"}
    seat = judged.challenge.seats.first()
    assert panels.replace(judged.fresh(), seat, clock.database_now()) is None  # nobody is invited to a dead panel


def test_a_conflict_found_after_the_last_score_takes_the_scores_out_until_the_scoring_is_closed(judged):
    panel = judged.seated()
    for seat, actor in panel:
        for proposal, points in zip(judged.proposals, (80, 70), strict=True):
            judging.give(seat, actor, proposal, points)
    alias = panel[0][0].alias
    seats.recuse(seat=Seat.objects.get(pk=panel[0][0].pk), reason="亲属", actor=judged.cast.officer)
    assert not any(alias in given for given in scores.counted(judged.challenge).values())
    assert panel[0][0].scores.filter(handed_in_at__isnull=False).count() == 2 * judged.challenge.criteria.count()
    fourth = judged.challenge.seats.get(state="invited")
    actor = make.member_of(fourth.expert)
    seats.accept(seat=fourth, actor=actor)
    for proposal in judged.proposals:
        judging.give(fourth, actor, proposal, 75)
    scores.close_scoring(challenge=judged.challenge, actor=judged.cast.officer)
    with pytest.raises(NotPossibleNow):
        seats.recuse(seat=Seat.objects.get(pk=panel[1][0].pk), reason="亲属", actor=judged.cast.officer)


def test_who_does_not_score_in_time_is_reminded_once_and_replaced(judged):
    (first, expert), *_rest = judged.seated()
    judging.give(first, expert, judged.proposals[0], 80)
    by = first.score_by_at
    with clock.at(by - seat_timers.REMINDED_BEFORE - timedelta(milliseconds=1)):
        assert due.look() == 0
    with clock.at(by - seat_timers.REMINDED_BEFORE):
        assert (due.look(), due.look()) == (3, 0)
        assert not seat_timers.lapse_due(seat=first)
    assert Event.objects.filter(name="challenges.seat.reminded").count() == 3
    with clock.at(by):
        assert (due.look(), due.look()) == (3, 0)
    states = list(judged.challenge.seats.order_by("pk").values_list("state", flat=True))
    assert states == ["lapsed"] * 3 + ["invited"] * 2  # as many as there are reserves


def selected(judged, shortlisted=2):
    """The first is chosen, the others are rejected; under public notice."""
    numbers = [one.number for one in judged.proposals]
    for one in judged.proposals[1:]:
        selecting.give_feedback(proposal=one, text="成本偏高。", actor=judged.owner)
    selecting.shortlist(challenge=judged.challenge, numbers=numbers[:shortlisted], reason="", actor=judged.owner)
    winners = {numbers[0]: make.BOUNTY}
    selecting.select(challenge=judged.fresh(), winners=winners, reason="", actor=judged.owner)
    return noticing.give_notice(challenge=judged.fresh(), actor=judged.cast.officer)


@pytest.mark.parametrize("shortlisted", [2, 1], ids=["rejected at the selection", "rejected at the shortlist"])
def test_an_upheld_objection_brings_the_team_back_and_settles_the_others(judged, shortlisted):
    judged.scored(90, 60)
    challenge, team = selected(judged, shortlisted), judged.team_of(judged.proposals[1])
    mine = noticing.object_to(challenge=challenge, reason="评分有误", actor=team)
    other = noticing.object_to(challenge=challenge, reason="专家有利害关系", actor=accounts.patentee())
    noticing.decide_objection(objection=mine, upheld=True, answer="成立", actor=judged.cast.officer)
    assert {one.state for one in judged.proposals} == {"shortlisted"}
    other.refresh_from_db()
    assert other.decided_at is not None and other.upheld is None
    again = {judged.proposals[1].number: make.BOUNTY}
    selecting.give_feedback(proposal=judged.proposals[0], text="经复核。", actor=judged.owner)
    selecting.select(challenge=judged.fresh(), winners=again, reason="经复核", actor=judged.owner)
    assert noticing.give_notice(challenge=judged.fresh(), actor=judged.cast.officer).state == "public_notice"


def test_what_an_organization_adds_to_its_objection_is_kept(judged):
    judged.scored(90, 60)
    challenge, team = selected(judged), judged.team_of(judged.proposals[1])
    colleague = accounts.member("ip_manager", team.organization)
    mine = noticing.object_to(challenge=challenge, reason="评分有误", actor=team)
    for _twice in range(2):
        assert noticing.object_to(challenge=challenge, reason="还漏了一项", actor=colleague).pk == mine.pk
    mine.refresh_from_db()
    assert mine.reason == "评分有误\n\n还漏了一项"
    with pytest.raises(Invalid):
        noticing.object_to(challenge=challenge, reason="长" * 1990, actor=colleague)
