"""Who is told about panels, the shortlist, the selection and objections to it."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.urls import reverse

from accounts import queries as accounts
from challenges.models import Award, Challenge, Proposal, Seat, SelectionObjection
from foundation.core.marks import _
from notifications import notices

WHY_OFFICER = _("You conduct the list of challenges.")
WHY_OWNER = _("Your organization published this challenge.")
WHY_TEAM = _("Your organization proposes for this challenge.")
WHY_EXPERT = _("You are in the pool of experts.")
WHY_OBJECTOR = _("Your organization objected.")
Told = Iterator[tuple[int, str]]
# event of a challenge, who is told, the subject
CHALLENGES = [
    ("reserves_used_up", ("officers",), _("Challenge {number}: a seat on the panel is empty, draw again")),
    ("scored", ("owner",), _("The panel of challenge {number} is done: see the ranking")),
    ("select", ("officers",), _("Winners were selected for challenge {number}: give public notice")),
    ("give_notice", ("owner", "teams"), _("The selection for challenge {number} is public until {until}")),
    ("objected", ("officers", "owner"), _("An objection to the selection for challenge {number} was raised")),
    (
        "objection_decided",
        ("owner", "objector"),
        _("The objection to the selection for challenge {number} was decided"),
    ),
    ("reconsider", ("owner",), _("The selection for challenge {number} was set aside: select again")),
    (
        "promote",
        ("owner", "teams", "officers"),
        _("Challenge {number}: a reserve follows, public notice until {until}"),
    ),
    ("confirm", ("owner",), _("The selection for challenge {number} is confirmed: make the contract")),
]
PROPOSALS = [
    ("shortlist", _("Your proposal {number} is on the shortlist")),
    ("reject", _("Your proposal {number} was not chosen: read the feedback")),
    ("win", _("Your proposal {number} was selected")),
    ("keep", _("Your proposal {number} is kept in reserve")),
    ("stand_down", _("Your proposal {number} is in reserve no longer: nobody follows any more for {challenge}")),
    ("reconsider", _("The selection was set aside: proposal {number} is on the shortlist again")),
    ("talked", _("A talk or visit about proposal {number} was noted")),
]
SEATS = [
    ("invited", _("You are invited to the panel of challenge {challenge}: answer before {answer_by}")),
    ("reminded", _("Challenge {challenge}: hand in your scores before {score_by}")),
    ("lapse", _("Your seat on the panel of challenge {challenge} ended: the scores did not come in time")),
    ("expire", _("Your invitation to the panel of challenge {challenge} ran out")),
]


def _members(organization: Any, capability: str, why: str) -> Told:
    for membership in accounts.members_of(organization, capability):
        yield membership.user_id, why


def officers() -> Told:
    """The officers of the province."""
    for membership in accounts.with_role("provincial_officer"):
        yield membership.user_id, WHY_OFFICER


def _teams(challenge: Challenge) -> Told:
    """Whoever's proposal was opened."""
    for proposal in challenge.proposals.exclude(number=None).select_related("organization"):
        yield from _members(proposal.organization, "declare", WHY_TEAM)


def _objector(event: Any) -> Told:
    objection = SelectionObjection.objects.select_related("organization").get(pk=event.data["facts"]["objection"])
    yield from _members(objection.organization, None, WHY_OBJECTOR)


def _to(sides: Iterable[str]):
    def recipients(event: Any) -> Told:
        challenge = Challenge.objects.select_related("owner").get(pk=event.subject_id)
        for side in sides:
            if side == "officers":
                yield from officers()
            elif side == "owner":
                yield from _members(challenge.owner, "take_license", WHY_OWNER)
            elif side == "teams":
                yield from _teams(challenge)
            else:
                yield from _objector(event)

    return recipients


def _to_team(event: Any) -> Told:
    proposal = Proposal.objects.select_related("organization").get(pk=event.subject_id)
    yield from _members(proposal.organization, "declare", WHY_TEAM)


def _to_expert(event: Any) -> Told:
    yield Seat.objects.select_related("expert").get(pk=event.subject_id).expert.user_id, WHY_EXPERT


def _to_winner(event: Any) -> Told:
    award = Award.objects.select_related("solver").get(pk=event.subject_id)
    yield from _members(award.solver, "declare", WHY_TEAM)


def _page(route: str):
    def address(event: Any) -> str:
        return reverse(f"challenges:{route}", args=[event.subject_number])

    return address


PAGES = {
    "reserves_used_up": _page("panel_detail"),
    "scored": _page("selection_desk"),
    "select": _page("panel_detail"),
    "give_notice": _page("selection_notice"),
    "reconsider": _page("selection_desk"),
    "promote": _page("selection_notice"),
    "confirm": _page("selection_notice"),
}


def objection_url(event: Any, user: Any) -> str:
    """Officers to the panel, the firm to its desk, others to the challenge."""
    challenge = Challenge.objects.get(pk=event.subject_id)
    held = list(accounts.memberships_of(user))
    if any(one.role == "provincial_officer" for one in held):
        return reverse("challenges:panel_detail", args=[challenge.number])
    if any(one.organization_id == challenge.owner_id for one in held):
        return reverse("challenges:selection_desk", args=[challenge.number])
    return challenge.get_absolute_url()


def proposal_url(event: Any) -> str:
    """The team's page of its proposal."""
    return Proposal.objects.get(pk=event.subject_id).get_absolute_url()


def seat_url(event: Any) -> str:
    """The expert's seat."""
    return reverse("challenges:seat_detail", args=[event.subject_id])


def award_url(event: Any) -> str:
    """The public notice that named the winner."""
    award = Award.objects.select_related("challenge").get(pk=event.subject_id)
    return reverse("challenges:selection_notice", args=[award.challenge.number])


def install() -> None:
    """Register every row."""
    template = "notices/challenges/judging.txt"
    for verb, sides, subject in CHALLENGES:
        more = {"url": PAGES[verb]} if verb in PAGES else {"url_for": objection_url}
        name = f"challenges.challenge.{verb}"
        notices.register(name, recipients=_to(sides), subject=subject, template=template, **more)
    for table, noun, recipients, url in (
        (PROPOSALS, "proposal", _to_team, proposal_url),
        (SEATS, "seat", _to_expert, seat_url),
        ([("confirm", _("Award {number} is confirmed: make the contract"))], "award", _to_winner, award_url),
    ):
        for verb, subject in table:
            name = f"challenges.{noun}.{verb}"
            notices.register(name, recipients=recipients, subject=subject, template=template, url=url)
