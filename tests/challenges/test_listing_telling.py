"""Who is told what about challenges before the opening, and what waits for whom."""

from datetime import timedelta

import pytest
from django.db import connection
from django.utils import translation

from challenges import notices_listing, work_listing
from challenges.services import checks, publishing, rooms
from foundation.audit import invariants
from foundation.audit.models import Event
from foundation.core import clock
from notifications import catalog
from tests.factories import accounts
from tests.factories import challenges as made

pytestmark = pytest.mark.django_db


def told(name: str) -> set[int]:
    """The users who are told of the latest event of a name."""
    event = Event.objects.filter(name=f"challenges.challenge.{name}").latest("seq")
    return {user for user, _why in catalog.find(event.name).recipients(event)}


def kinds(membership) -> list[str]:
    """What waits for somebody, in English."""
    with translation.override("en"):
        return [item.kind for item in work_listing.items_for(membership)]


def test_each_step_before_the_publication_tells_those_it_concerns():
    cast, owner = made.Cast(), accounts.licensee()
    colleague = accounts.licensee(organization=owner.organization)
    challenge = checks.submit(challenge=made.draft(cast, owner), actor=owner)
    assert {cast.officer.user_id, cast.second.user_id} <= told("submit") and owner.user_id not in told("submit")
    assert kinds(colleague) == []
    expert = made.expert()
    opinion = checks.ask_opinion(challenge=challenge, expert=expert, actor=cast.officer)
    assert told("opinion_asked") == {expert.user_id}
    assert kinds(made.member_of(expert)) == ["Opinion on a challenge"]
    challenge = made.decide(challenge, checks.FORMAL, "approve", cast.officer)
    said = {"is_real": True, "is_testable": True, "is_funded": True, "text": "可行"}
    checks.give_opinion(opinion=made.promised(opinion), actor=made.member_of(expert), **said)
    assert expert.user_id not in told("opinion_given") and kinds(made.member_of(expert)) == []
    made.decide(challenge, checks.EXPERT, "approve", cast.second)
    assert told("approve") == {owner.user_id, colleague.user_id}
    assert kinds(colleague) == ["First share of a bounty"]
    assert all(notices_listing.url_for(Event.objects.latest("seq"), one.user) for one in (owner, cast.officer))


def test_a_question_waits_for_the_firm_and_its_answer_tells_who_signed():
    cast, owner, solver = made.Cast(), accounts.licensee(), accounts.patentee()
    challenge = made.published(cast, owner)
    question = rooms.ask(challenge=challenge, text="是否可以联合？", actor=solver)
    assert told("asked") == {owner.user_id} and kinds(owner) == ["Question about a challenge"]
    pinned = made.texts.sha256_of(challenge.season, made.texts.NDA)
    rooms.sign_nda(challenge=challenge, sha256=pinned, actor=solver)
    rooms.answer(question=question, text="可以。", actor=owner)
    assert told("answered") == {solver.user_id} and kinds(owner) == []


def test_a_challenge_without_a_proposal_ends_by_itself_after_thirty_days():
    cast, owner = made.Cast(), accounts.licensee()
    challenge = made.published(cast, owner)
    with clock.at(challenge.closes_at):
        challenge = made.opened(cast, challenge)
        assert challenge.state == "no_proposal" and kinds(owner) == ["Challenge without a proposal"]
    last = challenge.state_since + publishing.REST_OF_NO_PROPOSAL
    with clock.at(last - timedelta(milliseconds=1)):
        assert not publishing.end_without_due(challenge=challenge)
    with clock.at(last):
        assert publishing.end_without_due(challenge=challenge)
        assert not publishing.end_without_due(challenge=challenge)
    assert made.publishing.bounty.held(challenge).fen == 0


BREAKS = {
    "Two challenges of a season never share a number.": "number = 'JSJB-2026A-0001-' || (id % 10)",
    "What is published has its first share in escrow, or had it.": "bounty_fen = bounty_fen * 10",
    "A challenge closes at the end of its last day in Shanghai.": "closes_at = closes_at - interval '1 millisecond'",
}


@pytest.mark.parametrize("sentence", BREAKS)
def test_a_promise_of_the_list_holds_and_its_breach_is_seen(sentence):
    cast, owner = made.Cast(), accounts.licensee()
    for _n in range(2):
        made.published(cast, owner)
    [promise] = [one for one in invariants.everything() if one.sentence == sentence]
    with connection.cursor() as cursor:
        cursor.execute(promise.sql)
        assert cursor.fetchall() == []
        cursor.execute(f"UPDATE challenges_challenge SET {BREAKS[sentence]}")
        cursor.execute(promise.sql)
        assert cursor.fetchall()
