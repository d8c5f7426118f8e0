"""What the matrix needs of experts, panels, scores and the selection."""

from typing import Any

from challenges.models import Expert, Seat
from challenges.services import noticing, panels, scores, seats, selecting
from foundation.core import clock
from foundation.core.money import Money
from tests.architecture.permissions.world_listing import acting_expert
from tests.factories import challenges as make
from tests.factories.challenges import Cast
from tests.factories.judging import give

OWN_SIDES = 2


def added(cast: Cast, actor: Any, other: Any) -> dict[str, Any]:
    """A challenge of ``actor`` that ``other`` proposes for, in its public notice, with an objection to answer.

    The expert of the world sits on the panels of the first two, the organization's and the person's.
    """
    known = cast.__dict__.setdefault("judged", set())
    if (other.pk, actor.pk) in known:
        return {}  # the other side of a pair whose challenge is there
    known.add((actor.pk, other.pk))
    challenge = make.published(cast, actor)
    make.submitted(challenge, other)
    Expert.objects.update(is_active=False)
    if len(known) <= OWN_SIDES:
        acting_expert()
    while Expert.objects.filter(is_active=True).count() < cast.season.panel_size:
        make.expert()
    with clock.at(challenge.closes_at):
        return judged(cast, make.opened(cast, challenge), actor, other)


def judged(cast: Cast, challenge: Any, actor: Any, other: Any) -> dict[str, Any]:
    """From the opening to the objection, by names of the matrix."""
    proposal = panels.judge_eligibility(
        proposal=challenge.proposals.get(), eligible=True, reason="", actor=cast.officer
    )
    draw = panels.draw_panel(challenge=challenge, actor=cast.officer)
    for seat in Seat.objects.filter(challenge=challenge):
        expert = make.member_of(seat.expert)
        seats.accept(seat=seat, actor=expert)
        give(seat, expert, proposal, 80)
    scores.close_scoring(challenge=challenge, actor=cast.officer)
    selecting.shortlist(challenge=challenge, numbers=[proposal.number], reason="", actor=actor)
    selecting.select(challenge=challenge, winners={proposal.number: Money(1_000_00)}, reason="", actor=actor)
    challenge = noticing.give_notice(challenge=challenge, actor=cast.officer)
    objection = noticing.object_to(challenge=challenge, reason="评分有误", actor=other)
    seat = Seat.objects.filter(challenge=challenge).order_by("expert__pk").first()
    return {
        "judged": challenge.number,
        "judged_proposal": proposal.number,
        "draw": draw.pk,
        "seat": seat.pk,
        "expert": seat.expert_id,
        "selection_objection": objection.pk,
    }
