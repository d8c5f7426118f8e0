"""A panel without conflicts, scores hidden until the own ones are in, and a ranking anybody can repeat."""

import pytest

from challenges import drawing, scoring
from challenges.models import Conflict, Draw, Expert, Proposal, Seat
from challenges.queries import proposals as asked
from challenges.services import noticing, panels, scores, seats, selecting
from foundation.core import clock
from foundation.core.errors import InvalidMany, NotPossibleNow, NotVisible
from foundation.core.money import Money
from tests.factories import accounts
from tests.factories import challenges as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def scene():
    """Two opened, eligible proposals and a pool with everybody who must not be drawn."""
    cast = make.Cast()
    owner, solver, other = accounts.member("owner"), accounts.patentee(), accounts.patentee()
    challenge = make.published(cast, owner)
    Expert.objects.update(is_active=False)  # who gave the opinion
    make.submitted(challenge, solver, members=[{"name": "沈岚", "unit": "江海理工大学", "consent": True}])
    make.submitted(challenge, other, members=[{"name": "顾明", "unit": "江海大学", "consent": True}])
    with clock.at(challenge.closes_at):
        challenge = make.opened(cast, challenge)
        for proposal in challenge.proposals.all():
            panels.judge_eligibility(proposal=proposal, eligible=True, reason="", actor=cast.officer)
        yield cast, challenge, owner, solver


def bad_experts(challenge, owner, solver):
    """One of each kind that must not be drawn."""
    declared = make.expert()
    Conflict.objects.create(expert=declared, challenge=challenge, kind=Conflict.Kind.DECLARED)
    return {
        make.expert(unit=owner.organization, unit_name=owner.organization.name).pk: "unit",
        make.expert(unit=solver.organization, unit_name=solver.organization.name).pk: "unit",
        make.expert(unit=None, unit_name="江海理工大学").pk: "unit",
        make.expert(coauthors=["顾明"]).pk: "coauthor",
        make.expert(names=["沈岚"]).pk: "coauthor",
        declared.pk: "declared",
    }


def test_nobody_excluded_is_drawn_and_the_draw_is_repeated_from_its_seed(scene):
    cast, challenge, owner, solver = scene
    bad = bad_experts(challenge, owner, solver)
    good = {make.expert().pk for _n in range(6)}
    panels.draw_panel(challenge=challenge, actor=cast.officer)
    kept = Draw.objects.get(challenge=challenge)
    assert set(kept.eligible) == good and {int(pk): kind for pk, kind in kept.excluded.items()} == bad
    again = drawing.draw(kept.seed, dict.fromkeys(kept.eligible, True), size=3, reserves=2)
    assert kept.drawn == [*again.seats, *again.reserves]
    assert {seat.expert_id for seat in Seat.objects.filter(challenge=challenge)} == set(again.seats)


def test_too_small_a_pool_is_said(scene):
    cast, challenge, owner, solver = scene
    bad_experts(challenge, owner, solver)
    for _n in range(2):
        make.expert()
    with pytest.raises(panels.PoolTooSmall):
        panels.draw_panel(challenge=challenge, actor=cast.officer)


def test_who_declines_or_is_silent_is_replaced_by_the_reserves_in_their_order(scene):
    cast, challenge, _owner, _solver = scene
    for _n in range(6):
        make.expert()
    drawn = panels.draw_panel(challenge=challenge, actor=cast.officer).drawn
    first, second, _third = Seat.objects.filter(challenge=challenge).order_by("pk")
    seats.decline(seat=first, actor=make.member_of(first.expert), reason="出差")
    with clock.at(second.answer_by_at):
        assert panels.expire_due(seat=second)
    assert [seat.expert_id for seat in Seat.objects.filter(challenge=challenge).order_by("pk")] == drawn


def seated(cast, challenge):
    for _n in range(4):
        make.expert()
    panels.draw_panel(challenge=challenge, actor=cast.officer)
    found = []
    for seat in Seat.objects.filter(challenge=challenge).order_by("pk"):
        actor = make.member_of(seat.expert)
        found.append((seats.accept(seat=seat, actor=actor), actor))
    return found


def give(seat, actor, proposal, points):
    given = {one.pk: (points, "") for one in proposal.challenge.criteria.all()}
    scores.save(seat=seat, proposal=proposal, given=given, actor=actor)
    scores.hand_in(seat=seat, proposal=proposal, actor=actor)


def test_scores_of_others_are_hidden_until_the_own_ones_are_in(scene):
    cast, challenge, owner, _solver = scene
    (first, one), (second, two), _third = seated(cast, challenge)
    proposal = challenge.proposals.first()
    give(first, one, proposal, 80)
    assert not asked.scores_visible_to(two, proposal).exists()
    assert not asked.scores_visible_to(owner, proposal).exists()
    assert not asked.scores_visible_to(cast.officer, proposal).exists()
    give(second, two, proposal, 60)
    assert {row.seat_id for row in asked.scores_visible_to(two, proposal)} == {first.pk, second.pk}


def test_handed_in_is_handed_in_and_a_missing_point_is_said(scene):
    cast, challenge, _owner, _solver = scene
    (seat, actor), *_rest = seated(cast, challenge)
    proposal = challenge.proposals.first()
    with pytest.raises(InvalidMany):
        scores.hand_in(seat=seat, proposal=proposal, actor=actor)
    with pytest.raises(InvalidMany):
        scores.save(seat=seat, proposal=proposal, given={challenge.criteria.first().pk: (101, "")}, actor=actor)
    give(seat, actor, proposal, 70)
    with pytest.raises(NotPossibleNow):
        scores.save(seat=seat, proposal=proposal, given={challenge.criteria.first().pk: (1, "")}, actor=actor)


def test_a_conflicted_expert_sees_nothing_not_even_that_it_exists(scene):
    cast, challenge, _owner, _solver = scene
    (seat, actor), *_rest = seated(cast, challenge)
    first, second = challenge.proposals.order_by("pk")
    Conflict.objects.create(expert=seat.expert, challenge=challenge, proposal=first, kind=Conflict.Kind.DECLARED)
    assert set(asked.visible_to(actor)) == {second}
    with pytest.raises(NotVisible):
        scores.save(seat=seat, proposal=first, given={}, actor=actor)
    seats.recuse(seat=seat, reason="合作项目", actor=actor, proposal=first)
    assert set(asked.visible_to(actor)) == set()
    assert Seat.objects.filter(challenge=challenge).count() == 4  # a reserve is asked


def test_the_ranking_follows_from_the_published_scores(scene):
    cast, challenge, owner, _solver = scene
    first, second = challenge.proposals.order_by("number")
    for n, (seat, actor) in enumerate(seated(cast, challenge)):
        give(seat, actor, first, 60 + n)
        give(seat, actor, second, 90 - n)
    ranked = scores.close_scoring(challenge=challenge, actor=cast.officer)
    assert [(one.proposal, one.shown, one.place) for one in ranked] == [
        (second.number, "89.00", 1), (first.number, "61.00", 2),
    ]  # fmt: skip
    assert ranked == scoring.ranking(scores.counted(challenge), scores.weights(challenge))
    with pytest.raises(selecting.NotFromRanking):
        selecting.shortlist(challenge=challenge, numbers=[first.number], reason="", actor=owner)
    with pytest.raises(selecting.FeedbackMissing):
        selecting.shortlist(challenge=challenge, numbers=[second.number], reason="", actor=owner)


def test_an_upheld_objection_sets_the_selection_aside(scene):
    cast, challenge, owner, solver = scene
    first, second = challenge.proposals.order_by("number")
    for seat, actor in seated(cast, challenge):
        give(seat, actor, first, 80)
        give(seat, actor, second, 70)
    scores.close_scoring(challenge=challenge, actor=cast.officer)
    both = [first.number, second.number]
    selecting.shortlist(challenge=challenge, numbers=both, reason="", actor=owner)
    chosen = {"challenge": challenge, "winners": {first.number: Money(1_000_00)}, "reserves": [second.number]}
    selecting.select(**chosen, reason="", actor=owner)
    noticed = noticing.give_notice(challenge=challenge, actor=cast.officer)
    objection = noticing.object_to(challenge=noticed, reason="专家有利害关系", actor=solver)
    with clock.at(noticed.notice_until_at):
        assert not noticing.confirm_due(challenge=noticed)  # an objection is open
        noticing.decide_objection(objection=objection, upheld=True, answer="成立", actor=cast.officer)
    challenge.refresh_from_db()
    assert challenge.state == "shortlisted"
    assert {one.state for one in Proposal.objects.filter(challenge=challenge)} == {"shortlisted"}
    selecting.select(**chosen, reason="", actor=owner)  # and the firm selects again
    assert [award.state for award in challenge.awards.order_by("pk")] == ["set_aside", "noticed"]
