"""What a team can still do with what it submitted: read it by its receipt, replace it, take it back.

After two shares were lost a team submits again: its receipt brings back what it had.
"""

import base64
import json
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from challenges import sealing
from challenges.lifecycle_parties import ProposalState
from challenges.models import Proposal
from challenges.services import proposal_drafts
from challenges.services.proposal_drafts import require_draft, require_solver, told
from challenges.services.proposing import require_copies_left, require_open
from foundation import audit
from foundation.core.clock import database_now
from foundation.core.errors import Invalid
from foundation.core.locking import lock_rows


def reread(*, proposal: Proposal, receipt: str, actor) -> dict[str, Any]:
    """The team's own latest copy, by its receipt. Raises NotAllowed, Invalid."""
    require_solver(proposal, actor)
    copy = proposal.copies.order_by("-version").first()
    try:
        if copy is None:
            raise sealing.Sealed("nothing was submitted")
        return json.loads(sealing.reread(bytes(copy.ciphertext), receipt.strip()))
    except sealing.Sealed as error:
        raise Invalid(_("This is not the receipt of your latest submission."), field="receipt") from error


@transaction.atomic
def replace(*, proposal: Proposal, receipt: str, actor) -> Proposal:
    """Begin a replacement before the deadline: with the receipt from what was submitted, without it from nothing.

    Until it is submitted again nothing stands: the team is told so. Raises NotAllowed, NotPossibleNow,
    DeadlinePassed, TooManyCopies, Invalid.
    """
    challenge = lock_rows(proposal.challenge, share=True)
    proposal = lock_rows(proposal)
    require_solver(proposal, actor)
    require_open(challenge)
    require_copies_left(challenge, actor)
    content = reread(proposal=proposal, receipt=receipt, actor=actor) if receipt.strip() else {}
    audit.advance(proposal, "replace", set={"submitted_at": None}, **told(proposal, actor))
    return _restored(proposal, content, actor)


@transaction.atomic
def restore(*, proposal: Proposal, receipt: str, actor) -> Proposal:
    """Bring back into the draft what was submitted before, its files instead of those that lie there.

    Raises NotAllowed, NotPossibleNow, Invalid.
    """
    proposal = lock_rows(proposal)
    require_solver(proposal, actor)
    require_draft(proposal)
    return _restored(proposal, reread(proposal=proposal, receipt=receipt, actor=actor), actor)


def _restored(proposal: Proposal, content: dict[str, Any], actor) -> Proposal:
    files = content.pop("files", [])
    if content:
        proposal.draft_files.all().delete()  # twice brought back is there once
    for one in files:
        raw = base64.b64decode(one["base64"])
        signed = one.get("is_consent", False)  # copies sealed before have no such mark
        proposal_drafts.keep_file(proposal, one["name"], one["content_type"], raw, is_consent=signed)
    for ours in ("challenge", "commitment_sha256"):
        content.pop(ours, None)
    return proposal_drafts.save_draft(proposal=proposal, content=content, version=proposal.draft_version, actor=actor)


@transaction.atomic
def withdraw(*, proposal: Proposal, actor, reason: str = "") -> Proposal:
    """Withdraw before the deadline; only the own organization ever learns of it.

    Raises NotAllowed, NotPossibleNow, DeadlinePassed.
    """
    challenge = lock_rows(proposal.challenge, share=True)
    proposal = lock_rows(proposal)
    require_solver(proposal, actor)
    if proposal.state == ProposalState.SUBMITTED:
        require_open(challenge)
    fields = {"draft": "", "ended_at": database_now(), "reason": reason[:2000]}
    audit.advance(proposal, "withdraw", reason=reason, set=fields, **told(proposal, actor))
    proposal.draft_files.all().delete()
    return proposal
