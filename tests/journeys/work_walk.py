"""A contract through its pages: signed, worked off in milestones, paid by finance, and read by who was not chosen."""

from accounts.models import Membership
from challenges.models import Award, Challenge, Milestone
from challenges.services import milestones
from settlement.models import Payout
from tests.harness import eventually
from tests.journeys.award_walk import go, send
from tests.journeys.bidding_walk import pay
from tests.journeys.browser import Person
from tests.journeys.ledger_walk import approve, make_run

REPORT, FLAW = "全部指标达到，附检测报告。", "恒温箱实测 52 分钟，未达到指标，请改进电解液后重测。"


def read_feedback(team: Person, challenge: Challenge, feedback: str) -> None:
    """Who was not chosen finds the reasons on the page of the own proposal, and nothing of the other team."""
    team.open("/challenges/proposals/").page.locator("main a[href*='/challenges/proposals/']").first.click()
    text = team.look().text()
    assert feedback in text
    assert team.words("Not chosen") in text
    winner = challenge.awards.get().proposal
    assert team.page.request.get(f"{team.url}{winner.get_absolute_url()}").status == 404


def sign(person: Person, award: Award) -> None:
    """The contract is read and signed."""
    send(go(person, "contract_sign", award.number).fill(may_sign=True))


def pay_the_rest(firm: Person, award: Award) -> None:
    """What the escrow does not hold yet for the next milestone; with it the work on that starts."""
    go(firm, "award_detail", award.number).follow("Pay into the escrow")
    pay(firm)
    assert eventually(lambda: award.milestones.get(position=2).state == "due")


def hand_in(team: Person, firm: Person, award: Award, position: int) -> None:
    """The team hands in, the firm begins to measure."""
    send(go(team, "milestone_hand_in", award.number, position).fill(text=REPORT))
    send(go(firm, "milestone_begin", award.number, position))


def hand_in_again(milestone: Milestone, team: Membership, firm: Membership) -> None:
    """The same beside the pages."""
    milestones.hand_in(milestone=milestone, text=REPORT, actor=team)
    milestones.begin_acceptance(milestone=milestone, actor=firm)


def decide(firm: Person, award: Award, position: int, *, minutes: str, reason: str, outcome: str) -> None:
    """What was measured, and what follows from it."""
    go(firm, "milestone_decide", award.number, position)
    for row in award.challenge.indicators.all():
        firm.fill(**{f"value_{row.pk}": minutes, f"met_{row.pk}": "yes" if outcome == "accepted" else "no"})
    send(firm.fill(outcome=outcome, reason=reason))


def see_the_bounty(finance: Person, challenge: Challenge) -> None:
    """Finance finds what the firm paid in, held for the challenge."""
    finance.open(f"/finance/obligations/{challenge.obligation.number}/")
    text = finance.text()
    assert finance.words("Paid") in text and "150,000.00" in text and challenge.number in text


def pay_out(finance: Person, officer: Person, team: Person, award: Award) -> None:
    """One run for the milestones of the award: made by finance, approved by an officer, answered by the bank."""
    number = make_run(finance, rail="sandbox")
    approve(officer, number)
    finance.open(f"/finance/payouts/runs/{number}/").press("Send to the bank")
    finance.until(finance.words("Answered by the bank"))
    paid = Payout.objects.filter(run__number=number, party=award.solver, state="done")
    assert sorted(paid.values_list("amount_fen", flat=True)) == sorted(
        award.milestones.values_list("amount_fen", flat=True)
    )
    assert "384,000.00" in team.open("/finance/payouts/received/").text()
