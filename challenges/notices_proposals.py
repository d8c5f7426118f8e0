"""Who is told about proposals and the opening. What happens to a sealed one is told to its own organization alone."""

from collections.abc import Iterator
from typing import Any

from django.urls import reverse

from accounts import queries as accounts
from challenges.models import Challenge, ListSeason, OpenerKey, Proposal
from foundation.core.marks import _
from notifications import notices

PROPOSED = _("Your organization proposes for this challenge.")
HOLDS_KEY = _("You hold a key of the openers of this season.")
OWNS = _("Your organization published this challenge.")

# event of a proposal, the subject of the message
TABLE = [
    ("submit", _("Your proposal for {challenge} is sealed")),
    ("unseal", _("Submit your proposal for {challenge} again: shares of the openers were lost")),
    ("miss", _("Your proposal for {challenge} was not submitted in time")),
    ("drop", _("Challenge {challenge} ended; your proposal was not read")),
    ("open", _("Your proposal for {challenge} was opened as {number}")),
    ("admit", _("Your proposal {number} is eligible")),
    ("exclude", _("Your proposal {number} is not eligible")),
    ("handed_over", _("A colleague leads your proposal for {challenge} now")),
]


def team(event: Any) -> Iterator[tuple[int, str]]:
    """The members of the organization that proposes who may write proposals."""
    proposal = Proposal.objects.select_related("organization").get(pk=event.subject_id)
    for membership in accounts.members_of(proposal.organization, "declare"):
        yield membership.user_id, PROPOSED


def _holders(season: ListSeason) -> Iterator[tuple[int, str]]:
    for user_id in OpenerKey.objects.filter(season=season, retired_at=None).values_list("holder_id", flat=True):
        yield user_id, HOLDS_KEY


def openers(event: Any) -> Iterator[tuple[int, str]]:
    """The openers who did not hand in their share yet."""
    challenge = Challenge.objects.select_related("season").get(pk=event.subject_id)
    for user_id, why in _holders(challenge.season):
        if user_id != event.actor_user_id:
            yield user_id, why


def of_season(event: Any) -> Iterator[tuple[int, str]]:
    """All openers of a season."""
    yield from _holders(ListSeason.objects.get(pk=event.subject_id))


def firm(event: Any) -> Iterator[tuple[int, str]]:
    """Members of the firm who publish challenges."""
    challenge = Challenge.objects.select_related("owner").get(pk=event.subject_id)
    for membership in accounts.members_of(challenge.owner, "take_license"):
        yield membership.user_id, OWNS


def proposal_page(event: Any) -> str:
    """The team's page."""
    return Proposal.objects.get(pk=event.subject_id).get_absolute_url()


def opening_page(event: Any) -> str:
    """The page of the opening."""
    return reverse("challenges:opening_detail", args=[event.subject_number])


def keys_page(event: Any) -> str:
    """The page of the season's keys."""
    return reverse("challenges:opener_keys", args=[event.subject_number])


def install() -> None:
    """Register every row."""
    for move, subject in TABLE:
        notices.register(
            f"challenges.proposal.{move}",
            recipients=team,
            subject=subject,
            template="notices/challenges/proposal.txt",
            url=proposal_page,
        )
    told = {"recipients": openers, "url": opening_page}
    subject = _("A share for the opening of {number} is in: hand in yours")
    notices.register("challenges.challenge.share_handed_in", subject=subject, **told)
    told = {"recipients": firm, "url": opening_page}
    notices.register("challenges.challenge.open_proposals", subject=_("The proposals for {number} were opened"), **told)
    notices.register("challenges.challenge.find_none", subject=_("No proposal came for {number}"), **told)
    subject = _("A key of the openers of {number} was retired: take a new one")
    notices.register("challenges.listseason.key_retired", recipients=of_season, subject=subject, url=keys_page)
