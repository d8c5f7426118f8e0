"""From the opened proposals to the last payment, through the pages of officers, experts, firm and team."""

from django.urls import reverse

from accounts.models import Membership
from challenges.models import Award, Challenge, Proposal, Seat
from tests.journeys.bidding_walk import pay
from tests.journeys.browser import Person

PRICE = "480000"


def send(person: Person) -> Person:
    """The one form of a page about one act."""
    person.page.locator("main form button[type=submit]").first.click()
    return person.look()


def go(person: Person, name: str, *arguments: object) -> Person:
    """A page of challenges by its name."""
    return person.open(reverse(f"challenges:{name}", args=arguments))


def proposal_of(challenge: Challenge) -> Proposal:
    """The proposal that was opened."""
    return Proposal.objects.get(challenge=challenge, number__isnull=False)


def draw(officer: Person, challenge: Challenge) -> None:
    """The team may propose; the panel is drawn, and the draw repeats from its seed."""
    go(officer, "proposal_eligibility", proposal_of(challenge).key)
    send(officer.fill(eligible="yes"))
    send(go(officer, "panel_draw", challenge.number, "new"))
    assert officer.words("Replayed") in officer.text()


def step_back(expert: Person, seat: Seat) -> None:
    """A conflict: the seat goes to a reserve, and the proposal is not seen again."""
    send(go(expert, "seat_recuse", seat.pk).fill(reason="与揭榜团队有合作项目。"))
    assert Seat.objects.get(pk=seat.pk).state == "recused"


def score(expert: Person, seat: Seat, points: str) -> None:
    """The seat is taken; every criterion gets points; what is missing is said."""
    send(go(expert, "seat_accept", seat.pk).fill(may_sign=True))
    challenge = seat.challenge
    go(expert, "seat_score", seat.pk, proposal_of(challenge).number).press("Hand in and go on")
    assert expert.page.title().startswith(expert.words("Error:"))
    expert.fill(**{f"points_{one.pk}": points for one in challenge.criteria.all()}).press("Hand in and go on")


def choose(firm: Person, officer: Person, challenge: Challenge) -> None:
    """Scoring is closed; shortlist, winner, public notice."""
    send(go(officer, "scoring_close", challenge.number))
    found = proposal_of(challenge)
    go(firm, "selection_desk", challenge.number).follow("Publish the shortlist")
    firm.page.check(f"main input[name=proposals][value='{found.number}']")
    send(firm).follow("Select the winners")
    send(firm.fill(**{f"what_{found.pk}": "win", f"amount_{found.pk}": PRICE}))
    send(go(officer, "notice_give", challenge.number))


def sign(person: Person, award: Award) -> None:
    """The contract is read and signed."""
    send(go(person, "contract_sign", award.number).fill(may_sign=True))


def pay_the_rest(firm: Person, award: Award) -> None:
    """What the escrow does not hold yet for the next milestone."""
    go(firm, "award_detail", award.number).follow("Pay into the escrow")
    pay(firm)


def deliver(team: Person, firm: Person, award: Award) -> None:
    """The team hands in, the firm measures and accepts: the milestone is paid."""
    send(go(team, "milestone_hand_in", award.number, 1).fill(text="全部指标达到，附检测报告。"))
    send(go(firm, "milestone_begin", award.number, 1))
    go(firm, "milestone_decide", award.number, 1)
    for row in award.challenge.indicators.all():
        firm.fill(**{f"value_{row.pk}": "40", f"met_{row.pk}": "yes"})
    send(firm.fill(outcome="accepted", reason="恒温箱实测 40 分钟。"))


def member_of(seat: Seat) -> Membership:
    """The membership the expert of a seat acts by."""
    return Membership.objects.select_related("user", "organization").get(user=seat.expert.user_id, role="expert")
