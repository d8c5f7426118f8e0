"""Each promise about contracts and their money is broken in turn by SQL, and found."""

import pytest
from django.db import connection

from challenges.services import ending
from foundation.audit import invariants
from tests.factories import accounts
from tests.factories import challenge_work as work

pytestmark = pytest.mark.django_db
PAYOUT = "INSERT INTO challenges_payout (milestone_id, amount_fen, hold_number, paid_at) SELECT id, {fen}, 'x', now()"
BROKEN = {
    "The escrow of a challenge is what was paid in, less what was paid out and given back.": (
        "UPDATE settlement_hold SET used_fen = used_fen + 1 WHERE state = 'held'",
    ),
    "What left the escrow of a challenge for teams was paid for milestones.": (
        "UPDATE settlement_hold SET used_fen = used_fen + 1 WHERE state = 'held'",
    ),
    "The escrow of a challenge covers every milestone in work.": (
        "UPDATE challenges_milestone SET amount_fen = 200000000 WHERE position = 2",
        "UPDATE settlement_hold SET returned_fen = 60000000 WHERE state = 'held'",
    ),
    "Nothing is kept in the escrow of a challenge that has ended.": (
        "UPDATE settlement_hold SET ref_id = (SELECT id FROM challenges_challenge WHERE state = 'terminated') "
        "WHERE state = 'held'",
    ),
    "A milestone is paid once, in full, and only when it is accepted.": (
        f"{PAYOUT.format(fen='amount_fen')} FROM challenges_milestone WHERE position = 3",
    ),
    "What a milestone paid stands in its team's sub-account.": (
        f"{PAYOUT.format(fen='amount_fen')} FROM challenges_milestone WHERE position = 2",
    ),
    "The awards of a challenge are at most its bounty.": (
        "UPDATE challenges_challenge SET bounty_fen = bounty_fen - 1",
    ),
    "The milestones of a contract add up to its amount.": (
        "UPDATE challenges_milestone SET amount_fen = amount_fen + 1 WHERE position = 3",
    ),
    "Work runs only under a contract that both sides signed, two persons.": (
        "UPDATE challenges_award SET solver_signed_by_id = owner_signed_by_id",
    ),
    "A milestone goes back for rework as often as it says, and twice at most.": (
        "UPDATE challenges_milestone SET reworks = reworks + 1 WHERE position = 1",
    ),
}


@pytest.fixture
def reworked(db):
    """A contract with a first milestone sent back once, and one that was ended."""
    owner, solver = accounts.member("owner"), accounts.patentee()
    ending.terminate(award=work.running(owner, solver), reason="双方同意", actor=owner)
    award = work.running(owner, solver)
    work.decided(award.milestones.get(position=1), owner, solver, "rework", met=False)


def found():
    return {finding.invariant.sentence for finding in invariants.check({"I3", "I12", "I14"})}


@pytest.mark.usefixtures("reworked")
def test_each_broken_promise_is_found_and_nothing_before():
    assert found() == set()
    for sentence, statements in BROKEN.items():
        with connection.cursor() as cursor:
            cursor.execute("SAVEPOINT broken")
            for statement in statements:
                cursor.execute(statement)
            assert sentence in found(), sentence
            cursor.execute("ROLLBACK TO SAVEPOINT broken")
    assert found() == set()
