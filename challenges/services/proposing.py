"""A team begins a proposal and submits it: sealed then, and nothing readable is left, not even the team's own draft.

The receipt the team gets is the only other way to read it again: for a replacement, or for its own files.
"""

from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from challenges import sealing, texts
from challenges.lifecycle_parties import STANDING
from challenges.models import Challenge, Proposal, SealedCopy
from challenges.rules import may_propose
from challenges.services import openers, proposal_drafts
from challenges.services.proposal_checks import content_problems
from challenges.services.proposal_drafts import draft_of, require_draft, require_solver, told
from challenges.services.publishing import DeadlinePassed
from challenges.services.rooms import TextChanged
from foundation import audit
from foundation.core.clock import database_now
from foundation.core.crashes import crash_point
from foundation.core.errors import DomainError, Invalid, InvalidMany, NotAllowed, NotPossibleNow
from foundation.core.locking import lock_rows

RECEIPT_LENGTH = 44  # base64 of 32 bytes
MOST_COPIES = 20  # of an organization for a challenge


class NotVerified(DomainError):
    """Teams are known by their real names."""

    code = "not_verified"
    message = _("Your organization has to be verified before it proposes.")


class AlreadyProposed(DomainError):
    """One proposal an organization."""

    code = "already_proposed"
    message = _("Your organization has a proposal for this challenge already.")


class TooManyCopies(DomainError):
    """Every copy is kept for good: a team submits so often and no more."""

    code = "too_many_copies"
    message = _("Your organization submitted {most} times for this challenge. What it submitted last stands.")


class OpenersMissing(DomainError):
    """Too few openers hold a key: nothing could be sealed so that two can open it."""

    code = "openers_missing"
    message = _("Proposals cannot be sealed at the moment: an opener's key is missing. Your draft is kept; try later.")


@dataclass(frozen=True, slots=True)
class Submitted:
    """What the team keeps: the receipt is shown once and stored nowhere."""

    proposal: Proposal
    copy: SealedCopy
    receipt: str

    def __str__(self) -> str:
        return f"submission of {self.proposal}"  # without the receipt, wherever this is written

    __repr__ = __str__


def require_open(challenge: Challenge) -> datetime:
    """The moment that decides, by the database's clock under the challenge's lock: what is done now is done then.

    Raises NotPossibleNow, DeadlinePassed.
    """
    if not challenge.permits("propose"):
        label = challenge.state_label
        raise NotPossibleNow(lifecycle="challenge", state=challenge.state, move="propose", label=label)
    now = database_now()
    if now >= challenge.closes_at:
        raise DeadlinePassed(closes=challenge.closes_at)
    return now


def require_copies_left(challenge: Challenge, actor) -> None:
    """Raises TooManyCopies. Asked before something is begun anew, never of a draft that has to be submitted."""
    kept = SealedCopy.objects.filter(proposal__challenge=challenge, proposal__organization=actor.organization_id)
    if kept.count() >= MOST_COPIES:
        raise TooManyCopies(most=MOST_COPIES)


@transaction.atomic
def start(*, challenge: Challenge, actor) -> Proposal:
    """Begin a proposal.

    Raises NotAllowed, NotVerified, AlreadyProposed, TooManyCopies, NotPossibleNow, DeadlinePassed.
    """
    if not may_propose(actor) or actor.organization_id == challenge.owner_id:
        raise NotAllowed()
    if not actor.organization.is_verified:
        raise NotVerified()
    challenge = lock_rows(challenge, share=True)
    require_open(challenge)
    standing = Proposal.objects.filter(challenge=challenge, organization_id=actor.organization_id, state__in=STANDING)
    if standing.exists():
        raise AlreadyProposed()
    require_copies_left(challenge, actor)
    try:
        with transaction.atomic():
            proposal = Proposal.objects.create(
                challenge=challenge, organization_id=actor.organization_id, lead_id=actor.user_id
            )
    except IntegrityError as error:
        raise AlreadyProposed() from error
    facts = {"challenge": challenge.number}
    audit.record("challenges.proposal.started", subject=proposal, data=facts, **told(proposal, actor))
    return proposal


@transaction.atomic
def submit(*, proposal: Proposal, commitment_sha256: str, actor, receipt: str = "") -> Submitted:
    """Seal the draft for the openers and empty it; the receipt is answered once and kept nowhere.

    ``commitment_sha256`` is the hash of the commitment letter that was read. ``receipt`` (`sealing.new_receipt`) may
    be made beforehand: the same submission with the same receipt once more changes nothing and answers the same.
    Raises InvalidMany, TextChanged, NotAllowed, NotPossibleNow, DeadlinePassed, OpenersMissing, Invalid.
    """
    challenge = lock_rows(proposal.challenge, share=True)  # closing takes it for itself: one of us is first
    proposal = lock_rows(proposal)
    require_solver(proposal, actor)
    if receipt and (again := _submitted_with(proposal, receipt)):
        return again
    require_draft(proposal)
    now = require_open(challenge)
    content = {name: value for name, value in draft_of(proposal, actor).items() if name != "typed"}
    content["files"] = proposal_drafts.contents_of(proposal)
    if found := content_problems(challenge, content, proposal.organization):
        raise InvalidMany({name: str(said) for name, said in found.items()})
    if commitment_sha256 != texts.sha256_of(challenge.season, texts.COMMITMENT):
        raise TextChanged()
    kept, receipt = _sealed(proposal, challenge, {**content, "commitment_sha256": commitment_sha256}, receipt, now)
    crash_point("challenges.proposal.sealed")
    proposal.draft_files.all().delete()
    facts = {"version": kept.version, "sha256": kept.ciphertext_sha256, "challenge": challenge.number}
    fields = {"draft": "", "submitted_at": now}
    audit.advance(proposal, "submit", data=facts, set=fields, now=now, **told(proposal, actor))
    return Submitted(proposal, kept, receipt)


def _sealed(
    proposal: Proposal, challenge: Challenge, content: dict, receipt: str, now: datetime
) -> tuple[SealedCopy, str]:
    """A new copy under the receipt, sealed at the moment found to be in time. Raises OpenersMissing, Invalid."""
    keys = openers.public_keys(challenge.season)
    if len(keys) < sealing.LEAST_OPENERS:
        raise OpenersMissing()
    try:
        copy = sealing.seal(texts.canonical({**content, "challenge": challenge.number}), keys, receipt)
    except ValueError as error:
        raise Invalid(_("Open the page again: its receipt is damaged.")) from error
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
    return kept, copy.receipt


def _submitted_with(proposal: Proposal, receipt: str) -> Submitted | None:
    """What stands already under this receipt."""
    copy = proposal.copies.order_by("-version").first() if proposal.submitted_at else None
    if copy is None or not sealing.fits(bytes(copy.ciphertext), receipt):
        return None
    return Submitted(proposal, copy, receipt)
