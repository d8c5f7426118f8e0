"""The ledger tells the story of a challenge to the fen: milestones, a rework, a refusal, a termination."""

import pytest

from challenges.models import Award, Challenge
from challenges.services import bounty, contracting, ending, milestones
from foundation.audit import invariants
from foundation.audit.delivery import deliver_pending
from foundation.core import clock
from foundation.core.money import Money
from settlement.models import Obligation, Posting
from tests.factories import accounts
from tests.factories import challenges as make
from tests.factories.settlement import pay, started_payment

pytestmark = pytest.mark.django_db


def balance(account, party=None):
    """Credits less debits of an account, of one party or of all, fen."""
    rows = Posting.objects.filter(account__code=account) if party is None else Posting.objects.filter(
        account__code=account, party=party
    )  # fmt: skip
    return sum(row.credit_fen - row.debit_fen for row in rows)


@pytest.fixture
def cast():
    return make.Cast()


@pytest.fixture
def running(cast):
    """A signed contract of 5,000,000.00: 1,000,000, 2,000,000 and 2,000,000; 1,500,000 lie in the escrow."""
    owner, solver, other = accounts.member("owner"), accounts.patentee(), accounts.patentee()
    for _n in range(5):
        make.expert()
    challenge = make.published(cast, owner)
    make.submitted(challenge, solver)
    make.submitted(challenge, other)
    with clock.at(challenge.closes_at):
        challenge = make.opened(cast, challenge)
        best = challenge.proposals.get(organization=solver.organization).number
        second = challenge.proposals.get(organization=other.organization).number
        challenge = make.scored(cast, challenge, {best: 90, second: 60})
        challenge = make.awarded(cast, challenge, owner, {best: make.BOUNTY})
        award = Award.objects.get(challenge=challenge)
        pinned = contracting.sha256_of(award)
        contracting.sign(award=award, sha256=pinned, actor=owner)
        award = contracting.sign(award=award, sha256=pinned, actor=solver)
    yield challenge, award, owner, solver


def accept(milestone, owner, solver, *, outcome="accepted", met=True):
    milestones.hand_in(milestone=milestone, text="报告", files=[], actor=solver)
    milestones.begin_acceptance(milestone=milestone, actor=owner)
    measured = {row.pk: ("42", met) for row in milestone.award.challenge.indicators.all()}
    return milestones.decide(milestone=milestone, outcome=outcome, reason="已测", measured=measured, actor=owner)


def pay_what_is_asked(challenge):
    waiting = Obligation.objects.get(purpose=bounty.PURPOSE, ref_id=challenge.pk, state="open")
    assert pay(started_payment(waiting)) == "accepted"
    deliver_pending()
    return waiting.amount


def states(award):
    return [one.state for one in award.milestones.order_by("position")]


def test_three_milestones_with_a_rework_are_paid_out_of_the_escrow_to_the_fen(running):
    challenge, award, owner, solver = running
    assert bounty.held(challenge) == Money(1_500_000_00) and states(award) == ["due", "planned", "planned"]
    accept(award.milestones.get(position=1), owner, solver)
    assert balance("2011", solver.organization) == 1_000_000_00
    assert states(award) == ["accepted", "planned", "planned"]  # 500,000 are left: the rest is asked for first
    assert pay_what_is_asked(challenge) == Money(1_500_000_00)
    assert states(award) == ["accepted", "due", "planned"]
    second = award.milestones.get(position=2)
    accept(second, owner, solver, outcome="rework", met=False)
    assert states(award)[1] == "rework" and balance("2011", solver.organization) == 1_000_000_00
    accept(second, owner, solver)
    assert pay_what_is_asked(challenge) == Money(2_000_000_00)
    last = award.milestones.get(position=3)
    with pytest.raises(milestones.MustNotMet):
        accept(last, owner, solver, met=False)
    last.refresh_from_db()
    measured = {row.pk: ("42", True) for row in challenge.indicators.all()}
    milestones.decide(milestone=last, outcome="accepted", reason="已测", measured=measured, actor=owner)
    challenge, award = Challenge.objects.get(pk=challenge.pk), Award.objects.get(pk=award.pk)
    assert (challenge.state, award.state) == ("completed", "completed")
    assert balance("2011", solver.organization) == 5_000_000_00
    assert bounty.held(challenge) == Money(0) and balance("2004") == 0
    assert list(invariants.check()) == []


def test_a_refused_milestone_ends_the_work_and_the_rest_goes_back(running):
    challenge, award, owner, solver = running
    accept(award.milestones.get(position=1), owner, solver)
    pay_what_is_asked(challenge)
    accept(award.milestones.get(position=2), owner, solver, outcome="failed", met=False)
    challenge = Challenge.objects.get(pk=challenge.pk)
    assert challenge.state == "failed" and states(award) == ["accepted", "failed", "ended"]
    assert balance("2011", solver.organization) == 1_000_000_00
    assert balance("2013", owner.organization) == 2_000_000_00
    assert balance("2004") == 0
    assert list(invariants.check()) == []


def test_a_termination_gives_the_escrow_back_once(running):
    challenge, award, owner, _solver = running
    ending.terminate(award=award, reason="双方协商解除", actor=owner)
    challenge = Challenge.objects.get(pk=challenge.pk)
    assert challenge.state == "terminated" and states(award) == ["ended", "ended", "ended"]
    assert balance("2013", owner.organization) == 1_500_000_00 and balance("2004") == 0


def test_rework_is_granted_twice_at_most(running):
    _challenge, award, owner, solver = running
    first = award.milestones.get(position=1)
    for _n in range(2):
        accept(first, owner, solver, outcome="rework", met=False)
        first.refresh_from_db()
    with pytest.raises(milestones.ReworkUsedUp):
        accept(first, owner, solver, outcome="rework", met=False)
