"""What follows the award in the demo: signed contracts, milestones, money, and what came of it."""

from datetime import datetime, timedelta
from decimal import Decimal

from accounts.models import Membership
from challenges.models import Award, Indicator, Milestone
from challenges.services import contracting, escrow_plan, milestones, transition
from foundation.core import clock
from foundation.core.clock import local_date
from local.demo import uptakes
from local.demo.challenges import people
from local.demo.challenges.table import Row

DAY = timedelta(days=1)
REPORT = "按合同完成本节点工作，测试数据与样品清单见报告。"
TEAMS = "jhut", "yunpu", "qingyu"


def team_of(award: Award) -> Membership:
    """Who works for the team."""
    owners = {people.owner(key).organization_id: people.owner(key) for key in TEAMS}
    return owners[award.solver_id]


def sign(award: Award, row: Row, at: datetime) -> Award:
    """Both sign what the proposal promised."""
    pinned = contracting.sha256_of(award)
    with clock.at(at):
        contracting.sign(award=award, sha256=pinned, actor=people.owner(row.owner))
    with clock.at(at + DAY):
        return contracting.sign(award=award, sha256=pinned, actor=team_of(award))


def pay_in(award: Award, row: Row, at: datetime) -> None:
    """The firm pays what the next milestone asks for, where something is asked."""
    asked = escrow_plan.waiting_payment(award)
    if asked is None:
        return
    with clock.at(at):
        uptakes.bank_says_paid(asked, people.owner(row.owner), f"demo:{asked.number}")
        milestones.on_escrow_paid(challenge=award.challenge)


def hand_in(milestone: Milestone, at: datetime) -> Milestone:
    """The team hands in its report."""
    with clock.at(at):
        milestones.hand_in(milestone=milestone, text=REPORT, actor=team_of(milestone.award))
    return Milestone.objects.get(pk=milestone.pk)


def decide(milestone: Milestone, row: Row, at: datetime, outcome: str = "accepted") -> None:
    """The firm measures what the indicators ask for and decides."""
    firm, passed = people.owner(row.owner), outcome == "accepted"
    with clock.at(at):
        begun = milestones.begin_acceptance(milestone=milestone, actor=firm)
        indicators = list(milestone.award.challenge.indicators.all())
        measured = {one.pk: (one.target if passed else _missed(one), passed) for one in indicators}
        reason = "实测达到指标，验收合格。" if passed else "连续运行数据不足，请补测后重新提交。"
        milestones.decide(milestone=begun, outcome=outcome, reason=reason, measured=measured, actor=firm)


def _missed(indicator: Indicator) -> str:
    """A tenth to the wrong side of a target."""
    share = Decimal("1.1") if indicator.comparison == "≤" else Decimal("0.9")
    return f"{Decimal(indicator.target) * share:f}"


def complete(award: Award, row: Row, at: datetime) -> None:
    """Every milestone is accepted in turn, a fortnight each; then a product comes of it."""
    for n in range(1, len(row.payments) + 1):
        begun = at + (n - 1) * 16 * DAY
        pay_in(award, row, begun)
        decide(hand_in(award.milestones.get(position=n), begun + 10 * DAY), row, begun + 14 * DAY)
    told_at = at + len(row.payments) * 16 * DAY
    with clock.at(told_at):
        done = Award.objects.get(pk=award.pk)
        text = "成果用于北方储能电站改造，首批样柜已投运。"
        transition.tell(award=done, kind="in_use", on=local_date(told_at), text=text, actor=people.owner(row.owner))


def rework(award: Award, row: Row, at: datetime) -> None:
    """The first milestone is paid, the second one sent back once."""
    decide(hand_in(award.milestones.get(position=1), at), row, at + 4 * DAY)
    pay_in(award, row, at + 8 * DAY)
    decide(hand_in(award.milestones.get(position=2), at + 30 * DAY), row, at + 36 * DAY, "rework")
