"""What contracts, milestones and what came of a result answer for, and how their events read."""

from typing import Any

from challenges import invariants_contracts, notices_contracts, work_contracts
from challenges.models import Award
from challenges.presentation import results
from challenges.services import contract_papers
from foundation import audit
from foundation.core import handlers
from foundation.core.marks import _

AWARD_PHRASES = {
    "terms_changed": _("The texts of contract {number} were changed"),
    "signed": _("One side signed contract {number}"),
    "sign": _("Both sides signed contract {number} over {amount}"),
    "unsigned": _("Contract {number} was not signed in time"),
    "complete": _("The work of contract {number} was completed"),
    "fail": _("The work of contract {number} failed: {reason}"),
    "end_asked": _("The team asked to end contract {number}"),
    "terminate": _("Contract {number} was ended: {reason}"),
    "outcome_told": _("It was told what came of contract {number}"),
}
MILESTONE_PHRASES = {
    "start": _("The work on milestone {number} began; it is due on {due}"),
    "submit": _("Milestone {number} was handed in"),
    "review": _("The acceptance of milestone {number} began"),
    "accept": _("Milestone {number} was accepted; {amount} was paid out of the escrow"),
    "send_back": _("Milestone {number} was sent back for rework"),
    "fail": _("Milestone {number} was found not met"),
    "end": _("Milestone {number} ended with the contract"),
    "reminded": _("A reminder of milestone {number} was sent: due before {due}"),
    "overdue": _("Milestone {number} is overdue since {due}"),
}
CHALLENGE_PHRASES = {
    "start_work": _("The work on challenge {number} began"),
    "go_final": _("Challenge {number} came to its final acceptance"),
    "complete": _("Challenge {number} was completed"),
    "fail": _("The work on challenge {number} failed"),
    "terminate": _("Challenge {number} ended with its contracts"),
    "gate_passed": _("The horse race of challenge {number} was decided for award {award}"),
}


def on_contract(event: Any) -> None:
    """The PDF of the contract is made after the commit."""
    contract_papers.make_contract(award=Award.objects.select_related("challenge").get(pk=event.subject_id))


def install() -> None:
    """Register everything of this area."""
    for noun, table in (("award", AWARD_PHRASES), ("milestone", MILESTONE_PHRASES), ("challenge", CHALLENGE_PHRASES)):
        for verb, phrase in table.items():
            audit.phrases.register(f"challenges.{noun}.{verb}", phrase)
    audit.phrases.register("challenges.proposal.contract", _("The contract about proposal {number} was signed"))
    handlers.register("my_work:challenges.contracts", work_contracts.items_for)
    handlers.register("challenge_panels:contracts", results.panels)
    handlers.expect("open_license.draft")
    audit.subscriptions.subscribe("challenges.award.sign", "challenges.contract_paper", on_contract)
    notices_contracts.install()
    invariants_contracts.install()
