"""The data room of a lot: its documents, who read them, and questions whose answers are open to all."""

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from accounts.rules import can
from auctions.lifecycle import PUBLIC
from auctions.models import Lot, LotDocument, LotQuestion, RoomAccess
from auctions.queries import rooms as rooms_asked
from foundation import audit
from foundation.core.actors import SYSTEM
from foundation.core.clock import database_now
from foundation.core.errors import Invalid, NotAllowed, NotPossibleNow, NotVisible
from foundation.core.locking import lock_rows
from foundation.core.text import clean_text
from foundation.documents import services as documents

MOST_DOCUMENTS = 40
QUESTION_LIMIT, ANSWER_LIMIT = 1_000, 2_000


def _require_keeper(lot: Lot, actor) -> None:
    """Documents are kept by the seller until the lot is announced. Raises NotAllowed, NotPossibleNow."""
    if not can(actor, "declare") or actor.organization_id != lot.seller_id:
        raise NotAllowed()
    if not lot.permits("edit") and not lot.permits("documents"):
        raise NotPossibleNow(lifecycle="lot", state=lot.state, move="documents", label=lot.state_label)


@transaction.atomic
def add_document(*, lot: Lot, upload, kind: str, title: str, audience: str, actor) -> LotDocument:
    """Put a file into the data room. Raises NotAllowed, NotPossibleNow, Invalid, the errors of uploads."""
    lot = lock_rows(lot)
    _require_keeper(lot, actor)
    if kind not in LotDocument.Kind.values:
        raise Invalid(_("Choose a kind."), field="kind")
    if audience not in LotDocument.Audience.values:
        raise Invalid(_("Choose who may read it."), field="audience")
    if lot.documents.count() >= MOST_DOCUMENTS:
        raise Invalid(_("The data room holds at most {most} documents."), field="upload", most=MOST_DOCUMENTS)
    file = documents.accept_upload(upload=upload, actor=actor, party_ids=[lot.seller_id])
    last = lot.documents.aggregate(last=Max("position"))["last"] or 0
    document = LotDocument.objects.create(
        lot=lot, file=file, kind=kind, title=title[:200], audience=audience, position=last + 1
    )
    data = {"title": title[:200], "sha256": file.sha256, "kind": kind}
    audit.record("auctions.lot.document_added", subject=lot, actor=actor, data=data, parties=[lot.seller_id])
    return document


@transaction.atomic
def remove_document(*, document: LotDocument, actor) -> None:
    """Take a file out of the data room before the lot is announced; the bytes stay. Raises as `add_document`."""
    lot = lock_rows(document.lot)
    _require_keeper(lot, actor)
    data = {"title": document.title, "sha256": document.file.sha256, "kind": document.kind}
    LotDocument.objects.filter(pk=document.pk, lot=lot).delete()
    audit.record("auctions.lot.document_removed", subject=lot, actor=actor, data=data, parties=[lot.seller_id])


def open_document(*, document: LotDocument, membership) -> LotDocument:
    """Log that somebody reads a document of an announced lot (the seller apart). Raises NotVisible."""
    if not rooms_asked.may_read(document, membership):
        raise NotVisible()
    own = membership is not None and membership.organization_id == document.lot.seller_id
    if document.lot.state in PUBLIC and not own:
        RoomAccess.objects.create(
            document=document,
            organization_id=getattr(membership, "organization_id", None),
            user_id=getattr(membership, "user_id", None),
            at=database_now(),
        )
    return document


@transaction.atomic
def ask(*, lot: Lot, text: str, actor) -> LotQuestion:
    """Ask about a lot; everybody reads the question, nobody who asked. Raises NotAllowed, NotPossibleNow, Invalid."""
    if actor is None or actor.organization_id == lot.seller_id or actor.is_administration:
        raise NotAllowed()
    lot = lock_rows(lot, share=True)
    if not lot.permits("ask"):
        raise NotPossibleNow(lifecycle="lot", state=lot.state, move="ask", label=lot.state_label)
    text = clean_text(text, QUESTION_LIMIT, multiline=True)
    if not text:
        raise Invalid(_("Enter a question."), field="text")
    question = LotQuestion.objects.create(
        lot=lot, organization_id=actor.organization_id, asked_by_id=actor.user_id, text=text
    )
    audit.record(  # without the asker: the event is the seller's
        "auctions.lot.asked", subject=lot, actor=SYSTEM, data={"question": question.pk}, parties=[lot.seller_id]
    )
    return question


@transaction.atomic
def answer_question(*, question: LotQuestion, text: str, actor) -> LotQuestion:
    """The seller answers; open to all. A later answer replaces the text and keeps both in the history.

    Raises NotAllowed, Invalid.
    """
    question = lock_rows(question)
    lot = question.lot
    if not can(actor, "declare") or actor.organization_id != lot.seller_id:
        raise NotAllowed()
    text = clean_text(text, ANSWER_LIMIT, multiline=True)
    if not text:
        raise Invalid(_("Enter an answer."), field="text")
    now = database_now()
    question.answer, question.answered_at = text, now
    question.save(update_fields=["answer", "answered_at"])
    data = {"question": question.pk}
    audit.record("auctions.lot.answered", subject=lot, actor=actor, data=data, visibility="public", now=now)
    return question
