"""The team's draft: kept encrypted while it is written, with its files, and gone from here once it is sealed."""

import base64
import json
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import Sum
from django.utils.translation import gettext_lazy as _

from accounts.models import Membership
from challenges.models import DraftFile, Proposal
from challenges.rules import may_propose
from challenges.services.proposal_checks import MOST_FILES, PART_OF, part_problems
from foundation import audit
from foundation.core import crypto
from foundation.core.clock import database_now
from foundation.core.errors import DomainError, Invalid, InvalidMany, NotAllowed, NotPossibleNow
from foundation.core.locking import lock_rows
from foundation.documents import services as documents
from foundation.documents import uploads

LARGEST = 2 * 1024 * 1024  # bytes of text
LARGEST_FILES = 30 * 1024 * 1024  # bytes of all files of a proposal


class DraftStale(DomainError):
    """Somebody else, or another tab, saved a newer version."""

    code = "draft_stale"
    message = _("This draft was saved elsewhere in the meantime. Load the page again.")


@dataclass(frozen=True, slots=True)
class FileInDraft:
    """A file of the draft as the team sees it; ``size`` in bytes. ``is_consent``: signed by members of the team."""

    key: str
    name: str
    content_type: str
    size: int
    is_consent: bool = False


def require_solver(proposal: Proposal, actor) -> None:
    """Raises NotAllowed."""
    if not may_propose(actor) or actor.organization_id != proposal.organization_id:
        raise NotAllowed()


def require_draft(proposal: Proposal) -> None:
    """Raises NotPossibleNow."""
    if not proposal.permits("edit"):
        label = proposal.state_label
        raise NotPossibleNow(lifecycle="proposal", state=proposal.state, move="edit", label=label)


def told(proposal: Proposal, actor) -> dict[str, Any]:
    """Whom an event about a sealed proposal is for: its own organization, nobody else."""
    return {"actor": actor, "parties": [proposal.organization_id], "visibility": "sealed"}


def draft_of(proposal: Proposal, actor) -> dict[str, Any]:
    """The draft's content without its files, for the team alone. Raises NotAllowed."""
    require_solver(proposal, actor)
    return json.loads(crypto.decrypt(proposal.draft)) if proposal.draft else {}


@transaction.atomic
def save_draft(*, proposal: Proposal, content: dict[str, Any], version: int, actor) -> Proposal:
    """Keep what was typed, right or wrong, encrypted; leaves no history. ``content`` replaces the keys it names.

    Raises DraftStale, NotAllowed, NotPossibleNow, Invalid.
    """
    proposal = lock_rows(proposal)
    require_solver(proposal, actor)
    require_draft(proposal)
    if version != proposal.draft_version:
        raise DraftStale()
    kept = draft_of(proposal, actor) | content
    text = json.dumps(kept, ensure_ascii=False)
    if len(text.encode()) > LARGEST:
        raise Invalid(_("The proposal is too long."))
    proposal.draft, proposal.draft_version = crypto.encrypt(text), proposal.draft_version + 1
    proposal.draft_saved_at = database_now()
    proposal.save(update_fields=["draft", "draft_version", "draft_saved_at"])
    return proposal


@transaction.atomic
def save_part(*, proposal: Proposal, part: str, values: dict[str, Any], version: int, actor) -> Proposal:
    """Save one part that is complete; what was typed there so far is dropped.

    Raises InvalidMany, DraftStale, NotAllowed, NotPossibleNow, Invalid.
    """
    kept = draft_of(proposal, actor)
    if found := part_problems(proposal.challenge, part, kept | values):
        raise InvalidMany({name: str(said) for name, said in found.items()})
    typed = {name: text for name, text in kept.get("typed", {}).items() if name != part}
    return save_draft(proposal=proposal, content={**values, "typed": typed}, version=version, actor=actor)


@transaction.atomic
def save_content(*, proposal: Proposal, content: dict[str, Any], version: int, actor) -> Proposal:
    """Save some fields as they are, complete or not; what was typed in their parts before is dropped.

    Raises DraftStale, NotAllowed, NotPossibleNow, Invalid.
    """
    touched = {PART_OF[name] for name in content}
    typed = {part: text for part, text in draft_of(proposal, actor).get("typed", {}).items() if part not in touched}
    return save_draft(proposal=proposal, content={**content, "typed": typed}, version=version, actor=actor)


@transaction.atomic
def autosave(*, proposal: Proposal, part: str, typed: dict[str, str], version: int, actor) -> Proposal:
    """Keep the fields of a part as they are typed. Raises DraftStale, NotAllowed, NotPossibleNow, Invalid."""
    kept = draft_of(proposal, actor).get("typed", {})
    return save_draft(proposal=proposal, content={"typed": {**kept, part: typed}}, version=version, actor=actor)


def files_of(proposal: Proposal, actor) -> list[FileInDraft]:
    """What lies beside the draft. Raises NotAllowed."""
    require_solver(proposal, actor)
    rows = proposal.draft_files.values_list("key", "about")
    return [FileInDraft(key, **json.loads(crypto.decrypt(about))) for key, about in rows]


def contents_of(proposal: Proposal) -> list[dict[str, str]]:
    """The files for the sealed copy: name, content_type, is_consent, base64."""
    rows = [(json.loads(crypto.decrypt(one.about)), one.content) for one in proposal.draft_files.all()]
    return [
        {
            "name": about["name"],
            "content_type": about["content_type"],
            "is_consent": about.get("is_consent", False),
            "base64": crypto.decrypt(content),
        }
        for about, content in rows
    ]


def file_of(proposal: Proposal, key: str, actor) -> tuple[FileInDraft, bytes] | None:
    """A file of the draft with its bytes; None where there is none. Raises NotAllowed."""
    found = next((one for one in files_of(proposal, actor) if one.key == key), None)
    if found is None:
        return None
    return found, base64.b64decode(crypto.decrypt(proposal.draft_files.get(key=key).content))


@transaction.atomic
def add_file(*, proposal: Proposal, upload, actor, is_consent: bool = False) -> DraftFile:
    """Put a file beside the draft, encrypted; ``is_consent``: members signed it, and experts do not get it.

    Raises NotAllowed, NotPossibleNow, Invalid, the errors of uploads.
    """
    proposal = lock_rows(proposal)
    require_solver(proposal, actor)
    require_draft(proposal)
    raw = upload.read()
    kind = uploads.content_type_of(raw)
    held = proposal.draft_files.aggregate(sum=Sum("size"))["sum"] or 0
    if proposal.draft_files.count() >= MOST_FILES:
        raise Invalid(_("At most {most} documents."), field="upload", most=MOST_FILES)
    if held + len(raw) > LARGEST_FILES:
        limit = LARGEST_FILES // 2**20
        raise Invalid(_("All files together may have {limit} MB."), field="upload", limit=limit)
    return keep_file(proposal, upload.name or "", kind, raw, is_consent=is_consent)


def keep_file(proposal: Proposal, name: str, content_type: str, raw: bytes, *, is_consent: bool = False) -> DraftFile:
    """Encrypt bytes whose type is known and keep them beside the draft."""
    name = documents.shown_name(name)
    facts = {"name": name, "content_type": content_type, "size": len(raw), "is_consent": is_consent}
    about = json.dumps(facts, ensure_ascii=False)
    content = crypto.encrypt(base64.b64encode(raw).decode())
    return DraftFile.objects.create(proposal=proposal, about=crypto.encrypt(about), content=content, size=len(raw))


@transaction.atomic
def remove_file(*, proposal: Proposal, file: str, actor) -> None:
    """Take a file away, named by its key. Raises NotAllowed, NotPossibleNow."""
    proposal = lock_rows(proposal)
    require_solver(proposal, actor)
    require_draft(proposal)
    proposal.draft_files.filter(key=file).delete()


@transaction.atomic
def hand_over(*, proposal: Proposal, to: Membership, actor) -> Proposal:
    """Give the lead to a colleague of the same organization who may propose. Raises NotAllowed, Invalid."""
    proposal = lock_rows(proposal)
    require_solver(proposal, actor)
    require_draft(proposal)
    if not may_propose(to) or to.organization_id != proposal.organization_id:
        raise Invalid(_("Choose a colleague who may propose."), field="to")
    proposal.lead_id = to.user_id
    proposal.save(update_fields=["lead"])
    facts = {"to": to.user_id, "challenge": proposal.challenge.number}
    audit.record("challenges.proposal.handed_over", subject=proposal, data=facts, **told(proposal, actor))
    return proposal
