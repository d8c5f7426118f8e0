"""A day of the finance desk through its pages: everybody signs in and works with links and buttons.

The first round is Chinese on a wide screen, the second (KAIXU_LONG) English on a phone; they share a site, and the
bank's days.
"""

import os
from collections.abc import Iterator

import pytest

from tests.factories.accounts import PASSWORD
from tests.factories.bank import today
from tests.journeys import ledger_walk as walk
from tests.journeys import morning
from tests.journeys.browser import Person
from tests.journeys.stage import Stage, stage

__all__ = ["stage"]
pytestmark = pytest.mark.browser
ROUNDS = [("zh-hans", 1280)] + ([("en", 360)] if os.environ.get("KAIXU_LONG") else [])


@pytest.fixture(scope="module")
def scenery(django_db_setup: None, django_db_blocker) -> Iterator[morning.Morning]:
    with django_db_blocker.unblock():
        yield morning.prepare(len(ROUNDS))


@pytest.mark.parametrize("place", range(len(ROUNDS)), ids=[language for language, _width in ROUNDS])
def test_a_day_of_finance_from_the_banks_file_to_a_distribution(stage: Stage, scenery: morning.Morning, place: int):
    language, width = ROUNDS[place]
    turn = scenery.rounds[place]
    scenery.confirm_account(turn)
    members = (scenery.clerk, scenery.colleague, scenery.officer, turn.manager)
    seen: set[str] = set()  # a page that one of them looked at need not be looked at again
    people = [Person(stage.browser, stage.site.url, language, width, seen=seen) for _member in members]
    for person, member in zip(people, members, strict=True):
        person.sign_in(member.user.email, PASSWORD)
    clerk, colleague, officer, manager = people
    walk.take_in(clerk, scenery, turn)
    walk.sign(clerk, colleague, scenery, turn.day)
    number = walk.make_run(clerk)
    walk.try_to_approve(clerk, scenery, number)
    walk.approve(officer, number)
    paid = walk.send_run(clerk, number)
    walk.confirm_run(clerk, scenery, number, paid, today())
    walk.look_up(clerk, turn)
    walk.distribute(manager)
