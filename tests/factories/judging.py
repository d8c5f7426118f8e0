"""Opened proposals, panels and scores, made through the services."""

from dataclasses import dataclass
from typing import Any

from accounts.models import Membership
from challenges.models import Challenge, Expert, Proposal, Seat
from challenges.services import panels, scores, seats
from tests.factories import accounts
from tests.factories import challenges as make


@dataclass
class Judged:
    """A challenge whose proposals are open and eligible; call what follows under `clock.at(challenge.closes_at)`."""

    cast: make.Cast
    challenge: Challenge
    owner: Membership
    solvers: list[Membership]

    @property
    def proposals(self) -> list[Proposal]:
        """By number."""
        return list(self.challenge.proposals.exclude(number=None).order_by("number"))

    def team_of(self, proposal: Proposal) -> Membership:
        """Who wrote it."""
        return next(one for one in self.solvers if one.organization_id == proposal.organization_id)

    def seated(self, pool: int = 5) -> list[tuple[Seat, Membership]]:
        """A panel of three that accepted."""
        for _n in range(pool):
            make.expert()
        panels.draw_panel(challenge=self.challenge, actor=self.cast.officer)
        found = []
        for seat in Seat.objects.filter(challenge=self.challenge).order_by("pk"):
            actor = make.member_of(seat.expert)
            found.append((seats.accept(seat=seat, actor=actor), actor))
        return found

    def scored(self, *points: int) -> None:
        """Every expert gives proposal n the n-th points for everything; the scoring is closed."""
        for seat, actor in self.seated():
            for proposal, value in zip(self.proposals, points, strict=True):
                give(seat, actor, proposal, value)
        scores.close_scoring(challenge=self.challenge, actor=self.cast.officer)
        self.fresh()

    def fresh(self) -> Challenge:
        """As it stands now."""
        self.challenge = Challenge.objects.select_related("season", "owner").get(pk=self.challenge.pk)
        return self.challenge


def opened(proposals: int = 2, **season: Any) -> Judged:
    """Published, closed and opened, without anybody in the pool. Time stands before the deadline: see `Judged`."""
    cast = make.Cast()
    if season:
        cast.season = make.season(cast, **season)
    owner = accounts.member("owner")
    solvers = [accounts.patentee() for _n in range(proposals)]
    challenge = make.published(cast, owner)
    Expert.objects.update(is_active=False)  # who gave the opinion
    for n, solver in enumerate(solvers):
        make.submitted(challenge, solver, members=[{"name": f"成员{n}", "unit": f"单位{n}", "consent": True}])
    return Judged(cast, challenge, owner, solvers)


def read(judged: Judged) -> Judged:
    """Open the proposals and find all of them eligible. Under `clock.at(challenge.closes_at)`."""
    judged.challenge = make.opened(judged.cast, judged.challenge)
    for proposal in judged.challenge.proposals.all():
        panels.judge_eligibility(proposal=proposal, eligible=True, reason="", actor=judged.cast.officer)
    judged.fresh()
    return judged


def give(seat: Seat, actor: Membership, proposal: Proposal, points: int, comment: str = "") -> None:
    """The same points for every criterion, handed in."""
    given = {one.pk: (points, comment) for one in proposal.challenge.criteria.all()}
    scores.hand_in(seat=seat, proposal=proposal, given=given, actor=actor)
