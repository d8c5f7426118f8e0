"""A team writes a proposal; submitted it is sealed, and nobody, not even the team's own draft, is left readable.

A draft is encrypted like every secret here; what is submitted is sealed for the openers and the draft is emptied. The
receipt the team gets with it is the only other way to read it again: for a replacement, or for its own files.
"""

import json
from dataclasses import dataclass
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import Membership
from challenges import sealing, texts
from challenges.lifecycle_parties import STANDING, ProposalState
from challenges.models import Challenge, Proposal, SealedCopy
from challenges.rules import may_propose
from challenges.services import openers
from challenges.services.proposal_checks import content_problems
from challenges.services.publishing import DeadlinePassed
from challenges.services.rooms import TextChanged
from foundation import audit
from foundation.core import crypto
from foundation.core.clock import database_now
from foundation.core.crashes import crash_point
from foundation.core.errors import DomainError, Invalid, InvalidMany, NotAllowed, NotPossibleNow
from foundation.core.locking import lock_rows

LARGEST = 60 * 1024 * 1024  # bytes of content with its files


class NotVerified(DomainError):
    """Teams are known by their real names."""

    code = "not_verified"
    message = _("Your organization has to be verified before it proposes.")


class AlreadyProposed(DomainError):
    """One proposal an organization."""

    code = "already_proposed"
    message = _("Your organization has a proposal for this challenge already.")


class DraftStale(DomainError):
    """Somebody else, or another tab, saved a newer version."""

    code = "draft_stale"
    message = _("This draft was saved elsewhere in the meantime. Load the page again.")


@dataclass(frozen=True, slots=True)
class Submitted:
    """What the team keeps: the receipt is shown once and stored nowhere."""

    proposal: Proposal
    copy: SealedCopy
    receipt: str


def require_open(challenge: Challenge) -> None:
    """Raises NotPossibleNow, DeadlinePassed: the database's clock under the challenge's lock decides."""
    if not challenge.permits("propose"):
        label = challenge.state_label
        raise NotPossibleNow(lifecycle="challenge", state=challenge.state, move="propose", label=label)
    if database_now() >= challenge.closes_at:
        raise DeadlinePassed(closes=challenge.closes_at)


def require_solver(proposal: Proposal, actor) -> None:
    """Raises NotAllowed."""
    if not may_propose(actor) or actor.organization_id != proposal.organization_id:
        raise NotAllowed()


def _told(proposal: Proposal, actor) -> dict[str, Any]:
    return {"actor": actor, "parties": [proposal.organization_id], "visibility": "sealed"}


@transaction.atomic
def start(*, challenge: Challenge, actor) -> Proposal:
    """Begin a proposal. Raises NotAllowed, NotVerified, AlreadyProposed, NotPossibleNow, DeadlinePassed."""
    if not may_propose(actor) or actor.organization_id == challenge.owner_id:
        raise NotAllowed()
    if not actor.organization.is_verified:
        raise NotVerified()
    challenge = lock_rows(challenge, share=True)
    require_open(challenge)
    standing = Proposal.objects.filter(challenge=challenge, organization_id=actor.organization_id, state__in=STANDING)
    if standing.exists():
        raise AlreadyProposed()
    try:
        with transaction.atomic():
            proposal = Proposal.objects.create(
                challenge=challenge, organization_id=actor.organization_id, lead_id=actor.user_id
            )
    except IntegrityError as error:
        raise AlreadyProposed() from error
    facts = {"challenge": challenge.number}
    audit.record("challenges.proposal.started", subject=proposal, data=facts, **_told(proposal, actor))
    return proposal


def draft_of(proposal: Proposal, actor) -> dict[str, Any]:
    """The draft's content, for the team alone. Raises NotAllowed."""
    require_solver(proposal, actor)
    return json.loads(crypto.decrypt(proposal.draft)) if proposal.draft else {}


@transaction.atomic
def save_draft(*, proposal: Proposal, content: dict[str, Any], version: int, actor) -> Proposal:
    """Keep what was typed, right or wrong, encrypted; leaves no history. ``content`` replaces the keys it names.

    Raises DraftStale, NotAllowed, NotPossibleNow.
    """
    proposal = lock_rows(proposal)
    require_solver(proposal, actor)
    _require_draft(proposal)
    if version != proposal.draft_version:
        raise DraftStale()
    kept = draft_of(proposal, actor) | content
    text = json.dumps(kept, ensure_ascii=False)
    if len(text.encode()) > LARGEST:
        raise Invalid(_("The proposal is too large with its files."), field="files")
    proposal.draft, proposal.draft_version = crypto.encrypt(text), proposal.draft_version + 1
    proposal.draft_saved_at = database_now()
    proposal.save(update_fields=["draft", "draft_version", "draft_saved_at"])
    return proposal


def _require_draft(proposal: Proposal) -> None:
    if not proposal.permits("edit"):
        label = proposal.state_label
        raise NotPossibleNow(lifecycle="proposal", state=proposal.state, move="edit", label=label)


@transaction.atomic
def hand_over(*, proposal: Proposal, to: Membership, actor) -> Proposal:
    """Give the lead to a colleague of the same organization who may propose. Raises NotAllowed, Invalid."""
    proposal = lock_rows(proposal)
    require_solver(proposal, actor)
    if not may_propose(to) or to.organization_id != proposal.organization_id:
        raise Invalid(_("Choose a colleague who may propose."), field="to")
    proposal.lead_id = to.user_id
    proposal.save(update_fields=["lead"])
    audit.record("challenges.proposal.handed_over", subject=proposal, **_told(proposal, actor))
    return proposal


@transaction.atomic
def submit(*, proposal: Proposal, commitment_sha256: str, actor) -> Submitted:
    """Seal the draft for the openers and empty it; the receipt is answered once and kept nowhere.

    ``commitment_sha256`` is the hash of the commitment letter that was read. Raises InvalidMany, TextChanged,
    NotAllowed, NotPossibleNow, DeadlinePassed.
    """
    challenge = lock_rows(proposal.challenge, share=True)  # closing takes it for itself: one of us is first
    proposal = lock_rows(proposal)
    require_solver(proposal, actor)
    _require_draft(proposal)
    require_open(challenge)
    content = draft_of(proposal, actor)
    if found := content_problems(challenge, content):
        raise InvalidMany({name: str(said) for name, said in found.items()})
    if commitment_sha256 != texts.sha256_of(challenge.season, texts.COMMITMENT):
        raise TextChanged()
    sealed = {**content, "challenge": challenge.number, "commitment_sha256": commitment_sha256}
    copy = sealing.seal(texts.canonical(sealed), openers.public_keys(challenge.season))
    now = database_now()
    kept = SealedCopy.objects.create(
        proposal=proposal,
        version=proposal.copies.count() + 1,
        ciphertext=copy.ciphertext,
        boxes=copy.boxes,
        size=len(copy.ciphertext),
        ciphertext_sha256=copy.sha256,
        content_sha256=copy.content_sha256,
        sealed_at=now,
    )
    crash_point("challenges.proposal.sealed")
    facts = {"version": kept.version, "sha256": copy.sha256, "challenge": challenge.number}
    fields = {"draft": "", "submitted_at": now}
    audit.advance(proposal, "submit", data=facts, set=fields, now=now, **_told(proposal, actor))
    return Submitted(proposal, kept, copy.receipt)


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
    DeadlinePassed, Invalid.
    """
    challenge = lock_rows(proposal.challenge, share=True)
    proposal = lock_rows(proposal)
    require_solver(proposal, actor)
    require_open(challenge)
    content = reread(proposal=proposal, receipt=receipt, actor=actor) if receipt.strip() else {}
    audit.advance(proposal, "replace", set={"submitted_at": None}, **_told(proposal, actor))
    return save_draft(proposal=proposal, content=content, version=proposal.draft_version, actor=actor)


@transaction.atomic
def withdraw(*, proposal: Proposal, actor, reason: str = "") -> Proposal:
    """Withdraw before the deadline; only the own organization ever learns of it.

    Raises NotAllowed, NotPossibleNow, DeadlinePassed.
    """
    challenge = lock_rows(proposal.challenge, share=True)
    proposal = lock_rows(proposal)
    if proposal.state != ProposalState.DRAFT:
        require_open(challenge)
    fields = {"draft": "", "ended_at": database_now(), "reason": reason[:2000]}
    return audit.advance(proposal, "withdraw", reason=reason, set=fields, **_told(proposal, actor))
