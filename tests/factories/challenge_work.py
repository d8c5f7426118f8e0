"""Contracts of challenges: awarded, signed, with milestones in each state, made through the services."""

from collections.abc import Mapping, Sequence
from typing import Any

from accounts.models import Membership
from challenges.models import Award, Challenge, Milestone
from challenges.services import bounty, contracting, milestones
from foundation.audit.delivery import deliver_pending
from foundation.core import clock
from foundation.core.money import Money
from settlement.models import Obligation
from tests.factories import accounts
from tests.factories import challenges as make
from tests.factories.settlement import pay, started_payment

REPORT = "小试样品三只，报告附后。"


def awarded(
    cast: make.Cast,
    owner: Membership,
    solvers: Sequence[Membership],
    amounts: Mapping[Membership, Money] | None = None,
    reserve: Membership | None = None,
    **terms: Any,
) -> Challenge:
    """The public notice is over: contracts are to be signed with the solvers of ``amounts`` (the first one, all of it).

    The last solver is not awarded, but ``reserve`` is kept in reserve. Leaves the clock where it was.
    """  # fmt: skip
    for _n in range(5):
        make.expert()
    challenge = make.published(cast, owner, **terms)
    for solver in solvers:
        make.submitted(challenge, solver)
    amounts = amounts or {solvers[0]: make.BOUNTY}
    with clock.at(challenge.closes_at):
        challenge = make.opened(cast, challenge)
        numbers = {one.organization_id: one.number for one in challenge.proposals.all()}
        order = {numbers[one.organization_id]: 90 - 10 * n for n, one in enumerate(solvers)}
        challenge = make.scored(cast, challenge, order)
        winners = {numbers[one.organization_id]: amount for one, amount in amounts.items()}
        reserves = [numbers[reserve.organization_id]] if reserve else []
        return make.awarded(cast, challenge, owner, winners, reserves)


def agreed(award: Award, owner: Membership) -> Award:
    """The milestones of the text follow the plan of the challenge and add up to the award's amount."""
    plan = make.PAYMENTS
    amounts = [award.amount_fen * bp // 10_000 for _months, _text, bp in plan]
    amounts[-1] += award.amount_fen - sum(amounts)
    rows = [
        {"months": months, "deliverable": text, "amount_fen": fen}
        for (months, text, _bp), fen in zip(plan, amounts, strict=True)
    ]
    return contracting.propose_terms(award=award, values={"work": "三步走"}, milestones=rows, actor=owner)


def signed(award: Award, owner: Membership, solver: Membership) -> Award:
    """Both sides sign what stands there."""
    award = Award.objects.get(pk=award.pk)
    pinned = contracting.sha256_of(award)
    contracting.sign(award=award, sha256=pinned, actor=owner)
    return contracting.sign(award=award, sha256=pinned, actor=solver)


def running(owner: Membership | None = None, solver: Membership | None = None, cast: make.Cast | None = None) -> Award:
    """A signed contract of 5,000,000.00: 1,000,000, 2,000,000 and 2,000,000; 1,500,000 lie in the escrow."""
    owner, solver = owner or accounts.member("owner"), solver or accounts.patentee()
    challenge = awarded(cast or make.Cast(), owner, [solver, accounts.patentee()])
    with clock.at(challenge.closes_at):
        return signed(challenge.awards.get(), owner, solver)


def handed_in(milestone: Milestone, solver: Membership, **given: Any) -> Milestone:
    """What is due was handed in."""
    milestones.hand_in(milestone=milestone, **{"text": REPORT, "actor": solver} | given)
    return Milestone.objects.get(pk=milestone.pk)


def decided(milestone: Milestone, owner: Membership, solver: Membership, outcome="accepted", *, met=True) -> Milestone:
    """Handed in, measured and decided."""
    milestone = milestones.begin_acceptance(milestone=handed_in(milestone, solver), actor=owner)
    measured = {row.pk: ("42", met) for row in milestone.award.challenge.indicators.all()}
    milestones.decide(milestone=milestone, outcome=outcome, reason="已测", measured=measured, actor=owner)
    return Milestone.objects.get(pk=milestone.pk)


def asked(challenge: Challenge) -> Obligation:
    """What the firm was asked to pay in and has not yet."""
    return Obligation.objects.get(purpose=bounty.PURPOSE, ref_id=challenge.pk, state="open")


def paid_in(challenge: Challenge) -> Money:
    """The firm pays what it was asked for; how much."""
    waiting = asked(challenge)
    assert pay(started_payment(waiting)) == "accepted"
    deliver_pending()
    return waiting.amount
