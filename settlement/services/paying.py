"""Starting a payment: our row first, then the bank's order over HTTP, which may be asked for again by the same id."""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from foundation import audit
from foundation.core.actors import SYSTEM, is_person
from foundation.core.clock import database_now, machine_now
from foundation.core.errors import DomainError, NotAllowed, NotPossibleNow
from foundation.core.locking import lock_rows
from settlement import gateways, rules
from settlement.gateways.base import BankRefused
from settlement.lifecycle import OBLIGATION, PaymentState
from settlement.models import Obligation, Payment
from settlement.services import confirming

ASK_AGAIN_AFTER = timedelta(seconds=60)
LONGEST_PAUSE = 3600  # seconds


class DeadlinePassed(DomainError):
    """It can no longer be paid."""

    code = "deadline_passed"
    message = _("The deadline for this payment has passed.")


def start_payment(*, obligation: Obligation, actor: Any, key: str, return_url: str = "", rail: str = "") -> Payment:
    """Begin to pay an obligation and order it at the bank; ``payment.redirect_url`` is the bank's page.

    The same ``key``, or an attempt that still waits, gives the same payment. ``return_url`` is where the bank sends
    the browser back, ``rail`` one of `gateways.open_rails` (default: the first). Raises NotAllowed, NotPossibleNow,
    DeadlinePassed, PaymentsAway, RailClosed, Indefinite (the bank is away), BankRefused.
    """
    payment = begin_payment(obligation=obligation, actor=actor, key=key, return_url=return_url, rail=rail)
    return place_order(payment=payment)


@transaction.atomic
def begin_payment(*, obligation: Obligation, actor: Any, key: str, return_url: str = "", rail: str = "") -> Payment:
    """Note the attempt before anybody is asked. One attempt waits at a time on each rail."""
    if is_person(actor) and not rules.may_pay(actor, obligation):
        raise NotAllowed()
    obligation = lock_rows(obligation)
    earlier = obligation.payments.filter(key=key[:120]).first()
    if earlier is not None:
        return earlier
    if not obligation.permits("pay"):
        label = OBLIGATION.labels[obligation.state]
        raise NotPossibleNow(lifecycle="obligation", state=obligation.state, move="pay", label=label)
    if database_now() >= obligation.due_at and not obligation.purpose_row.late:
        raise DeadlinePassed()
    provider = gateways.choose(rail).name
    waiting = obligation.payments.filter(
        provider=provider, state__in=[PaymentState.STARTED, PaymentState.WAITING]
    ).first()
    if waiting is not None:
        return waiting
    payment = Payment(
        obligation=obligation,
        key=key[:120],
        provider=provider,
        amount_fen=obligation.left.fen,
        currency=obligation.currency,
        next_check_at=machine_now() + ASK_AGAIN_AFTER,
    )
    payment.return_url = (
        return_url or f"{settings.KAIXU_PUBLIC_URL}{reverse('settlement:payment', args=[payment.order_id])}"
    )
    payment.save()
    audit.record(
        "settlement.payment.started",
        subject=payment,
        actor=actor,
        data={"amount": payment.amount, "obligation": obligation.number},
        parties=[obligation.debtor_id],
    )
    return payment


def place_order(*, payment: Payment) -> Payment:
    """Order a started payment at the bank, outside any lock. After an indefinite answer the bank is asked first."""
    if payment.state != PaymentState.STARTED:
        return payment
    bank, obligation = gateways.gateway(payment.provider), payment.obligation
    Payment.objects.filter(pk=payment.pk).update(tries=F("tries") + 1)
    try:
        url = bank.create(
            order_id=payment.order_id,
            amount=payment.amount,
            subject=f"{obligation.number} {obligation.label}",
            payer=obligation.debtor.name,
            return_url=payment.return_url,
            expires_at=obligation.due_at,
        )
    except BankRefused as error:
        _note_failure(payment, error.sentence)
        raise
    with transaction.atomic():
        payment = lock_rows(payment)
        if payment.state == PaymentState.STARTED:
            audit.advance(
                payment, "order", actor=SYSTEM, parties=[obligation.debtor_id], set={"redirect_url": url[:500]}
            )
    return payment


@transaction.atomic
def _note_failure(payment: Payment, problem: str) -> None:
    payment = lock_rows(payment)
    if payment.state == PaymentState.STARTED:
        audit.advance(payment, "fail", actor=SYSTEM, reason=problem, parties=payment.party_ids)


def ask_about(*, payment: Payment) -> str:
    """Ask the bank what became of an attempt nobody heard of; the answer counts like a message of the bank.

    Asked again after twice the time, at most once an hour. Raises Indefinite.
    """
    pause = min(LONGEST_PAUSE, int(ASK_AGAIN_AFTER.total_seconds()) * 2**payment.tries)
    Payment.objects.filter(pk=payment.pk).update(
        next_check_at=machine_now() + timedelta(seconds=pause), tries=F("tries") + 1
    )
    events = gateways.gateway(payment.provider).query(order_id=payment.order_id)
    outcome = "unknown" if events is None else "nothing"
    for event in events or []:
        outcome = confirming.take_event(provider=payment.provider, event=event)
    return outcome
