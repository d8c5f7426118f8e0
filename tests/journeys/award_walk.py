"""From the opened proposals to the public notice, through the pages of officers, experts and the firm."""

from django.urls import reverse

from accounts.models import Membership
from challenges.models import Challenge, Proposal, Seat
from challenges.services import scores, seats
from tests.journeys.browser import Person

COMMENT = "指标可信，成本测算偏乐观。"


def send(person: Person) -> Person:
    """The one form of a page about one act."""
    person.page.locator("main form button[type=submit]").first.click()
    return person.look()


def go(person: Person, name: str, *arguments: object) -> Person:
    """A page of challenges by its name."""
    return person.open(reverse(f"challenges:{name}", args=arguments))


def of(challenge: Challenge, solver: Membership) -> Proposal:
    """What a team proposed."""
    return Proposal.objects.get(challenge=challenge, organization=solver.organization_id)


def draw(officer: Person, challenge: Challenge) -> None:
    """Both teams may propose; the panel is drawn, and the draw repeats from its seed."""
    for found in challenge.proposals.all():
        send(go(officer, "proposal_eligibility", found.key).fill(eligible="yes"))
    send(go(officer, "panel_draw", challenge.number, "new"))
    assert officer.words("Replayed") in officer.text()


def accept(expert: Person, seat: Seat) -> None:
    """The seat is taken; the proposals can be read."""
    send(go(expert, "seat_accept", seat.pk).fill(may_sign=True))


def step_back(expert: Person, seat: Seat, known: Proposal) -> None:
    """A conflict with one proposal, known by reading it: a reserve is invited, and nothing of it is seen again."""
    accept(expert, seat)
    read = reverse("challenges:seat_score", args=[seat.pk, known.number])
    expert.page.locator(f"main a[href='{read}']").first.click()
    assert known.opened.content["solution"] in expert.look().text()
    send(go(expert, "seat_recuse", seat.pk).fill(proposal=known.number, reason="与揭榜团队有合作项目。"))
    assert Seat.objects.get(pk=seat.pk).state == "recused"
    for page in ("", "conflict/", f"{known.number}/", f"{known.number}/autosave/", f"{known.number}/files/1/"):
        answer = expert.page.request.get(f"{expert.url}/challenges/reviews/{seat.pk}/{page}")
        assert known.number not in answer.text() or answer.status == 404, page
    assert expert.page.request.get(expert.url + read).status == 404
    assert known.number not in expert.open("/work/").text()


def score(expert: Person, seat: Seat, given: dict[str, str]) -> None:
    """By keys alone: the points of every criterion with a comment, handed in; the next proposal comes by itself."""
    accept(expert, seat)
    expert.follow("Begin scoring")
    keys, criteria = expert.page.keyboard, list(seat.challenge.criteria.all())
    with expert.page.expect_navigation():
        keys.press("Control+Enter")
    assert expert.look().page.title().startswith(expert.words("Error:"))
    for _n in given:
        number = expert.page.url.rstrip("/").rpartition("/")[2]
        keys.press("s")
        for one in criteria:
            assert expert.page.evaluate("document.activeElement.name") == f"points_{one.pk}"
            keys.type(given[number])
            keys.press("Tab")
            keys.type(COMMENT)
            keys.press("Tab")
        with expert.page.expect_navigation():
            keys.press("Control+Enter")
        expert.look()
    assert Seat.objects.get(pk=seat.pk).state == "done"


def score_beside(seat: Seat, given: dict[str, str]) -> None:
    """The same through the services."""
    actor = member_of(seat)
    seat = seats.accept(seat=seat, actor=actor)
    for proposal in scores.to_score(seat.challenge):
        points = {one.pk: (int(given[proposal.number]), COMMENT) for one in seat.challenge.criteria.all()}
        seat = scores.hand_in(seat=seat, proposal=proposal, given=points, actor=actor)


def choose(firm: Person, officer: Person, winner: Proposal, other: Proposal, feedback: str) -> None:
    """Scoring is closed; nobody is rejected without feedback; shortlist, winner, public notice."""
    challenge = winner.challenge
    send(go(officer, "scoring_close", challenge.number))
    go(firm, "selection_desk", challenge.number).follow("Publish the shortlist")
    firm.page.check(f"main input[name=proposals][value='{winner.number}']")
    send(firm)
    assert other.number in firm.text(".error-summary")
    send(go(firm, "feedback", other.number).fill(text=feedback))
    go(firm, "shortlist_edit", challenge.number)
    firm.page.check(f"main input[name=proposals][value='{winner.number}']")
    send(firm).follow("Select the winners")
    send(firm.fill(**{f"what_{winner.pk}": "win", f"amount_{winner.pk}": str(winner.opened.price_fen // 100)}))
    send(go(officer, "notice_give", challenge.number))


def member_of(seat: Seat) -> Membership:
    """The membership the expert of a seat acts by."""
    return Membership.objects.select_related("user", "organization").get(user=seat.expert.user_id, role="expert")
