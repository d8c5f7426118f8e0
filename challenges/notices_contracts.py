"""Who is told about contracts, milestones and results."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from django.urls import reverse

from accounts import queries as accounts
from challenges.models import Award
from foundation.core.marks import _
from notifications import notices

OWNER, SOLVER, OFFICERS = "owner", "solver", "officers"
BOTH = (OWNER, SOLVER)
CAPABILITY = {OWNER: "take_license", SOLVER: "declare"}
WHY = {
    OWNER: _("Your organization published the challenge."),
    SOLVER: _("Your organization works on the challenge."),
    OFFICERS: _("You conduct the list."),
}
# event, who is told, the subject of the message
AWARDS = [
    ("terms_changed", BOTH, _("The texts of contract {number} were changed: read them again")),
    ("signed", BOTH, _("One side signed contract {number}")),
    ("sign", BOTH, _("Contract {number} is signed by both")),
    ("unsigned", (*BOTH, OFFICERS), _("Contract {number} is not signed yet")),
    ("complete", (*BOTH, OFFICERS), _("The work of contract {number} is completed")),
    ("fail", (*BOTH, OFFICERS), _("The work of contract {number} failed")),
    ("end_asked", (OWNER, OFFICERS), _("The team asks to end contract {number}")),
    ("terminate", BOTH, _("Contract {number} was ended")),
]
MILESTONES = [
    ("start", BOTH, _("The work on milestone {number} begins, due on {due}")),
    ("submit", (OWNER,), _("Milestone {number} was handed in: begin the acceptance")),
    ("review", (SOLVER,), _("The acceptance of milestone {number} began")),
    ("accept", BOTH, _("Milestone {number} is accepted: {amount} is paid")),
    ("send_back", (SOLVER,), _("Milestone {number} is sent back for rework")),
    ("fail", BOTH, _("Milestone {number} was found not met")),
    ("reminded", BOTH, _("Milestone {number} is due before {due}")),
    ("overdue", (*BOTH, OFFICERS), _("Milestone {number} is overdue")),
]


def _to(sides: Iterable[str], award_of: Callable[[Any], Award]):
    def recipients(event: Any) -> Iterator[tuple[int, str]]:
        award = award_of(event)
        parties = {OWNER: award.challenge.owner, SOLVER: award.solver}
        for side in sides:
            found = (
                accounts.with_role("provincial_officer")
                if side == OFFICERS
                else accounts.members_of(parties[side], CAPABILITY[side])
            )
            for membership in found:
                yield membership.user_id, WHY[side]

    return recipients


def _award(event: Any) -> Award:
    return Award.objects.select_related("challenge__owner", "solver").get(pk=event.subject_id)


def _award_of_milestone(event: Any) -> Award:
    return Award.objects.select_related("challenge__owner", "solver").get(milestones=event.subject_id)


def award_url(event: Any) -> str:
    """The page of the contract."""
    return reverse("challenges:award_detail", args=[event.subject_number])


def milestone_url(event: Any) -> str:
    """The page of the milestone; events call it "contract/position"."""
    number, _slash, position = event.subject_number.rpartition("/")
    return reverse("challenges:milestone_detail", args=[number, position])


def install() -> None:
    """Register every row."""
    template = "notices/challenges/contract.txt"
    for table, noun, award_of, url in (
        (AWARDS, "award", _award, award_url),
        (MILESTONES, "milestone", _award_of_milestone, milestone_url),
    ):
        for verb, sides, subject in table:
            recipients, name = _to(sides, award_of), f"challenges.{noun}.{verb}"
            notices.register(name, recipients=recipients, subject=subject, template=template, url=url)
