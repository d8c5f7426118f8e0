"""What proposals, the openers of a season and the opening answer for."""

from typing import Any

from challenges import notices_proposals, work_proposals
from challenges.models import Challenge
from challenges.presentation import proposal_panels
from challenges.services import opening_papers
from foundation import audit
from foundation.audit import queries as history
from foundation.core import handlers
from foundation.core.marks import _, ngettext

PHRASES: dict = {
    "challenges.proposal.started": _("A proposal for challenge {challenge} was begun"),
    "challenges.proposal.handed_over": _("A colleague leads the proposal"),
    "challenges.proposal.submit": _("Submitted and sealed, version {version}, SHA-256 {sha256}"),
    "challenges.proposal.replace": _("The proposal is replaced: nothing stands until it is submitted again"),
    "challenges.proposal.unseal": _("Two shares were lost: the proposal has to be submitted again"),
    "challenges.proposal.withdraw": _("The proposal was withdrawn"),
    "challenges.proposal.miss": _("The proposal was not submitted in time; the draft was deleted unread"),
    "challenges.proposal.drop": _("The challenge ended; the proposal was not read"),
    "challenges.proposal.open": _("The proposal was opened as {number}"),
    "challenges.proposal.admit": _("{number} was found eligible"),
    "challenges.proposal.exclude": _("{number} was found not eligible: {reason}"),
    "challenges.listseason.key_taken": _("A key of the openers was taken"),
    "challenges.listseason.key_retired": _("A key of the openers was retired: {reason}"),
    "challenges.challenge.share_handed_in": _("An opener handed in a share"),
    "challenges.challenge.open_proposals": ngettext(
        "{proposals} proposal was opened", "{proposals} proposals were opened", "proposals"
    ),
    "challenges.challenge.find_none": _("No proposal came"),
    "challenges.challenge.reopen_asked": _(
        "An officer decided that proposals are taken again until {deadline}; it takes a second one"
    ),
    "challenges.challenge.reopen": _("Proposals are taken again until {deadline}: shares of the openers were lost"),
}


def on_opened(event: Any) -> None:
    """The PDF of the record is made after the commit."""
    opening_papers.make_record(challenge=Challenge.objects.get(pk=event.subject_id))


def install() -> None:
    """Register everything of this area."""
    for name, template in PHRASES.items():
        audit.phrases.register(name, template)
    history.count_secretly("challenges.proposal")
    notices_proposals.install()
    for verb in ("open_proposals", "find_none"):
        audit.subscriptions.subscribe(f"challenges.challenge.{verb}", "challenges.opening_record", on_opened)
    handlers.register("my_work:challenges.proposals", work_proposals.items_for)
    handlers.register("challenge_panels:proposals", proposal_panels.for_challenge)
    handlers.register("challenge_actions:proposals", proposal_panels.actions_for)
    handlers.register("season_panels:proposals", proposal_panels.for_season)
