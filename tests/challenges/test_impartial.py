"""Whoever has a stake in a challenge neither sits on its panel nor conducts it."""

import pytest

from challenges.models import Conflict, Expert
from challenges.services import conflicts, impartial, noticing, panels, scores, seats, selecting, talks
from foundation.core import clock
from foundation.core.clock import local_date
from tests.factories import accounts, judging
from tests.factories import challenges as make
from tests.factories.patents import make_patent

pytestmark = pytest.mark.django_db


@pytest.fixture
def judged():
    """Two eligible proposals; nobody in the pool. Time stands at the deadline."""
    made = judging.opened(2)
    with clock.at(made.challenge.closes_at):
        yield judging.read(made)


def also(person, role, organization=None):
    """Another membership of the same person."""
    return accounts.MembershipFactory(
        user=person.user, role=role, organization=organization or accounts.AdministrationFactory()
    )


def outsider(person=None, **values):
    """An expert whose typed unit ties them to nobody."""
    return make.expert(person, **{"unit": None, "unit_name": "独立"} | values)


def test_whoever_belongs_to_the_firm_a_team_or_their_groups_is_not_drawn(judged):
    solver, firm = judged.solvers[0], judged.owner.organization
    affiliate = accounts.OrganizationFactory(group=judged.solvers[1].organization)
    lead = also(solver, "expert")
    colleagues = [accounts.member("expert") for _n in range(4)]
    for person, organization in zip(colleagues, [firm, solver.organization, affiliate, None], strict=True):
        also(person, "owner", organization or accounts.OrganizationFactory())
    former = accounts.MembershipFactory(user=colleagues[0].user, role="owner", organization=affiliate, is_active=False)
    assert not former.is_active
    tied = {outsider(person, names=["某某"]).pk for person in [lead, *colleagues[:3]]}
    free = outsider(colleagues[3], names=["某某"]).pk
    eligible, excluded = conflicts.pool(judged.challenge)
    assert set(eligible) == {free} and excluded == dict.fromkeys(tied, "unit")


def test_the_register_says_who_invented_together(judged, django_assert_num_queries):
    (first, _second), firm = judged.proposals, judged.owner.organization
    lead, names = first.lead.name, {"甲": "成员0", "乙": "成员1"}
    for expert, member in names.items():
        make_patent("某厂", inventors=[expert, "旁人", member])
    make_patent("某厂", inventors=["丙", lead])
    make_patent(first.organization, inventors=["丁"])
    make_patent(firm, inventors=["戊"])
    make_patent(accounts.OrganizationFactory(), inventors=["己"])
    tied = {outsider(names=[name]).pk for name in "甲乙丙丁戊"}
    free = {outsider(names=[name]).pk for name in ("己", "旁人2")}
    eligible, excluded = conflicts.pool(judged.challenge)
    assert set(eligible) == free and excluded == dict.fromkeys(tied, "coauthor")
    against = conflicts.found(judged.challenge, Expert.objects.get(names=["戊"]))
    assert against == [(None, Conflict.Kind.COAUTHOR)]
    with django_assert_num_queries(9):  # as many for seven experts as for one
        conflicts.pool(judged.fresh())


def test_an_officer_with_a_stake_conducts_nothing(judged):
    challenge, rival = judged.challenge, judged.proposals[1]
    officer = also(judged.solvers[0], "provincial_officer")
    seat, _expert = judged.seated()[0]
    said = {"reason": "竞争者", "actor": officer}
    acts = [
        lambda: panels.judge_eligibility(proposal=rival, eligible=False, **said),
        lambda: panels.draw_panel(challenge=challenge, actor=officer),
        lambda: panels.draw_again(challenge=challenge, actor=officer),
        lambda: seats.decline(seat=seat, **said),
        lambda: seats.recuse(seat=seat, **said),
        lambda: scores.close_scoring(challenge=challenge, actor=officer),
        lambda: noticing.give_notice(challenge=challenge, actor=officer),
        lambda: talks.note(
            proposal=rival,
            kind="talk",
            held_on=local_date(challenge.closes_at),
            participants="甲",
            text="乙",
            actor=officer,
        ),
    ]
    for act in acts:
        with pytest.raises(impartial.Concerned):
            act()
    assert not impartial.is_concerned(challenge, judged.cast.officer)
    assert impartial.is_concerned(challenge, also(judged.owner, "provincial_officer"))


def test_an_officer_with_a_stake_is_told_so_and_rules_on_no_objection(judged, client):
    judged.scored(90, 60)
    first, second = judged.proposals
    selecting.shortlist(
        challenge=judged.challenge, numbers=[first.number, second.number], reason="", actor=judged.owner
    )
    chosen = {"winners": {first.number: make.BOUNTY}, "reserves": [second.number]}
    selecting.select(challenge=judged.fresh(), **chosen, reason="", actor=judged.owner)
    noticing.give_notice(challenge=judged.fresh(), actor=judged.cast.officer)
    stranger = accounts.patentee()
    objection = noticing.object_to(challenge=judged.fresh(), reason="不公", actor=stranger)
    for one in (judged.team_of(second), judged.owner, stranger):
        with pytest.raises(impartial.Concerned):
            noticing.decide_objection(
                objection=objection, upheld=True, answer="成立", actor=also(one, "provincial_officer")
            )
    officer = also(accounts.member("owner", judged.owner.organization), "provincial_officer")
    client.force_login(officer.user)
    session = client.session
    session["membership"] = officer.pk
    session.save()
    page = client.get(f"/challenges/panels/{judged.challenge.number}/")
    assert str(impartial.Concerned.message) in page.content.decode()
