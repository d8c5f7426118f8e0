"""Two who want the same held or unidentified money at the same time: one gets it. Without locks both would."""

import pytest

from foundation.core import locking
from foundation.core.actors import SYSTEM
from foundation.core.money import Money
from settlement import queries, services
from settlement.models import Allocation, Hold, JournalEntry
from settlement.services import Share
from tests.concurrency.racing import at_once
from tests.factories.money import held_deposit, royalty, transfer

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("no_challenge")]
PART = Money(600_00)


def captures(hold, team):
    """Eight milestones of 600.00 each out of 1,000.00."""
    return [
        lambda n=n: services.capture(
            hold=hold, parts=[Share("2011", PART, team)], actor=SYSTEM, key=f"m{n}", keep_rest=True
        )
        for n in range(8)
    ]


def test_eight_milestones_at_once_take_no_more_than_is_held():
    hold = held_deposit(purpose="challenge.bounty")
    at_once(captures(hold, hold.obligation.creditor))
    assert Hold.objects.get().used_fen == PART.fen
    assert queries.balance("2004") == Money(400_00)


def test_twin_without_locks_books_more_than_the_hold_counts():
    hold = held_deposit(purpose="challenge.bounty")
    with locking.without_locks():
        at_once(captures(hold, hold.obligation.creditor))
    booked = JournalEntry.objects.filter(kind="bounty_accepted").count()
    assert booked * PART.fen > Hold.objects.get().used_fen


def test_the_end_of_a_hold_happens_once():
    hold = held_deposit()
    ends = [lambda: services.release_hold(hold=hold, actor=SYSTEM)] * 4
    ends += [lambda: services.forfeit(hold=hold, shares=[Share("2011", hold.amount, hold.party)], actor=SYSTEM)] * 4
    at_once(ends)
    assert JournalEntry.objects.filter(key__startswith=f"hold:{hold.pk}:").count() == 1
    assert queries.balance("2005") == Money(0)


def allocations(payment, dues):
    return [
        lambda n=n, due=due: services.allocate(payment=payment, obligation=due, amount=PART, actor=SYSTEM, key=f"a{n}")
        for n, due in enumerate(dues)
    ]


def test_one_receipt_of_1000_pays_one_debt_of_600():
    payment = transfer(Money(1_000_00))
    at_once(allocations(payment, [royalty(PART) for _n in range(8)]))
    assert Allocation.objects.count() == 1
    assert queries.balance("2014") == Money(400_00)


def test_twin_without_locks_assigns_more_than_arrived():
    payment = transfer(Money(1_000_00))
    with locking.without_locks():
        at_once(allocations(payment, [royalty(PART) for _n in range(8)]))
    assert Allocation.objects.count() > 1
