"""A made-up month of two hundred lines: nearly all of it is matched without hands, nothing wrongly, all to the fen.

The whole month of 5,000 lines is measured by `bin/bench reconciliation`.
"""

from collections import Counter
from datetime import timedelta

import pytest

from bench.month import files, story, world
from foundation.audit import invariants
from foundation.core.money import Money
from settlement import queries, reconciliation
from settlement.models import AccountingMonth, BankLine
from tests.factories.bank import today

pytestmark = pytest.mark.django_db
LINES = 200
SAYS_NOTHING = ("doubtful", "garbled", "short", "twice", "third_party", "unknown")


def last_month():
    return (today().replace(day=1) - timedelta(days=1)).replace(day=1)


@pytest.mark.slow
def test_a_month_of_two_hundred_lines_is_matched_worked_off_and_closed():
    made = world.build(story.invent(LINES, last_month()))
    world.take_in(made)
    found = world.score(made)
    assert found.wrong == []
    assert found.share >= 0.95, found.left
    assert world.work_queue(made) == found.lines - found.automatic
    assert world.close(made) == Money(0)
    assert AccountingMonth.objects.get().state == "closed"
    days = reconciliation.days(made.account, made.month.first, made.month.last)
    assert {day.difference.fen for day in days} == {0}
    assert queries.balance("1001") == Money(sum(one.fen for one in made.month.movements))
    assert invariants.check({"I1", "I3", "I4", "I12"}) == []
    assert BankLine.objects.filter(state__in=["new", "queued"]).count() == 0


def test_the_story_holds_what_it_states():
    month = story.invent(5_000, last_month())
    count = Counter(one.kind for one in month.movements)
    assert (len(month.debts), len(month.movements)) == (4_800, 5_000)
    for kind, share in story.SHARES.items():
        assert count[kind] >= 0.75 * share * 5, kind
    assert sum(count[kind] for kind in SAYS_NOTHING) >= 100
    equal = Counter(debt.fen for debt in month.debts)
    assert sum(equal[fen] for fen in story.EQUAL) > 2_500


def test_the_files_hold_every_line_of_the_story():
    month = story.invent(300, last_month())
    for number, debt in enumerate(month.debts):
        debt.code = f"VR{number:08d}"
    files.write_texts(month)
    first, rest = files.halves(month)
    assert files.camt053(month, "1").count(b"<Ntry>") == len(first) > 0
    assert len(files.bank_table(month).decode("gb18030").splitlines()) - 2 == len(rest) > 0
