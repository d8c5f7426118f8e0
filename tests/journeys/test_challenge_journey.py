"""A challenge through the pages only, by people of both languages on both widths; days pass by the tests' clock."""

import os
from dataclasses import dataclass
from datetime import timedelta

import pytest

from accounts.models import Membership
from challenges.models import Award, Payout
from challenges.services import bounty
from foundation.core.clock import database_now, local_date
from foundation.core.money import Money
from tests.factories import accounts
from tests.factories import challenges as made
from tests.factories.payouts import payout_account
from tests.harness import eventually
from tests.journeys import award_walk, work_walk
from tests.journeys import challenge_walk as walk
from tests.journeys.browser import Person
from tests.journeys.stage import Stage, scenery, stage
from tests.journeys.wall_clock import WallClock

__all__ = ["scenery", "stage"]
pytestmark = pytest.mark.browser
CHINESE, ENGLISH = ("zh-hans", 1280), ("en", 360)
FEEDBACK = "低温析锂的机理分析清楚，但缺少 45 分钟以内的试验数据。"
ROUNDS = [(CHINESE, ENGLISH)] + ([(ENGLISH, CHINESE)] if os.environ.get("KAIXU_LONG") else [])


@dataclass(frozen=True)
class Told:
    """Who the story is about, the firm, the team that wins and the one that does not; the office's language, width."""

    office: tuple[str, int]
    owner: Membership
    solver: Membership
    other: Membership


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
    cast, told = made.Cast(), Told(office, accounts.member("owner"), accounts.patentee(), accounts.patentee())
    pool = [made.expert() for _n in range(6)]
    firm, team, other = enter(told.owner, office), enter(told.solver, market), enter(told.other, market)
    officer, second, auditor, finance = (
        enter(one, office) for one in (cast.officer, cast.second, cast.auditor, cast.finance)
    )
    walk.draft(firm, cast.season.code, local_date(database_now()) + timedelta(days=40))
    walk.decide(officer)
    walk.ask_expert(officer, f"{pool[0].user.name} · {pool[0].unit_name}")
    walk.give_opinion(enter(made.member_of(pool[0]), office))
    walk.decide(second)
    walk.secure(firm)
    work_walk.see_the_bounty(finance, walk.one())
    walk.sign_agreement(team)
    receipt = walk.propose(team, "480000", ("96000", "384000"))
    made.submitted(walk.one(), told.other, price=Money(490_000_00), promises={"1": "50 分钟"})
    challenge = walk.one()
    for reader in (firm, officer, auditor, other):
        page = reader.open(f"/challenges/list/{challenge.number}/").text()
        assert walk.SOLUTION not in page and "480,000" not in page
    opened(wall, cast, officer, auditor)
    firm.open(f"/challenges/list/{challenge.number}/proposals/").page.locator(
        f"main a[href*='{award_walk.of(challenge, told.solver).number}']"
    ).first.click()
    assert walk.SOLUTION in firm.look().text() and receipt
    judged(wall, enter, firm, officer, told)
    award = Award.objects.get(challenge=challenge)
    work_walk.read_feedback(other, challenge, FEEDBACK)
    worked(firm, team, award, told)
    payout_account(told.solver.organization)
    work_walk.pay_out(finance, second, team, award)
    assert walk.one().state == "completed" and bounty.held(challenge).fen == 0
    assert sum(Payout.objects.filter(milestone__award=award).values_list("amount_fen", flat=True)) == 48_000_000


def opened(wall, cast, officer, auditor) -> None:
    """The last day is over; two openers hand in their shares, and only then is everything open."""
    challenge = walk.one()
    wall.until(challenge.closes_at + timedelta(seconds=1))
    eventually(lambda: walk.one().state == "closed_for_proposals")
    walk.hand_in(auditor, cast.shares["supervisor"], made.PASSPHRASE)
    assert walk.one().state == "closed_for_proposals"
    walk.hand_in(officer, cast.shares["officer"], made.PASSPHRASE)
    assert walk.one().state == "reviewing"


def judged(wall, enter, firm, officer, told) -> None:
    """Drawn, one expert knows a team and steps back, three score, the firm selects, the public notice passes."""
    challenge = walk.one()
    winner, loser = (award_walk.of(challenge, one) for one in (told.solver, told.other))
    award_walk.draw(officer, challenge)
    first, *others = challenge.seats.filter(state="invited").order_by("pk")
    award_walk.step_back(enter(award_walk.member_of(first), told.office), first, loser)
    [reserve] = challenge.seats.filter(state="invited").exclude(pk__in=[one.pk for one in others])
    by_keys = enter(award_walk.member_of(reserve), told.office)
    award_walk.score(by_keys, reserve, {winner.number: "90", loser.number: "70"})
    for points, seat in zip(("80", "85"), others, strict=True):
        award_walk.score_beside(seat, {winner.number: points, loser.number: "65"})
    award_walk.choose(firm, officer, winner, loser, FEEDBACK)
    wall.until(walk.one().notice_until_at + timedelta(seconds=1))
    assert eventually(lambda: walk.one().state == "contracting")


def worked(firm, team, award, told) -> None:
    """Signed; the first milestone is sent back once, the second waits for the rest of the bounty."""
    work_walk.sign(firm, award)
    work_walk.sign(team, award)
    first = award.milestones.get(position=1)
    work_walk.hand_in(team, firm, award, 1)
    work_walk.decide(firm, award, 1, minutes="52", reason=work_walk.FLAW, outcome="rework")
    assert work_walk.FLAW in award_walk.go(team, "milestone_detail", award.number, 1).text()
    work_walk.hand_in_again(first, told.solver, told.owner)
    work_walk.decide(firm, award, 1, minutes="44", reason="复测 44 分钟。", outcome="accepted")
    work_walk.pay_the_rest(firm, award)
    work_walk.hand_in_again(award.milestones.get(position=2), told.solver, told.owner)
    work_walk.decide(firm, award, 2, minutes="40", reason="恒温箱实测 40 分钟。", outcome="accepted")
