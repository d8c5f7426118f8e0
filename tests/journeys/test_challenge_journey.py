"""A challenge through the pages only, by people of both languages on both widths; days pass by the tests' clock."""

import os
from datetime import timedelta

import pytest

from challenges.models import Award, Payout
from challenges.services import bounty
from foundation.core.clock import database_now, local_date
from tests.factories import accounts
from tests.factories import challenges as made
from tests.harness import eventually
from tests.journeys import award_walk
from tests.journeys import challenge_walk as walk
from tests.journeys.browser import Person
from tests.journeys.stage import Stage, scenery, stage
from tests.journeys.wall_clock import WallClock

__all__ = ["scenery", "stage"]
pytestmark = pytest.mark.browser
CHINESE, ENGLISH = ("zh-hans", 1280), ("en", 360)
ROUNDS = [(CHINESE, ENGLISH)] + ([(ENGLISH, CHINESE)] if os.environ.get("KAIXU_LONG") else [])


@pytest.fixture(scope="module")
def wall(stage: Stage, owner_url: str) -> WallClock:
    return WallClock(owner_url)


@pytest.fixture
def enter(stage: Stage):
    """A window for a member; a page that one of them looked at closely need not be looked at again."""
    people: list[Person] = []
    seen: dict[str, set[str]] = {}

    def window(member, look=CHINESE) -> Person:
        language, width = look
        person = stage.enter(member, language=language, width=width, seen=seen.setdefault(language, set()))
        people.append(person)
        return person

    yield window
    for person in people:
        person.context.close()


@pytest.mark.parametrize("looks", ROUNDS, ids=lambda looks: f"office-{looks[0][0]}")
def test_a_challenge_from_the_draft_to_the_last_payment(wall, enter, looks):
    office, market = looks
    cast = made.Cast()
    pool = [made.expert() for _n in range(6)]
    expert, code = pool[0], cast.season.code
    named = f"{expert.user.name} · {expert.unit_name}"
    firm, team = enter(accounts.member("owner"), office), enter(accounts.patentee(), market)
    officer, second, auditor = (enter(one, office) for one in (cast.officer, cast.second, cast.auditor))
    walk.draft(firm, code, local_date(database_now()) + timedelta(days=40))
    walk.decide(officer)
    walk.ask_expert(officer, named)
    walk.give_opinion(enter(made.member_of(expert), office))
    walk.decide(second)
    walk.secure(firm)
    walk.sign_agreement(team)
    receipt = walk.propose(team, "480000")
    challenge = walk.one()
    for reader in (firm, officer, auditor):
        page = reader.open(f"/challenges/list/{challenge.number}/").text()
        assert walk.SOLUTION not in page and "480,000" not in page
    wall.until(challenge.closes_at + timedelta(seconds=1))
    eventually(lambda: walk.one().state == "closed_for_proposals")
    walk.hand_in(auditor, cast.shares["supervisor"], made.PASSPHRASE)
    assert walk.one().state == "closed_for_proposals"
    walk.hand_in(officer, cast.shares["officer"], made.PASSPHRASE)
    assert walk.one().state == "reviewing"
    firm.open(f"/challenges/list/{challenge.number}/proposals/").page.locator(
        "main a[href*='proposals/']"
    ).first.click()
    assert walk.SOLUTION in firm.look().text() and receipt
    judged(wall, enter, firm, officer, office)
    award = Award.objects.get(challenge=challenge)
    award_walk.sign(firm, award)
    award_walk.sign(team, award)
    award_walk.pay_the_rest(firm, award)
    eventually(lambda: award.milestones.get().state == "due")
    award_walk.deliver(team, firm, award)
    assert eventually(lambda: walk.one().state == "completed")
    assert Payout.objects.get(milestone__award=award).amount_fen == award.amount_fen == 48_000_000
    assert bounty.held(challenge).fen == 0


def judged(wall, enter, firm, officer, look) -> None:
    """Drawn, one expert steps back, three score, the firm selects, the public notice passes."""
    challenge = walk.one()
    award_walk.draw(officer, challenge)
    first, *others = challenge.seats.filter(state="invited").order_by("pk")
    award_walk.step_back(enter(award_walk.member_of(first), look), first)
    [reserve] = challenge.seats.filter(state="invited").exclude(pk__in=[one.pk for one in others])
    for points, seat in zip(("80", "85", "90"), (*others, reserve), strict=True):
        award_walk.score(enter(award_walk.member_of(seat), look), seat, points)
    award_walk.choose(firm, officer, challenge)
    wall.until(walk.one().notice_until_at + timedelta(seconds=1))
    assert eventually(lambda: walk.one().state == "contracting")
