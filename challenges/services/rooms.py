"""Papers of a challenge, the promise to keep them secret, and questions whose answers are open to all."""

from collections.abc import Callable
from datetime import timedelta

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from challenges import texts
from challenges.lifecycle import IN_CHECK
from challenges.models import Attachment, Challenge, NdaSignature, Question
from challenges.rules import is_officer, may_propose, may_publish
from challenges.services.drafting import require_editor
from foundation import audit
from foundation.core.actors import SYSTEM
from foundation.core.clock import database_now
from foundation.core.errors import DomainError, Invalid, NotAllowed, NotPossibleNow, NotVisible
from foundation.core.locking import lock_rows
from foundation.core.text import clean_text
from foundation.documents import services as documents

MOST_FILES = 20
QUESTION_LIMIT, ANSWER_LIMIT = 1_000, 2_000


class TextChanged(DomainError):
    """What was read is not what stands there now."""

    code, field = "text_changed", "sha256"
    message = _("The text has changed. Read it again before you sign.")


@transaction.atomic
def add_attachment(*, challenge: Challenge, upload, title: str, is_confidential: bool, actor) -> Attachment:
    """Put a file beside a draft. Raises NotAllowed, NotPossibleNow, Invalid, the errors of uploads."""
    challenge = lock_rows(challenge)
    require_editor(challenge, actor)
    if not title.strip():
        raise Invalid(_("Name the document."), field="title")
    if challenge.attachments.count() >= MOST_FILES:
        raise Invalid(_("At most {most} documents."), field="upload", most=MOST_FILES)
    kept = {"party_ids": [challenge.owner_id], "is_apart": is_confidential}
    file = documents.accept_upload(upload=upload, actor=actor, **kept)
    last = challenge.attachments.aggregate(last=Max("position"))["last"] or 0
    return Attachment.objects.create(
        challenge=challenge, file=file, title=title.strip()[:200], is_confidential=is_confidential, position=last + 1
    )


@transaction.atomic
def remove_attachment(*, attachment: Attachment, actor) -> None:
    """Take a file away while the challenge can be edited. Raises NotAllowed, NotPossibleNow."""
    challenge = lock_rows(attachment.challenge)
    require_editor(challenge, actor)
    Attachment.objects.filter(pk=attachment.pk, challenge=challenge).delete()


@transaction.atomic
def sign_nda(*, challenge: Challenge, sha256: str, actor) -> NdaSignature:
    """Sign the agreement that was read (``sha256`` of `texts`) for the own organization; a repeat changes nothing.

    Only the organization itself and the firm learn of it. Raises NotAllowed, NotPossibleNow, TextChanged.
    """
    if not may_propose(actor) or actor.organization_id == challenge.owner_id:
        raise NotAllowed()
    challenge = lock_rows(challenge, share=True)
    party = {"challenge": challenge, "organization_id": actor.organization_id}
    found = NdaSignature.objects.filter(**party).first()
    if found is not None:
        return found
    if not challenge.permits("sign_nda"):
        label = challenge.state_label
        raise NotPossibleNow(lifecycle="challenge", state=challenge.state, move="sign_nda", label=label)
    pinned = texts.sha256_of(challenge.season, texts.NDA)
    if sha256 != pinned:
        raise TextChanged()
    now = database_now()
    signature = {"signed_by_id": actor.user_id, "text_sha256": pinned, "signed_at": now}
    made, is_new = NdaSignature.objects.get_or_create(**party, defaults=signature)
    if not is_new:
        return made  # a colleague signed at the same moment
    parties, facts = [actor.organization_id, challenge.owner_id], {"sha256": pinned}
    told = {"data": facts, "parties": parties, "visibility": "sealed", "now": now}
    audit.record("challenges.challenge.nda_signed", subject=challenge, actor=actor, **told)
    return made


def readable(challenge: Challenge, membership) -> Callable[[bool], bool]:
    """Whether this reader may open a file of the challenge: the answer takes whether the file is confidential.

    Public files of a published challenge are for everybody; confidential ones for the firm, officers, organizations
    that signed, and experts who promised secrecy, with their seat or for an opinion they were asked for.
    """
    own = membership is not None and membership.organization_id == challenge.owner_id
    if own or is_officer(membership) or (membership is not None and _asked(challenge, membership)):
        return lambda _confidential: True
    if not challenge.permits("show"):
        return lambda _confidential: False
    if membership is None:
        return lambda confidential: not confidential
    signed = NdaSignature.objects.filter(challenge=challenge, organization_id=membership.organization_id)
    trusted = (not membership.is_administration and signed.exists()) or _sits(challenge, membership)
    return lambda confidential: trusted or not confidential


def may_read(attachment: Attachment, membership) -> bool:
    """Whether this reader may open the file; see `readable`."""
    return readable(attachment.challenge, membership)(attachment.is_confidential)


@transaction.atomic
def open_attachment(*, attachment: Attachment, membership) -> Attachment:
    """Let somebody read a file; every reading of a confidential one by others is told to the firm and kept.

    Raises NotVisible.
    """
    if not may_read(attachment, membership):
        raise NotVisible()
    challenge = attachment.challenge
    if attachment.is_confidential and membership.organization_id != challenge.owner_id:
        facts, parties = {"attachment": attachment.pk}, [membership.organization_id, challenge.owner_id]
        told = {"data": facts, "parties": parties, "visibility": "sealed"}
        audit.record("challenges.challenge.annex_read", subject=challenge, actor=membership, **told)
    return attachment


def _asked(challenge: Challenge, membership) -> bool:
    """An expert who was asked whether the challenge is real and promised secrecy, while it is checked: who does not
    answer in time has no more business with its papers."""
    if membership.role != "expert" or challenge.state not in IN_CHECK:
        return False
    asked = challenge.opinions.filter(expert__user_id=membership.user_id, given_at__isnull=True)
    return asked.filter(promised_at__isnull=False, declined_at__isnull=True).exists()


def _sits(challenge: Challenge, membership) -> bool:
    """An expert who accepted a seat promised secrecy with it."""
    return challenge.seats.filter(expert__user_id=membership.user_id, declared_at__isnull=False).exists()


def questions_end_at(challenge: Challenge):
    """Until when questions are taken, UTC: so many days before the deadline."""
    return challenge.closes_at - timedelta(days=challenge.season.questions_end_days)


@transaction.atomic
def ask(*, challenge: Challenge, text: str, actor) -> Question:
    """Ask; everybody reads the question, nobody who asked. Raises NotAllowed, NotPossibleNow, Invalid."""
    if actor is None or actor.organization_id == challenge.owner_id or actor.is_administration:
        raise NotAllowed()
    challenge = lock_rows(challenge, share=True)
    if not challenge.permits("ask") or database_now() >= questions_end_at(challenge):
        label = challenge.state_label
        raise NotPossibleNow(lifecycle="challenge", state=challenge.state, move="ask", label=label)
    text = clean_text(text, QUESTION_LIMIT, multiline=True)
    if not text:
        raise Invalid(_("Enter a question."), field="text")
    question = Question.objects.create(
        challenge=challenge, organization_id=actor.organization_id, asked_by_id=actor.user_id, text=text
    )
    facts = {"question": question.pk}  # without the asker: the event is the firm's
    audit.record(
        "challenges.challenge.asked", subject=challenge, actor=SYSTEM, data=facts, parties=[challenge.owner_id]
    )
    return question


@transaction.atomic
def answer(*, question: Question, text: str, actor) -> Question:
    """The firm or the platform answers; open to all, and binding for all teams. Raises NotAllowed, Invalid."""
    question = lock_rows(question)
    challenge = question.challenge
    own = may_publish(actor) and actor.organization_id == challenge.owner_id
    if not own and not is_officer(actor):
        raise NotAllowed()
    text = clean_text(text, ANSWER_LIMIT, multiline=True)
    if not text:
        raise Invalid(_("Enter an answer."), field="text")
    question.answer, question.answered_at, question.answered_by_platform = text, database_now(), not own
    question.save(update_fields=["answer", "answered_at", "answered_by_platform"])
    facts = {"question": question.pk}
    audit.record("challenges.challenge.answered", subject=challenge, actor=actor, data=facts, visibility="public")
    return question
