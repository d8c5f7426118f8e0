"""First rights on equal terms: who has one is named by the seller, told in time, and waives, bids or stays silent.

Inventors of a service invention (Civil Code Art. 847), co-owners (Art. 860), exclusive licensees by contract. They are
told at selection with a deadline in working days; silence is a waiver (judicial rules Art. 16).
"""

from datetime import datetime

from django.conf import settings
from django.core import signing
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext, override
from django.utils.translation import gettext_lazy as _

from auctions.models import Lot, PriorityHolder
from auctions.services.lots import require_editor
from foundation import audit
from foundation.core.actors import CLOCK, SYSTEM
from foundation.core.clock import database_now, end_of_local_day, local_date
from foundation.core.display import day
from foundation.core.errors import DomainError, Invalid, NotAllowed, NotVisible
from foundation.core.locking import lock_rows
from foundation.core.workdays import add_workdays
from foundation.documents import services as documents
from notifications import services as notifications

Answer, Basis = PriorityHolder.Answer, PriorityHolder.Basis
RANKS = {Basis.CO_OWNER: 1, Basis.INVENTOR: 2, Basis.EXCLUSIVE_LICENSEE: 3}
SALT = "auctions.priority"
LONGEST_TOKEN = 200


class AnswerTooLate(DomainError):
    """The deadline has passed: silence was a waiver."""

    code = "answer_too_late"
    message = _("The deadline for an answer has passed.")


class PriorityPending(DomainError):
    """Somebody who comes first has neither answered nor let the deadline pass."""

    code = "priority_pending"
    message = _("Lot {number}: {count} holders of a first right still have until {day} to answer.")


@transaction.atomic
def add_holder(*, lot: Lot, basis: str, name: str, email: str, actor, organization=None) -> PriorityHolder:
    """Name somebody who comes first; an e-mail address or an organization here is needed to tell them.

    Raises NotAllowed, NotPossibleNow, Invalid.
    """
    lot = lock_rows(lot)
    require_editor(lot, actor)
    if not name.strip():
        raise Invalid(_("Enter the name."), field="name")
    if not email and organization is None:
        raise Invalid(_("Enter an e-mail address: the first right has to be told."), field="email")
    if lot.priority_holders.filter(name=name, basis=basis).exists():
        raise Invalid(_("This person is named already."), field="name")
    return PriorityHolder.objects.create(
        lot=lot, basis=basis, name=name, email=email, organization=organization, rank=RANKS[Basis(basis)]
    )


@transaction.atomic
def remove_holder(*, holder: PriorityHolder, actor) -> None:
    """Take a name off the list. Raises NotAllowed, NotPossibleNow."""
    lot = lock_rows(holder.lot)
    require_editor(lot, actor)
    PriorityHolder.objects.filter(pk=holder.pk, lot=lot).delete()


def token_of(holder: PriorityHolder) -> str:
    """What a link in the letter carries; it opens the answer of this holder and nothing else."""
    return signing.dumps({"holder": holder.pk}, salt=SALT)


def holder_of(token: str) -> PriorityHolder:
    """The holder a link names. Raises NotVisible."""
    try:
        if len(token) > LONGEST_TOKEN:
            raise NotVisible()
        key = signing.loads(token, salt=SALT)["holder"]
        return PriorityHolder.objects.select_related("lot__season", "lot__seller", "lot__session").get(pk=key)
    except (signing.BadSignature, PriorityHolder.DoesNotExist, KeyError, TypeError) as error:
        raise NotVisible() from error


def notify(*, lot: Lot, now: datetime) -> None:
    """Tell everybody who was not told yet, by letter and by notice; runs inside the selection's transaction."""
    answer_by = add_workdays(local_date(now), lot.season.priority_days)
    for holder in lot.priority_holders.filter(notified_at=None).select_related("organization"):
        holder.notified_at, holder.answer_by = now, answer_by
        holder.save(update_fields=["notified_at", "answer_by"])
        if holder.email:
            _post(lot, holder)
        audit.record(
            "auctions.lot.priority_notified",
            subject=lot,
            actor=SYSTEM,
            data={"holder": holder.pk, "answer_by": answer_by},
            parties=[lot.seller_id, *([holder.organization_id] if holder.organization_id else [])],
            now=now,
        )


def _post(lot: Lot, holder: PriorityHolder) -> None:
    """The letter, in Chinese and in English: the holder need not be known here."""
    url = settings.KAIXU_PUBLIC_URL.rstrip("/") + reverse("auctions:priority_answer", args=[token_of(holder)])
    subjects, texts = [], []
    for language in ("zh-hans", "en"):
        with override(language):
            facts = {"name": holder.name, "lot": lot.number, "title": lot.title, "start": str(lot.start),
                     "seller": lot.seller.display_name, "day": day(holder.answer_by), "url": url}  # fmt: skip
            subjects.append(gettext("Your first right to %(lot)s") % facts)
            texts.append(
                gettext(
                    "%(name)s,\n\n%(seller)s offers “%(title)s” as lot %(lot)s at a start price of %(start)s. "
                    "The law gives you the first right on equal terms. Please say by %(day)s whether you waive it "
                    "or will bid; no answer is a waiver:\n%(url)s"
                )
                % facts
            )
    notifications.post_letter(address=holder.email, subject=" / ".join(subjects), text="\n\n".join(texts))


@transaction.atomic
def answer(*, holder: PriorityHolder, answer: str, actor=None) -> PriorityHolder:
    """The holder waives or will bid; may be changed until the deadline.

    ``actor`` None is whoever holds the link of the letter. Who bids and is signed in bids with this organization.
    Raises AnswerTooLate, Invalid, NotAllowed.
    """
    lot = lock_rows(holder.lot)
    holder = lock_rows(holder)
    if actor is not None and holder.organization_id not in (None, actor.organization_id):
        raise NotAllowed()
    if answer not in (Answer.WAIVED, Answer.BIDS):
        raise Invalid(_("Choose an answer."), field="answer")
    now = database_now()
    if not lot.permits("answer_priority") or holder.answer_by is None or now >= end_of_local_day(holder.answer_by):
        raise AnswerTooLate()
    holder.answer, holder.answered_at = answer, now
    if actor is not None and answer == Answer.BIDS:
        holder.organization_id = actor.organization_id
    holder.save(update_fields=["answer", "answered_at", "organization"])
    _record(lot, holder, actor or SYSTEM, now)
    return holder


@transaction.atomic
def record_waiver(*, holder: PriorityHolder, upload, actor) -> PriorityHolder:
    """The seller files a signed waiver on paper. Raises NotAllowed, AnswerTooLate, the errors of uploads."""
    lot = lock_rows(holder.lot)
    holder = lock_rows(holder)
    if actor.organization_id != lot.seller_id:
        raise NotAllowed()
    if not lot.permits("edit") and not lot.permits("answer_priority"):
        raise AnswerTooLate()
    now = database_now()
    holder.evidence = documents.accept_upload(upload=upload, actor=actor, party_ids=[lot.seller_id])
    holder.answer, holder.answered_at = Answer.WAIVED, now
    holder.save(update_fields=["answer", "answered_at", "evidence"])
    _record(lot, holder, actor, now)
    return holder


def _record(lot: Lot, holder: PriorityHolder, actor, now: datetime) -> None:
    parties = {lot.seller_id, holder.organization_id} - {None}
    data = {"holder": holder.pk, "answer": Answer(holder.answer).label, "basis": Basis(holder.basis).label}
    data = {name: str(value) if name != "holder" else value for name, value in data.items()}
    audit.record("auctions.lot.priority_answered", subject=lot, actor=actor, data=data, parties=parties, now=now)


def settle(lot: Lot, now: datetime) -> None:
    """Silence after the deadline is a waiver. Raises PriorityPending while somebody still has time.

    Runs under the lot's lock, before it is announced.
    """
    pending = list(lot.priority_holders.filter(answer=Answer.OPEN))
    waiting = [one for one in pending if one.answer_by is None or now < end_of_local_day(one.answer_by)]
    if waiting:
        last = max((one.answer_by for one in waiting if one.answer_by), default=local_date(now))
        raise PriorityPending(number=lot.number, count=len(waiting), day=last.isoformat())
    for holder in pending:
        holder.answer, holder.answered_at = Answer.SILENT, now
        holder.save(update_fields=["answer", "answered_at"])
        _record(lot, holder, CLOCK, now)


def rank_of(lot: Lot, organization_id: int) -> int:
    """The best rank with which an organization bids on equal terms; 0 for everybody else."""
    ranks = lot.priority_holders.filter(organization_id=organization_id, answer=Answer.BIDS).values_list(
        "rank", flat=True
    )
    return min(ranks, default=0)
