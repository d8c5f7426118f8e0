"""Who is told while proposals are judged, where it leads, and that it reads well; what stays constant in queries."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from challenges.models import Proposal, Seat
from challenges.services import noticing, seats, selecting
from foundation import audit
from foundation.core import clock, handlers
from foundation.core.money import Money
from notifications import rendering
from notifications.models import Notice
from tests.factories import challenges as make
from tests.factories import judging

pytestmark = pytest.mark.django_db
GARBLED = re.compile(r"[{}]|\bNone\b|challenges\.|T\d\d:\d\d|\+00:00")


@pytest.fixture
def judged():
    found = judging.opened()
    with clock.at(found.challenge.closes_at):
        yield judging.read(found)


def told(member):
    """Titles and addresses of what a member was told, oldest first; every link opens, every word is whole."""
    while audit.deliver_pending():
        pass
    client, found = Client(), []
    client.force_login(member.user)
    for notice in Notice.objects.filter(user=member.user, name__startswith="challenges.").order_by("pk"):
        address, title = rendering.address_of(notice.event, member.user), rendering.title_of(notice.event)
        assert client.get(address).status_code == 200, (notice.name, address)
        assert not GARBLED.search(title), title
        found.append(notice.name.removeprefix("challenges."))
    return found


def test_everybody_is_told_what_concerns_them_and_can_open_it(judged):
    first, second = judged.proposals
    judged.scored(60, 90)
    expert = make.member_of(Seat.objects.filter(challenge=judged.challenge).first().expert)
    assert told(expert)[-1] == "seat.invited"
    selecting.give_feedback(proposal=Proposal.objects.get(pk=first.pk), text="成本偏高。", actor=judged.owner)
    selecting.shortlist(challenge=judged.challenge, numbers=[second.number], reason="", actor=judged.owner)
    winners = {second.number: Money(4_000_000_00)}
    selecting.select(challenge=judged.fresh(), winners=winners, reason="", actor=judged.owner)
    noticed = noticing.give_notice(challenge=judged.fresh(), actor=judged.cast.officer)
    loser, winner = judged.team_of(first), judged.team_of(second)
    objection = noticing.object_to(challenge=noticed, reason="评分有误", actor=loser)
    noticing.decide_objection(objection=objection, upheld=False, answer="评分无误。", actor=judged.cast.officer)
    with clock.at(noticed.notice_until_at):
        assert noticing.confirm_due(challenge=noticed)
        mine = [name for name in told(loser) if name not in ("proposal.submit", "proposal.open", "proposal.admit")]
        assert mine[-3:] == ["proposal.reject", "challenge.give_notice", "challenge.objection_decided"]
        assert {"proposal.shortlist", "proposal.win", "award.confirm"} <= set(told(winner))
        firm = [name for name in told(judged.owner) if name.partition(".")[2] in FIRM]
        assert firm == ["challenge.scored", "challenge.give_notice", "challenge.objected",
                        "challenge.objection_decided", "challenge.confirm"]  # fmt: skip
        assert {"challenge.select", "challenge.objected"} <= set(told(judged.cast.officer))


FIRM = ("scored", "give_notice", "objected", "objection_decided", "confirm", "select", "reconsider")


def work_for(member):
    """The rows of "my work" of every area."""
    return [item for _key, provider in handlers.collect("my_work:") for item in provider(member)]


def test_work_waits_for_who_has_to_act_next(judged):
    def waits(member):
        addresses = {item.url for item in work_for(member)}
        return {name for name in ("panel_detail", "selection_desk") if page(name) in addresses}

    def page(name):
        return reverse(f"challenges:{name}", args=[judged.challenge.number])

    assert (waits(judged.cast.officer), waits(judged.owner)) == ({"panel_detail"}, set())
    (seat, actor), *_rest = judged.seated()
    assert reverse("challenges:seat_detail", args=[seat.pk]) in {item.url for item in work_for(actor)}
    assert waits(judged.cast.officer) == set()
    for one, member in [(seat, actor), *_rest]:
        for proposal in judged.proposals:
            judging.give(one, member, proposal, 80)
    assert waits(judged.cast.officer) == {"panel_detail"}  # the scoring can be closed


def test_reserves_that_are_used_up_are_said_and_the_seat_is_drawn_again(judged):
    for seat, actor in judged.seated(pool=3):
        seats.decline(seat=seat, actor=actor)
        break
    assert "challenge.reserves_used_up" in told(judged.cast.officer)
    make.expert()
    client = Client(headers={"accept-language": "en"})
    client.force_login(judged.cast.officer.user)
    address = reverse("challenges:panel_draw", args=[judged.challenge.number, "again"])
    assert client.post(address, {"by_field": "on"}).status_code == 303
    assert Seat.objects.filter(challenge=judged.challenge, state="invited").count() == 1


def test_pages_of_panels_ask_the_same_number_of_questions_for_more_rows(judged):
    (_seat, actor), *_rest = judged.seated(pool=3)
    pages = {
        judged.cast.officer: ["expert_list"],
        actor: ["seat_list"],
    }
    before = {name: queries(member, name) for member, names in pages.items() for name in names}
    for _n in range(4):
        make.expert()
    assert {name: queries(member, name) for member, names in pages.items() for name in names} == before
    assert queries(judged.cast.officer, "panel_detail", judged.challenge.number) < 40


def queries(member, name, *args):
    client = Client()
    client.force_login(member.user)
    client.get(reverse(f"challenges:{name}", args=args))
    with CaptureQueriesContext(connection) as found:
        assert client.get(reverse(f"challenges:{name}", args=args)).status_code == 200
    return len(found)


def test_the_invariants_of_judging_find_what_breaks_them(judged):
    judged.scored(60, 90)
    mine = [one for one in audit.invariants.everything() if "panel" in one.sentence or "feedback" in one.sentence]
    assert len(mine) >= 3
    for one in mine:
        assert broken(one.sql) == []
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO challenges_conflict (expert_id, challenge_id, kind, reason, created_at, updated_at)"
            " SELECT expert_id, challenge_id, 'declared', '', now(), now() FROM challenges_seat LIMIT 1"
        )
    assert [one.sentence for one in mine if broken(one.sql)] == ["Nobody with a conflict sits on the panel."]


def broken(sql):
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return cursor.fetchall()
