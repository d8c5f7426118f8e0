"""kill -9 at every named step of a contract: nothing half done, and the repeat does it once, to the fen.

`bin/test` takes the steps where money moves; KAIXU_ALL_FAULTS takes all.
"""

import os

import pytest

from challenges.models import Award, Challenge, Milestone, Payout
from challenges.services import contract_papers, contracting, ending, milestones
from challenges.services.bounty import held
from foundation.audit import invariants
from foundation.core.money import Money
from foundation.core.refs import Ref
from foundation.documents import queries as documents
from settlement import queries
from settlement.models import JournalEntry
from tests.factories import accounts
from tests.factories import challenge_work as work
from tests.factories import challenges as make
from tests.settlement.test_crashes import killed_at

pytestmark = pytest.mark.django_db(transaction=True)
ALL = bool(os.environ.get("KAIXU_ALL_FAULTS"))
BEGIN = """
from accounts.models import Membership
from challenges.models import Award, Milestone
from challenges.services import contract_papers, contracting, ending, milestones
actor = Membership.objects.get(pk={actor})
"""
FIRST, ESCROW = Money(1_000_000_00), Money(1_500_000_00)


def some(*steps: str) -> list[str]:
    """All steps, or the first, where the run is to be short."""
    return list(steps if ALL else steps[:1])


def kill(step, actor, code):
    killed_at(step, BEGIN.format(actor=actor.pk) + code)
    assert invariants.check() == []


def money(award, solver):
    """What the team has, what the escrow holds, fen."""
    return queries.balance("2011", party=solver.organization), held(award.challenge)


@pytest.fixture
def cast():
    return {"owner": accounts.member("owner"), "solver": accounts.patentee()}


@pytest.mark.parametrize(
    "step", some("challenges.milestone.paid", "challenges.milestone.accepted", "settlement.hold.posted")
)
def test_an_acceptance_cut_off_pays_nothing_and_once_when_repeated(step, cast):
    award = work.running(**cast)
    milestone = milestones.begin_acceptance(
        milestone=work.handed_in(award.milestones.get(position=1), cast["solver"]), actor=cast["owner"]
    )
    measured = {row.pk: ("42", True) for row in award.challenge.indicators.all()}
    given = {"outcome": "accepted", "reason": "已测", "measured": measured}
    code = f"milestones.decide(milestone=Milestone.objects.get(pk={milestone.pk}), actor=actor, **{given!r})"
    kill(step, cast["owner"], code)
    milestone.refresh_from_db()
    assert milestone.state == "in_review" and money(award, cast["solver"]) == (Money(0), ESCROW)
    milestones.decide(milestone=milestone, actor=cast["owner"], **given)
    assert money(award, cast["solver"]) == (FIRST, ESCROW - FIRST)
    assert (Payout.objects.count(), JournalEntry.objects.filter(kind="bounty_accepted").count()) == (1, 1)
    assert work.asked(award.challenge).amount == Money(1_500_000_00) and invariants.check() == []


@pytest.mark.parametrize("step", some("challenges.award.terminated", "settlement.hold.posted"))
def test_a_termination_cut_off_gives_nothing_back_and_once_when_repeated(step, cast):
    award = work.running(**cast)
    given = {"reason": "双方同意"}
    kill(step, cast["owner"], f"ending.terminate(award=Award.objects.get(pk={award.pk}), actor=actor, **{given!r})")
    assert Award.objects.get().state == "running" and money(award, cast["solver"]) == (Money(0), ESCROW)
    ending.terminate(award=award, actor=cast["owner"], **given)
    assert queries.balance("2013", party=cast["owner"].organization) == ESCROW
    assert (Challenge.objects.get().state, queries.balance("2004")) == ("terminated", Money(0))
    assert invariants.check() == []


@pytest.mark.parametrize("step", some("challenges.contract.rendered", "challenges.contract.signed"))
def test_a_signature_and_its_paper_cut_off_are_there_once_when_repeated(step, cast):
    challenge = work.awarded(make.Cast(), cast["owner"], [cast["solver"], accounts.patentee()])
    award = challenge.awards.get()
    pinned = contracting.sha256_of(award)
    contracting.sign(award=award, sha256=pinned, actor=cast["owner"])
    sign = f"award = contracting.sign(award=Award.objects.get(pk={award.pk}), sha256={pinned!r}, actor=actor)\n"
    kill(step, cast["solver"], sign + "contract_papers.make_contract(award=award)")
    signed = contracting.sign(award=Award.objects.get(), sha256=pinned, actor=cast["solver"])
    for _n in range(2):
        contract_papers.make_contract(award=signed)
    assert (signed.state, Milestone.objects.count()) == ("running", 3)
    assert documents.documents_of(Ref.of(signed)).count() == 1
    assert invariants.check() == []
