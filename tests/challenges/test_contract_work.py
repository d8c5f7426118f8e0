"""Contracts and milestones: agreed and signed by both, timers, what ends them, races to a gate, results."""

from datetime import timedelta

import pytest

from accounts.models import Organization
from challenges import clock_contracts
from challenges.models import Award, Challenge, Milestone
from challenges.presentation import contracts as shown
from challenges.services import contract_papers, contracting, ending, milestones, overdue, transition
from challenges.services.rooms import TextChanged
from foundation.audit import invariants
from foundation.audit.models import Event
from foundation.core import clock
from foundation.core.errors import Invalid, NotAllowed, NotPossibleNow
from foundation.core.money import Money
from foundation.core.refs import Ref
from foundation.documents import queries as documents
from licenses.models import Declaration
from tests.factories import accounts
from tests.factories import challenge_work as work
from tests.factories import challenges as make
from tests.factories.patents import make_patent

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
HALF = Money(2_500_000_00)


@pytest.fixture
def cast():
    return make.Cast()


@pytest.fixture
def owner():
    return accounts.member("owner")


@pytest.fixture
def solver():
    return accounts.patentee()


def events(name):
    return Event.objects.filter(name=f"challenges.{name}").count()


def of(award, position=1):
    return award.milestones.get(position=position)


def test_a_contract_is_agreed_signed_by_two_persons_and_printed(cast, owner, solver):
    challenge = work.awarded(cast, owner, [solver, accounts.patentee()])
    award, other = challenge.awards.get(), accounts.member("owner")
    with clock.at(challenge.closes_at + 8 * DAY):
        old = contracting.sha256_of(award)
        contracting.sign(award=award, sha256=old, actor=owner)
        award = work.agreed(award, solver)
        assert award.owner_signed_at is None  # another text: to be read and signed again
        with pytest.raises(TextChanged):
            contracting.sign(award=award, sha256=old, actor=owner)
        with pytest.raises(TextChanged):
            contracting.propose_terms(award=award, values={}, milestones=[], actor=owner, sha256=old)
        with pytest.raises(NotAllowed):
            contracting.sign(award=award, sha256=contracting.sha256_of(award), actor=other)
        wrong = [{"months": 1, "deliverable": "一", "amount_fen": 100}]
        with pytest.raises(Invalid):
            contracting.propose_terms(award=award, values={}, milestones=wrong, actor=owner)
        contracting.sign(award=award, sha256=contracting.sha256_of(award), actor=owner)
        Organization.objects.filter(pk=solver.organization_id).update(name="改名大学")  # a name of the contract
        award = Award.objects.get(pk=award.pk)
        award = contracting.sign(award=award, sha256=contracting.sha256_of(award), actor=solver)
        assert (award.state, award.owner_signed_at) == ("contracting", None)  # the firm signed another text
        assert award.solver_signed_at and events("award.terms_changed") == 2
        signed = work.signed(award, owner, solver)
        repeated = contracting.sign(award=signed, sha256=signed.contract_sha256, actor=solver)
    assert (signed.state, repeated.solver_signed_at) == ("running", signed.solver_signed_at)
    assert [one.amount for one in signed.milestones.all()] == [
        Money(1_000_000_00),
        Money(2_000_000_00),
        Money(2_000_000_00),
    ]
    with pytest.raises(NotPossibleNow):
        contracting.propose_terms(award=signed, values={}, milestones=wrong, actor=owner)
    for _n in range(2):
        contract_papers.make_contract(award=signed)
    made = documents.documents_of(Ref.of(signed)).get()
    assert made.file.content.read(5) == b"%PDF-" and made.file.party_ids == sorted(
        [owner.organization_id, solver.organization_id]
    )
    assert invariants.check() == []


def test_timers_remind_a_week_before_at_the_deadline_and_every_week_after(cast, owner, solver):
    award = work.running(owner, solver, cast)
    first = of(award)
    assert first.next_check_at == first.hand_in_by_at - 7 * DAY
    for moment, reminded, late in [
        (first.hand_in_by_at - 7 * DAY - timedelta(milliseconds=1), 0, 0), (first.hand_in_by_at - 7 * DAY, 1, 0),
        (first.hand_in_by_at - timedelta(milliseconds=1), 1, 0), (first.hand_in_by_at, 1, 1),
        (first.hand_in_by_at + 6 * DAY, 1, 1), (first.hand_in_by_at + 7 * DAY, 1, 2),
    ]:  # fmt: skip
        with clock.at(moment):
            clock_contracts.look()
            clock_contracts.look()
        assert (events("milestone.reminded"), events("milestone.overdue")) == (reminded, late)
    with clock.at(first.hand_in_by_at + 30 * DAY - timedelta(milliseconds=1)), pytest.raises(overdue.TooEarly):
        overdue.find_not_met(milestone=first, reason="未提交", actor=owner)
    with clock.at(first.hand_in_by_at + 30 * DAY):
        with pytest.raises(NotAllowed):
            overdue.find_not_met(milestone=first, reason="未提交", actor=solver)
        overdue.find_not_met(milestone=first, reason="未提交", actor=owner)
    assert (Award.objects.get().state, Challenge.objects.get().state) == ("failed", "failed")
    assert invariants.check() == []


def test_days_that_the_team_waited_for_the_money_are_added(cast, owner, solver):
    award = work.running(owner, solver, cast)
    planned, begun = of(award, 2).due_date, of(award).hand_in_by_at - 30 * DAY
    with clock.at(begun):
        work.decided(of(award), owner, solver)
        assert of(award, 2).state == "planned"
        assert "2" in shown.next_step(award, list(award.milestones.all()))["text"]
    asked = work.asked(award.challenge)
    with clock.at(asked.created_at + 40 * DAY):  # later than asked for, and still welcome
        assert work.paid_in(award.challenge) == Money(1_500_000_00)
    second = of(award, 2)
    assert (second.state, second.due_date) == ("due", planned + 40 * DAY)
    with clock.at(second.hand_in_by_at - DAY):
        reworked = work.decided(second, owner, solver, "rework", met=False)
        assert reworked.state == "rework" and reworked.hand_in_by_at > second.hand_in_by_at


def test_the_firm_decides_before_it_ends_a_contract_and_the_team_may_ask(cast, owner, solver):
    award = work.running(owner, solver, cast)
    milestone = work.handed_in(of(award), solver)
    with pytest.raises(NotAllowed):
        milestones.begin_acceptance(milestone=milestone, actor=solver)
    with pytest.raises(NotAllowed):
        milestones.decide(milestone=milestone, outcome="accepted", reason="好", measured={}, actor=solver)
    with pytest.raises(ending.DecideFirst):
        ending.terminate(award=award, reason="不需要了", actor=owner)
    with pytest.raises(NotAllowed):
        ending.terminate(award=award, reason="不做了", actor=solver)
    with pytest.raises(NotAllowed):
        ending.ask_end(award=award, reason="不做了", actor=owner)
    milestones.begin_acceptance(milestone=milestone, actor=owner)
    with pytest.raises(NotPossibleNow):  # something came: it is decided, not found missing
        overdue.find_not_met(milestone=milestone, reason="不想要了", actor=owner)
    assert of(award).state == "in_review"
    assert ending.ask_end(award=award, reason="设备停产", actor=solver).end_asked_reason == "设备停产"
    ended = ending.terminate(award=award, reason="设备停产，双方同意", actor=cast.officer)
    assert (ended.state, Challenge.objects.get().state) == ("terminated", "terminated")
    assert invariants.check() == []


def test_a_horse_race_stops_at_the_gate_until_the_firm_chooses(cast, owner, solver):
    rival = accounts.patentee()
    terms = {"most_winners": 2, "gate_milestone": 1}
    challenge = work.awarded(cast, owner, [solver, rival, accounts.patentee()], {solver: HALF, rival: HALF}, **terms)
    with clock.at(challenge.closes_at + 8 * DAY):
        whole = [{"months": 1, "deliverable": "全部", "amount_fen": HALF.fen}]
        with pytest.raises(Invalid):  # nothing would follow the gate
            contracting.propose_terms(award=challenge.awards.first(), values={}, milestones=whole, actor=owner)
        ours, theirs = (work.agreed(challenge.awards.get(solver=one.organization), owner) for one in (solver, rival))
        work.signed(ours, owner, solver)
        work.decided(of(ours), owner, solver)
        with pytest.raises(Invalid):
            ending.choose_at_gate(award=ours, reason="领先", actor=owner)  # the rival is not there yet
        work.signed(theirs, owner, rival)
        assert [of(one, 2).state for one in (ours, theirs)] == ["planned", "planned"]
        work.decided(of(theirs), owner, rival)
        assert [of(one, 2).state for one in (ours, theirs)] == ["planned", "planned"]  # both wait at the gate
        with pytest.raises(NotAllowed):
            ending.choose_at_gate(award=theirs, reason="领先", actor=rival)
        ending.choose_at_gate(award=theirs, reason="指标领先", actor=owner)
    assert [Award.objects.get(pk=one.pk).state for one in (ours, theirs)] == ["terminated", "running"]
    assert of(theirs, 2).state == "planned" and work.paid_in(challenge) == Money(500_000_00)
    assert of(theirs, 2).state == "due" and Milestone.objects.filter(state="ended").count() == 2
    assert invariants.check() == []


def test_what_came_of_a_result_is_told_and_a_patent_of_it_offered_openly(cast, owner, solver):
    award = work.running(owner, solver, cast)
    with pytest.raises(NotPossibleNow):
        transition.tell(award=award, kind="product", on=award.milestones.first().due_date, text="上市", actor=solver)
    for position in (1, 2, 3):
        work.decided(of(award, position), owner, solver)
        if position < 3:
            work.paid_in(award.challenge)
    award = Award.objects.get()
    assert award.state == "completed"
    patent = make_patent(solver.organization)
    with pytest.raises(NotAllowed):
        transition.open_license(award=award, patent=make_patent(owner.organization), actor=solver)
    draft = transition.open_license(award=award, patent=patent, actor=solver)
    assert (draft.patent, draft.state, Declaration.objects.count()) == (patent, "draft", 1)
    told = award.outcomes.get()
    assert (told.kind, told.patent) == ("open_license", patent)
    assert events("award.outcome_told") == 1 and invariants.check() == []
