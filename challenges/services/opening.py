"""The opening: two openers, each from an own account and screen, hand in their shares; then everything is open at once.

The first share takes the outer box off every copy, the second the inner one. Shares are used and forgotten: only who
handed in which key is kept. Nobody learns how many proposals there are before the second share.
"""

import secrets
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _
from nacl.public import PrivateKey

from challenges import opened_content, sealing
from challenges.lifecycle_parties import ProposalState
from challenges.models import (
    Challenge,
    HalfOpened,
    Member,
    OpenedProposal,
    OpenerKey,
    Opening,
    Proposal,
    SealedCopy,
    ShareHandedIn,
)
from challenges.services.openers import part_for, two_lost
from foundation import audit
from foundation.core import numbering
from foundation.core.actors import SYSTEM
from foundation.core.clock import database_now, local_date
from foundation.core.crashes import crash_point
from foundation.core.errors import DomainError, Invalid, NotAllowed, NotPossibleNow
from foundation.core.locking import lock_rows
from foundation.documents import services as documents
from patents.models import Patent


class ShareWrong(Invalid):
    """Not the share of this opener, or another passphrase."""

    code, field = "share_wrong", "share"
    message = _("This is not your share for this season, or the passphrase is another one.")


class SecondPersonNeeded(DomainError):
    """It takes two different openers."""

    code = "second_person_needed"
    message = _("Your share is in. Now the holder of another part hands in theirs.")


class CopyDamaged(DomainError):
    """A stored copy is not what was sealed: nothing is opened until it is cleared up."""

    code = "copy_damaged"
    message = _("A sealed copy was changed since it was submitted. Nothing is opened; tell the administrator.")


def _key_of(challenge: Challenge, text: str, passphrase: str, actor) -> tuple[OpenerKey, PrivateKey]:
    """Raises NotAllowed, ShareWrong."""
    if part_for(actor) is None:
        raise NotAllowed()
    try:
        private = sealing.read_share(text, passphrase)
    except sealing.ShareUnreadable as error:
        raise ShareWrong() from error
    key = OpenerKey.objects.filter(season=challenge.season_id, fingerprint=sealing.of(private)).first()
    if key is None or key.holder_id != actor.user_id:
        raise ShareWrong()
    return key, private


def hand_in(*, challenge: Challenge, share: str, passphrase: str, actor) -> Opening:
    """Hand in a share: the first half opens every copy, the second opens them all and ends the opening.

    Where a key was changed in between, two shares may not open everything: then the third opener hands in theirs.
    Raises NotAllowed, NotPossibleNow, ShareWrong, SecondPersonNeeded (the same opener again), CopyDamaged: then
    nothing is opened, and two officers may let proposals be taken again.
    """
    try:
        return _handed_in(challenge, share, passphrase, actor)
    except CopyDamaged:
        Opening.objects.filter(challenge=challenge, given_up_at=None).update(damaged_at=database_now())
        raise


@transaction.atomic
def _handed_in(challenge: Challenge, share: str, passphrase: str, actor) -> Opening:
    challenge = lock_rows(challenge)
    if not challenge.permits("open_proposals"):
        label = challenge.state_label
        raise NotPossibleNow(lifecycle="challenge", state=challenge.state, move="open_proposals", label=label)
    key, private = _key_of(challenge, share, passphrase, actor)
    now = database_now()
    opening, _made = Opening.objects.get_or_create(challenge=challenge, given_up_at=None, defaults={"begun_at": now})
    others = list(opening.shares.all())
    if any(key.pk == one.key_id or one.handed_in_by_id == actor.user_id for one in others):
        raise SecondPersonNeeded()
    handed_in = ShareHandedIn.objects.create(opening=opening, key=key, handed_in_by_id=actor.user_id, at=now)
    facts = {"part": key.part, "fingerprint": key.fingerprint}
    audit.record(
        "challenges.challenge.share_handed_in", subject=challenge, actor=actor, data=facts, visibility="public"
    )
    copies = _latest(challenge)
    if others and all(_read(opening, copy, private) is not None for copy in copies):
        return _finish(opening, copies, private, now)
    if len(others) + 1 == len(OpenerKey.Part) and not two_lost(challenge):
        raise CopyDamaged()  # every part is in, and yet a copy stays shut
    for copy in copies:
        _half_open(handed_in, copy, private)
    return opening


def _latest(challenge: Challenge) -> list[int]:
    """The copy that counts of each submitted proposal (ids: never are two of them in memory), in random order, for
    numbers say nothing about who was first."""
    submitted = Proposal.objects.filter(challenge=challenge, state=ProposalState.SUBMITTED)
    rows = SealedCopy.objects.filter(proposal__in=submitted).order_by("proposal_id", "-version").distinct("proposal_id")
    found = list(rows.values_list("pk", flat=True))
    secrets.SystemRandom().shuffle(found)
    return found


def _half_open(handed_in: ShareHandedIn, copy_id: int, private: PrivateKey) -> None:
    """Keep what this share leaves of a copy's boxes; nothing for a copy that was not sealed for it."""
    copy = SealedCopy.objects.defer("ciphertext").get(pk=copy_id)
    try:
        boxes = sealing.take_outer(copy.boxes, private)
    except sealing.Sealed:
        return
    HalfOpened.objects.create(opening=handed_in.opening, copy=copy, share=handed_in, boxes=boxes)


def _read(opening: Opening, copy_id: int, private: PrivateKey) -> dict[str, Any] | None:
    """The content of a copy by what the openers before left of it; None where it takes another share."""
    for half in opening.half_opened.filter(copy=copy_id).select_related("copy"):
        if any(row["inner"] == sealing.of(private) for row in half.boxes):
            try:
                return opened_content.read(sealing.take_inner(bytes(half.copy.ciphertext), half.boxes, private))
            except sealing.Sealed as error:
                raise CopyDamaged() from error
    return None


def _finish(opening: Opening, copies: list[int], private: PrivateKey, now: datetime) -> Opening:
    """Number the proposals and keep the record; all or nothing. Every copy was read once: now one after the other."""
    challenge, rows = opening.challenge, []
    for copy_id in copies:
        content = _read(opening, copy_id, private)
        copy = SealedCopy.objects.defer("ciphertext").select_related("proposal__challenge").get(pk=copy_id)
        proposal = _open(copy, content or {}, now)
        rows.append(
            {"proposal": proposal.number, "sha256": copy.ciphertext_sha256, "sealed_at": copy.sealed_at.isoformat()}
        )
        crash_point("challenges.proposal.opened")
    opening.half_opened.all().delete()
    opening.finished_at, opening.proposals = now, len(rows)
    opening.record = {"proposals": rows, "openers": [_opener(one) for one in opening.shares.select_related("key")]}
    opening.save(update_fields=["finished_at", "proposals", "record"])
    told: dict[str, Any] = {"actor": SYSTEM, "visibility": "public", "now": now}
    if rows:
        audit.advance(challenge, "open_proposals", data={"proposals": len(rows)}, **told)
    else:
        audit.advance(challenge, "find_none", **told)
    return opening


def _opener(share: ShareHandedIn) -> dict[str, str]:
    return {"part": share.key.part, "fingerprint": share.key.fingerprint, "at": share.at.isoformat()}


def _open(copy: SealedCopy, content: dict[str, Any], now: datetime) -> Proposal:
    """One proposal's content as rows; its files are reached through the proposal alone, by who may read that."""
    proposal = lock_rows(copy.proposal)
    files, consents = [], []
    for one in opened_content.files(content):
        kept = documents.store(name=one.name, content=one.raw, content_type=one.content_type, owner_id=None)
        (consents if one.is_consent else files).append(kept)
    opened = OpenedProposal.objects.create(
        proposal=proposal,
        content={name: value for name, value in content.items() if name != "files"},
        price_fen=opened_content.price_fen(content),
        content_sha256=copy.content_sha256,
    )
    opened.files.set(files)
    opened.consents.set(consents)
    opened.patents.set(Patent.objects.filter(number__in=opened_content.patents(content)))
    for position, (name, unit) in enumerate(opened_content.members(content), 1):
        Member.objects.create(proposal=proposal, name=name, unit=unit, position=position)
    proposal.number = numbering.allocate("proposal", local_date(now).year)
    facts = {"challenge": proposal.challenge.number, "sha256": copy.ciphertext_sha256, "version": copy.version}
    told: dict[str, Any] = {"actor": SYSTEM, "parties": [proposal.organization_id], "now": now}
    return audit.advance(proposal, "open", data=facts, set={"number": proposal.number}, **told)
