"""The bounty in escrow: its first share before publication, the rest by plan, paid out as milestones are accepted.

The challenge is locked first, then settlement locks its hold and obligation (settlement asks the owner of a purpose
before it locks). Fen.
"""

from datetime import timedelta
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.models import Kind, Organization
from challenges.models import Challenge
from foundation.core.actors import SYSTEM
from foundation.core.clock import database_now
from foundation.core.errors import DomainError
from foundation.core.locking import lock_rows
from foundation.core.money import Money, at_rate_bp
from foundation.core.refs import Ref
from foundation.core.workdays import deadline_in_workdays
from settlement import chart
from settlement import services as settlement
from settlement.lifecycle import HoldState, ObligationState
from settlement.models import Hold, Obligation

PURPOSE = "challenge.bounty"
PAY_WITHIN = 20  # working days
HELD_AT_MOST = timedelta(days=1500)  # longer than any plan with its disputes


class EscrowShort(DomainError):
    """The escrow holds less than is to be paid."""

    code = "escrow_short"
    message = _("The escrow holds {held}; {missing} more has to be paid in first.")


def administration() -> Organization:
    """Who keeps the bounty: the province, for both sides."""
    return Organization.objects.filter(kind=Kind.ADMINISTRATION).order_by("pk").first()


def first_share(challenge: Challenge) -> Money:
    """What must be secured before publication: the season's share of the bounty, a fen at least."""
    return max(at_rate_bp(challenge.bounty, challenge.season.escrow_bp), Money(1))


def ask_first_share(*, challenge: Challenge) -> Obligation:
    """Ask the firm for the first share, once. In the caller's transaction."""
    obligation = ask(challenge=challenge, amount=first_share(challenge), key="first")
    Challenge.objects.filter(pk=challenge.pk).update(obligation=obligation)
    challenge.obligation = obligation
    return obligation


def ask(*, challenge: Challenge, amount: Money, key: str) -> Obligation:
    """Ask the firm to put an amount into the escrow, once per key."""
    now = database_now()
    return settlement.open_obligation(
        purpose=PURPOSE,
        ref=Ref("challenges.challenge", challenge.pk, challenge.number),
        debtor=challenge.owner,
        creditor=administration(),
        amount=amount,
        due_at=deadline_in_workdays(now, PAY_WITHIN),
        key=f"{PURPOSE}:{challenge.pk}:{key}",
        label=challenge.title_zh_hans,
        actor=SYSTEM,
        hold_until=now + HELD_AT_MOST,
    )


def holds_of(challenge: Challenge) -> list[Hold]:
    """What is held for a challenge, oldest first."""
    found = Hold.objects.filter(purpose=PURPOSE, ref_kind="challenges.challenge", ref_id=challenge.pk)
    return list(found.filter(state=HoldState.HELD).order_by("pk"))


def held(challenge: Challenge) -> Money:
    """What lies in the escrow of a challenge now."""
    return sum((hold.left for hold in holds_of(challenge)), Money(0))


def secured(challenge: Challenge) -> Money:
    """What was ever paid into the escrow of a challenge."""
    paid = Hold.objects.filter(purpose=PURPOSE, ref_kind="challenges.challenge", ref_id=challenge.pk)
    return sum((hold.amount for hold in paid), Money(0))


def pay_out(*, challenge: Challenge, amount: Money, party: Organization, ref: Any, key: str) -> None:
    """Pay an amount out of the escrow to a solver, from the oldest hold on, once per key.

    Raises EscrowShort. In the caller's transaction, with the challenge locked.
    """
    holds = holds_of(challenge)
    available = sum((hold.left for hold in holds), Money(0))
    if available < amount:
        raise EscrowShort(held=available, missing=amount - available)
    left = amount
    for hold in holds:
        part = min(left, hold.left)
        if part:
            share = settlement.Share(chart.PAYABLE, part, party=party, ref=ref)
            settlement.capture(hold=hold, parts=[share], actor=SYSTEM, key=key, keep_rest=True)
            left = left - part


def give_back(*, challenge: Challenge, actor, reason: str) -> Money:
    """Give what is still held back to the firm and cancel what is not paid; how much of the held went back.

    In the caller's transaction, with the challenge locked.
    """
    total = Money(0)
    for hold in holds_of(challenge):
        total = total + hold.left
        settlement.release_hold(hold=hold, actor=SYSTEM, reason=reason)
    for obligation in asked_of(challenge).filter(state=ObligationState.OPEN):
        withdraw(obligation=obligation, actor=actor, reason=reason)
    return total


def asked_of(challenge: Challenge) -> QuerySet[Obligation]:
    """Everything the firm was ever asked to pay in for a challenge, oldest first."""
    found = Obligation.objects.filter(purpose=PURPOSE, ref_kind="challenges.challenge", ref_id=challenge.pk)
    return found.order_by("pk")


def withdraw(*, obligation: Obligation, actor, reason: str) -> None:
    """An amount is not asked for any more: what was paid of it goes back first, then it is cancelled.

    In the caller's transaction, with the challenge locked.
    """
    obligation = lock_rows(obligation)
    if obligation.state == ObligationState.OPEN and obligation.allocated:
        settlement.refund_obligation(obligation=obligation, actor=SYSTEM, reason=reason)
    settlement.cancel_obligation(obligation=obligation, actor=actor, reason=reason)
