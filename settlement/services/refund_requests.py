"""Asking for money back: the payer says why, finance reviews, above the limit a second person decides."""

from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from foundation import audit
from foundation.core import numbering
from foundation.core.actors import SYSTEM
from foundation.core.clock import database_now, local_date
from foundation.core.errors import DomainError, Invalid, NotAllowed, NotPossibleNow
from foundation.core.locking import lock_rows
from foundation.core.money import Money
from foundation.core.text import clean_text
from settlement import rules_payouts as rules
from settlement.lifecycle import RefundState
from settlement.lifecycle_disputes import RequestState
from settlement.models import Obligation, RefundRequest
from settlement.services import second_person
from settlement.services.refunding import NotRefundable
from settlement.services.taking_back import can_go_back, take_back

REVIEW = "settlement.refund_request"
LONGEST = 2000


class AlreadyAsked(DomainError):
    """A request about this payment is open."""

    code = "already_asked"
    message = _("A request about this payment is open already.")


class AsksTooMuch(DomainError):
    """More than what could still go back."""

    code, field = "asks_too_much", "amount"
    message = _("At most {left} of this payment can be sent back.")


class GrantTooLarge(DomainError):
    """The money has gone elsewhere while the request was looked at."""

    code, field = "grant_too_large", "granted"
    message = _(
        "Only {left} of this payment is still here; the rest was paid out, sent back or is frozen. Grant at most that, "
        "or refuse the request."
    )


class GrantGone(DomainError):
    """The same, found when the second person approves: finance has to look at it again."""

    code = "grant_gone"
    message = _(
        "Only {left} of this payment is still here; the rest was paid out, sent back or is frozen. Return the case for "
        "correction: finance then grants at most that, or refuses the request."
    )


@transaction.atomic
def ask_back(*, obligation: Obligation, kind: str, amount: Money, text: str, actor: Any) -> RefundRequest:
    """Ask for (a part of) a paid amount back. Raises NotAllowed, NotRefundable, AsksTooMuch, AlreadyAsked, Invalid."""
    if not rules.may_ask_back(actor, obligation):
        raise NotAllowed()
    if kind not in RefundRequest.Kind.values:
        raise Invalid(_("Choose a reason."), field="kind")
    text = _text(text, "text")
    obligation = lock_rows(obligation)
    if RefundRequest.objects.filter(obligation=obligation, state__in=[RequestState.REQUESTED, RequestState.REVIEWED]):
        raise AlreadyAsked()
    _require_left(obligation, amount)
    row = RefundRequest.objects.create(
        number=numbering.allocate("refund_request", local_date(database_now()).year),
        obligation=obligation,
        kind=kind,
        amount_fen=amount.fen,
        currency=amount.currency,
        text=text,
        asked_by_id=actor.user_id,
        asked_for_id=obligation.debtor_id,
    )
    audit.record(
        "settlement.refundrequest.requested",
        subject=row,
        actor=actor,
        reason=text[:200],
        data={"amount": amount, "about": obligation.number, "kind": kind},
        parties=obligation.party_ids,
    )
    return row


def _text(text: str, field: str) -> str:
    cleaned = clean_text(text, LONGEST, multiline=True)
    if not cleaned:
        raise Invalid(_("Say why."), field=field)
    return cleaned


def _require_left(obligation: Obligation, amount: Money) -> None:
    left = can_go_back(obligation)
    if not left:
        raise NotRefundable()
    if not Money(0, amount.currency) < amount <= left:
        raise AsksTooMuch(left=left)


@transaction.atomic
def review_request(*, request: RefundRequest, granted: Money | None, opinion: str, actor: Any) -> RefundRequest:
    """Finance grants an amount (at most what was asked for), or refuses (None), with reasons.

    Above settings.KAIXU_FOUR_EYES_ABOVE_FEN, or where the reviewer asked for it, a second person decides; else the
    refunds are ordered at once. Raises NotAllowed, NotPossibleNow, Invalid, AsksTooMuch, GrantTooLarge.
    """
    if not rules.may_settle(actor):
        raise NotAllowed()
    obligation, request = lock_rows(request.obligation, request)
    if not request.permits("review"):
        raise NotPossibleNow(lifecycle="refund request", state=request.state, move="review", label=request.state_label)
    opinion = _text(opinion, "opinion")
    if granted is None:
        return _advance(request, "refuse", actor, opinion, opinion=opinion, reviewed_by_id=actor.user_id)
    if granted > request.amount:
        raise AsksTooMuch(left=request.amount)
    left = can_go_back(obligation)
    if not Money(0, granted.currency) < granted <= left:
        raise GrantTooLarge(left=left)
    fields = {"opinion": opinion, "granted_fen": granted.fen, "reviewed_by_id": actor.user_id}
    if granted.fen <= settings.KAIXU_FOUR_EYES_ABOVE_FEN and request.asked_by_id != actor.user_id:
        return _grant(_advance(request, "approve", actor, opinion, **fields), actor)
    request = _advance(request, "review", actor, opinion, **fields)
    second_person.ask(kind=REVIEW, subject=request, title=f"{granted} · {request.number}", actor=actor)
    return request


@transaction.atomic
def decide_request(*, review: Any, decision: Any, actor: Any) -> None:
    """A second person decided (handler of approvals): the refunds are ordered, or the request is back with finance.

    Raises OwnWork, GrantGone (the money is not here any more).
    """
    found = RefundRequest.objects.select_related("obligation").get(pk=review.subject_id)
    obligation, request = lock_rows(found.obligation, found)
    if request.state != RequestState.REVIEWED:
        return
    second_person.require_another(actor, request.asked_by_id, request.reviewed_by_id)
    if decision.outcome == "approve":
        left = can_go_back(obligation)
        if request.granted > left:
            raise GrantGone(left=left)
        _grant(_advance(request, "approve", SYSTEM, decision.text, decided_by_id=actor.user_id), SYSTEM)
    else:
        _advance(request, "return", SYSTEM, decision.text, granted_fen=None, reviewed_by_id=None)


def _grant(request: RefundRequest, actor: Any) -> RefundRequest:
    made = take_back(obligation=request.obligation, amount=request.granted, actor=actor, reason=request.opinion[:200])
    request.refunds.set(made)
    return request


@transaction.atomic
def withdraw_request(*, request: RefundRequest, actor: Any) -> RefundRequest:
    """Take a request back that nobody has reviewed. Raises NotAllowed, NotPossibleNow."""
    return _advance(lock_rows(request), "withdraw", actor, "")


def granted() -> QuerySet[RefundRequest]:
    """Requests whose refunds are on their way, without one that is not back yet."""
    waiting = RefundRequest.objects.filter(state=RequestState.APPROVED)
    return waiting.exclude(refunds__state__in=[s for s in RefundState if s != RefundState.DONE]).order_by("pk")


@transaction.atomic
def note_paid(*, request: RefundRequest) -> bool:
    """Note that all of the money is back at the payer. False where it is not, or was noted already."""
    request = lock_rows(request)
    if request.state != RequestState.APPROVED or request.refunds.exclude(state=RefundState.DONE).exists():
        return False
    _advance(request, "pay", SYSTEM, "")
    return True


def _advance(request: RefundRequest, move: str, actor: Any, reason: str, **fields: Any) -> RefundRequest:
    amount = fields.get("granted_fen") or request.granted_fen or request.amount_fen
    facts = {"amount": Money(amount, request.currency), "about": request.obligation.number}
    return audit.advance(request, move, actor=actor, reason=reason[:200], data=facts, parties=request.party_ids,
                         set=fields)  # fmt: skip
