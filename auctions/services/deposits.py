"""The deposit of a bidder: asked for, held, given back. Forfeiting and setting off are the affair of the sale.

Security, not 定金: the rule of its forfeiture stands in the agreement (Civil Code Arts. 586, 587 do not double it).
Settlement's own lock on the obligation comes first, then the lot (shared), then the registration.
"""

from datetime import datetime, timedelta

from django.db import transaction

from accounts.models import Kind, Organization
from auctions.lifecycle_parties import RegistrationState as R
from auctions.models import Registration
from auctions.services import admission
from foundation import audit
from foundation.core.actors import SYSTEM
from foundation.core.clock import database_now
from foundation.core.crashes import crash_point
from foundation.core.locking import lock_rows
from foundation.core.money import Money
from foundation.core.refs import Ref
from settlement import services as settlement
from settlement.lifecycle import HoldState, ObligationState
from settlement.models import Hold

PURPOSE = "auction.deposit"
HELD_AT_MOST = timedelta(days=400)  # after the end; a sale and its disputes are decided long before
ACCEPTED, LATE, NOT_WAITING, NO_PADDLE = "accepted", "refused:late", "refused:not_waiting", "refused:no_paddle_left"


def administration() -> Organization:
    """Who keeps the deposits: the province, never the seller, who would learn who bids."""
    return Organization.objects.filter(kind=Kind.ADMINISTRATION).order_by("pk").first()


def ask(*, registration: Registration, now: datetime) -> Registration:
    """Ask a qualified bidder for the deposit, once. Its label names the lot and no paddle."""
    lot = registration.lot
    amount = Money(lot.floor.deposit_fen)
    obligation = settlement.open_obligation(
        purpose=PURPOSE,
        ref=Ref("auctions.registration", registration.pk, lot.number),
        debtor=registration.organization,
        creditor=administration(),
        amount=amount,
        due_at=lot.session.registration_until_at,
        key=f"{PURPOSE}:{registration.pk}",
        label=lot.title_zh_hans,
        actor=SYSTEM,
        hold_until=lot.session.planned_ends_at + HELD_AT_MOST,
    )
    return audit.advance(
        registration,
        "ask_deposit",
        actor=SYSTEM,
        now=now,
        parties=[registration.organization_id],
        set={"obligation": obligation},
        data={"lot": lot.number, "obligation": obligation.number, "amount": amount},
    )


@transaction.atomic
def on_paid(*, obligation, payment, now: datetime) -> str:
    """The deposit arrived in full: it is held and the bidder admitted, or it goes back.

    ``now`` is when the bank booked it: what was booked in time counts though the message came later, unless the lot
    has ended meanwhile. Answers `accepted` or `refused:<why>`. Inside settlement's transaction.
    """
    registration = Registration.objects.select_related("lot__session", "lot__floor").get(obligation=obligation)
    lot = lock_rows(registration.lot, share=True)
    registration = lock_rows(registration)
    if registration.state not in (R.DEPOSIT_PENDING, R.LAPSED) or _registered_again(registration):
        return NOT_WAITING
    if not lot.permits("register") or database_now() >= lot.floor.ends_at:
        return NOT_WAITING
    if now >= lot.session.registration_until_at:
        return LATE
    try:
        _hold_and_admit(registration)
    except admission.NoPaddleLeft:
        return NO_PADDLE
    return ACCEPTED


@transaction.atomic
def _hold_and_admit(registration: Registration) -> None:
    told = {"actor": SYSTEM, "parties": [registration.organization_id], "data": {"lot": registration.lot.number}}
    registration = audit.advance(registration, "hold_deposit", set={"ended_at": None}, **told)
    admission.admit(registration=registration)


def _registered_again(registration: Registration) -> bool:
    """Lapsed, then registered anew: the old deposit has nothing to secure."""
    others = Registration.objects.filter(lot=registration.lot_id, organization=registration.organization_id)
    return registration.state == R.LAPSED and others.filter(pk__gt=registration.pk).exists()


def give_back(*, registration: Registration, actor, reason: str) -> None:
    """Release a held deposit, cancel one that was not paid. A repeat changes nothing. In the caller's transaction."""
    if registration.obligation_id is None:
        return
    hold = Hold.objects.filter(obligation=registration.obligation_id).first()
    if hold is not None:
        if hold.state == HoldState.HELD:
            settlement.release_hold(hold=hold, actor=SYSTEM, reason=reason)
    elif registration.obligation.state == ObligationState.OPEN:
        settlement.cancel_obligation(obligation=registration.obligation, actor=actor, reason=reason)


@transaction.atomic
def release_for(*, registration: Registration) -> bool:
    """Give the deposit back to a bidder who did not win, at once (24 h at most, judicial rules Art. 23); False if done.

    Idempotent: the row is claimed by its lock and moves on once.
    """
    registration = lock_rows(registration)
    if registration.state == R.DISQUALIFIED:
        give_back(registration=registration, actor=SYSTEM, reason="disqualified")
        return True
    if registration.state != R.LOST:
        return False
    give_back(registration=registration, actor=SYSTEM, reason="lot not won")
    now = database_now()
    facts = {"lot": registration.lot.number, "amount": registration.obligation.amount}
    told = {"actor": SYSTEM, "now": now, "parties": [registration.organization_id], "data": facts}
    audit.advance(registration, "release_deposit", set={"ended_at": now}, **told)
    crash_point("auctions.deposit.released")
    return True
