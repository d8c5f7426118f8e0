"""From the last day of a challenge to its scores in the demo: closed, opened by two, a panel drawn, points given."""

from datetime import datetime

from django.db import transaction

from challenges.models import Challenge, Proposal, Seat
from challenges.services import opening, panels, publishing, scores, seats
from foundation.core import clock
from local.demo import cast
from local.demo.challenges import people
from local.demo.challenges.steps import DAY, HOUR

REMARK = "指标有前期数据支撑，老化样本偏少。"


def close(made: Challenge) -> Challenge:
    """The clock closes it at the end of its last day; the openers have not come yet."""
    with clock.at(made.closes_at):
        publishing.close_due(challenge=made)
    return Challenge.objects.get(pk=made.pk)


def opened_at(made: Challenge) -> datetime:
    """As planned, on the morning of the next working day; in long holidays the demo does not wait."""
    planned = made.opening_planned_at or made.closes_at
    return planned if planned < made.closes_at + 3 * DAY else made.closes_at + 9 * HOUR


def open_all(made: Challenge, shares: dict[str, str]) -> Challenge:
    """Two openers hand in their shares; every team may propose."""
    close(made)
    with clock.at(opened_at(made)):
        for part in ("supervisor", "officer"):
            holder = cast.officer(people.HOLDERS[part])
            opening.hand_in(challenge=made, share=shares[part], passphrase=people.PASSPHRASE, actor=holder)
        for proposal in made.proposals.filter(state="opened"):
            panels.judge_eligibility(proposal=proposal, eligible=True, reason="", actor=people.officer())
    return Challenge.objects.get(pk=made.pk)


def score_all(made: Challenge, shares: dict[str, str]) -> Challenge:
    """Opened, and scored by everybody on the panel; the scoring is closed."""
    made = open_all(made, shares)
    with clock.at(opened_at(made) + HOUR):
        panels.draw_panel(challenge=made, actor=people.officer())
    for n, seat in enumerate(_seats(made)):
        with clock.at(made.closes_at + 3 * DAY + n * HOUR):
            seats.accept(seat=seat, actor=people.sitting(seat.expert))
            for place, proposal in enumerate(_proposals(made)):
                _hand_in(seat, proposal, 88 - 9 * place + n)
    with clock.at(made.closes_at + 6 * DAY):
        scores.close_scoring(challenge=made, actor=people.officer())
    return Challenge.objects.get(pk=made.pk)


def score_partly(made: Challenge, shares: dict[str, str]) -> Challenge:
    """Opened; the expert of the demo logins sits on the panel and has begun, one colleague is done, one is not."""
    made = open_all(made, shares)
    with clock.at(opened_at(made) + HOUR):
        _draw_with(made, people.visitor().pk)
    proposals = _proposals(made)
    begun = 0
    for n, seat in enumerate(_seats(made)):
        with clock.at(made.closes_at + 3 * DAY + n * HOUR):
            seats.accept(seat=seat, actor=people.sitting(seat.expert))
            if seat.expert_id == people.visitor().pk:
                _begin(seat, proposals[0])
                continue
            for place, proposal in enumerate(proposals[: len(proposals) - begun]):
                _hand_in(seat, proposal, 84 - 7 * place + n)
            begun = 1
    return Challenge.objects.get(pk=made.pk)


def _draw_with(made: Challenge, expert: int) -> None:
    """Draws are random, and a visitor wants to see a seat: whatever left that expert out is taken back."""
    drawn = False
    while not drawn:
        with transaction.atomic():
            panels.draw_panel(challenge=made, actor=people.officer())
            drawn = made.seats.filter(expert=expert).exists()
            transaction.set_rollback(not drawn)


def _seats(made: Challenge) -> list[Seat]:
    return list(made.seats.select_related("expert__user").order_by("pk"))


def _proposals(made: Challenge) -> list[Proposal]:
    return list(Proposal.objects.filter(challenge=made, state="eligible").order_by("number"))


def _hand_in(seat: Seat, proposal: Proposal, around: int) -> None:
    """Points around a number, for every criterion."""
    given = {one.pk: (around + i % 5, "依据充分。") for i, one in enumerate(proposal.challenge.criteria.all())}
    scores.hand_in(seat=seat, proposal=proposal, given=given, actor=people.sitting(seat.expert))


def _begin(seat: Seat, proposal: Proposal) -> None:
    """One criterion of the first proposal, kept and not handed in."""
    criterion = proposal.challenge.criteria.first()
    given = {criterion.pk: (82, REMARK)}
    scores.save(seat=seat, proposal=proposal, given=given, actor=people.sitting(seat.expert))
