"""Several teams share the escrow of a challenge, and the firm pays in parts: every fen is asked for once.

A race of two teams, 2,500,000.00 each in 20, 40 and 40 percent, with the gate after milestone 2.
"""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from challenges import work_contracts
from challenges.models import Award, Challenge
from challenges.services import bounty, ending, publishing
from foundation.audit import invariants
from foundation.audit.delivery import deliver_pending
from foundation.core.money import Money
from settlement.models import Obligation, Refund
from tests.challenges.test_money_of_a_challenge import balance
from tests.factories import accounts
from tests.factories import challenge_work as work
from tests.factories import challenges as make
from tests.factories.settlement import pay, started_payment

pytestmark = pytest.mark.django_db
HALF, MILLION = Money(2_500_000_00), Money(1_000_000_00)
ONE_YUAN = Money(1_00)


class Race:
    """Two signed contracts whose first milestones are accepted: each team waits for money for its second one."""

    def __init__(self):
        self.cast, self.owner = make.Cast(), accounts.member("owner")
        self.teams = [accounts.patentee() for _n in range(2)]
        amounts = dict.fromkeys(self.teams, HALF)
        solvers = [*self.teams, accounts.patentee()]
        self.challenge = work.awarded(self.cast, self.owner, solvers, amounts, most_winners=2, gate_milestone=2)
        self.awards = []
        for team in self.teams:
            agreed = work.agreed(self.challenge.awards.get(solver=team.organization), self.owner)
            self.awards.append(work.signed(agreed, self.owner, team))
        self.accept(0, 1)
        self.accept(1, 1)

    def accept(self, team: int, position: int) -> None:
        work.decided(self.awards[team].milestones.get(position=position), self.owner, self.teams[team])

    def states(self, team: int) -> list[str]:
        return [one.state for one in self.awards[team].milestones.order_by("position")]

    def asked(self) -> list[Obligation]:
        return list(bounty.asked_of(self.challenge).filter(state="open"))

    def pay(self, obligation: Obligation) -> None:
        assert pay(started_payment(obligation)) == "accepted"
        deliver_pending()


@pytest.fixture
def race(db):
    return Race()


def test_a_race_of_two_teams_runs_from_the_contracts_over_the_gate_to_the_end(race):
    assert [one.amount for one in race.asked()] == [Money(500_000_00), MILLION]  # 500,000 are there of 2,000,000
    first, second = race.asked()
    race.pay(second)  # what the other team was promised stays promised
    assert (race.states(0)[1], race.states(1)[1]) == ("planned", "due")
    race.accept(1, 2)
    assert [one.pk for one in race.asked()] == [first.pk]
    race.pay(first)
    assert race.states(0)[1] == "due"
    race.accept(0, 2)
    assert race.states(0) == race.states(1) == ["accepted", "accepted", "planned"]
    assert bounty.held(race.challenge) == Money(0) and race.asked() == []
    assert invariants.check() == []
    ending.choose_at_gate(award=race.awards[0], reason="指标领先", actor=race.owner)
    (last,) = race.asked()
    assert last.amount == MILLION and race.states(1) == ["accepted", "accepted", "ended"]
    race.pay(last)
    race.accept(0, 3)
    assert [Award.objects.get(pk=one.pk).state for one in race.awards] == ["completed", "terminated"]
    assert Challenge.objects.get(pk=race.challenge.pk).state == "completed"
    assert [balance("2011", one.organization) for one in race.teams] == [2_500_000_00, 1_500_000_00]
    assert bounty.secured(race.challenge) == Money(4_000_000_00)
    assert balance("2004") == balance("2013") == 0 and invariants.check() == []


def test_a_team_that_ends_is_not_paid_for_any_more_and_its_part_of_the_escrow_serves_the_other(race):
    first, second = race.asked()
    assert pay(started_payment(second), amount=ONE_YUAN) == "accepted"
    ending.terminate(award=race.awards[0], reason="双方协商解除", actor=race.owner)
    first.refresh_from_db()
    assert first.state == "cancelled"
    assert [(one.pk, one.left) for one in race.asked()] == [(second.pk, MILLION - ONE_YUAN)]  # begun: it stays
    ending.terminate(award=race.awards[1], reason="双方协商解除", actor=race.owner)
    assert Challenge.objects.get(pk=race.challenge.pk).state == "terminated" and race.asked() == []
    assert balance("2013", race.owner.organization) == 500_001_00  # the rest of the first share, and the yuan
    assert balance("2004") == 0 and invariants.check() == []


def test_what_a_team_that_ended_leaves_lowers_or_covers_what_is_asked_for_another(race):
    _first, second = race.asked()
    with CaptureQueriesContext(connection) as with_two:
        assert len(work_contracts.items_for(race.owner)) == 2
    ending.terminate(award=race.awards[0], reason="双方协商解除", actor=race.owner)
    with CaptureQueriesContext(connection) as with_one:
        assert len(work_contracts.items_for(race.owner)) == 1
    assert len(with_two) == len(with_one)  # however many contracts
    (less,) = race.asked()
    second.refresh_from_db()
    assert (second.state, less.amount) == ("cancelled", Money(500_000_00))
    race.pay(less)
    assert race.states(1)[1] == "due" and bounty.held(race.challenge) == MILLION
    assert invariants.check() == []


def test_a_part_of_the_first_share_goes_back_when_the_challenge_is_cancelled():
    cast, owner = make.Cast(), accounts.member("owner")
    challenge = make.approved(cast, owner)
    assert pay(started_payment(challenge.obligation), amount=ONE_YUAN) == "accepted"
    publishing.cancel(challenge=challenge, reason="计划有变", actor=owner)
    assert Challenge.objects.get(pk=challenge.pk).state == "cancelled"
    assert Obligation.objects.get(pk=challenge.obligation_id).state == "cancelled"
    assert Refund.objects.get().amount == ONE_YUAN
    assert balance("2013", owner.organization) == ONE_YUAN.fen and balance("2004") == 0
    assert invariants.check() == []
