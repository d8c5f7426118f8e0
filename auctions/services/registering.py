"""A party registers for a lot: checks, the pinned agreement, the deposit that is asked for; and goes again."""

from datetime import timedelta

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from auctions import agreement
from auctions.lifecycle import LotState
from auctions.lifecycle_parties import RegistrationState as R
from auctions.models import Lot, Registration
from auctions.services import deposits
from auctions.services.may_register import (
    AgreementChanged,
    AlreadyRegistered,
    check_open,
    check_party,
    priority_rank,
    standing,
)
from foundation import audit
from foundation.core.actors import SYSTEM
from foundation.core.clock import database_now
from foundation.core.errors import DomainError
from foundation.core.locking import lock_rows
from settlement import services as settlement
from settlement.lifecycle import ObligationState

WITHDRAWABLE = (R.APPLIED, R.QUALIFIED, R.DEPOSIT_PENDING, R.DEPOSIT_HELD, R.ADMITTED)
PAYMENT_MAY_TAKE = timedelta(minutes=10)  # money booked in time may be announced a little later


class BiddingStarted(DomainError):
    """From the start of the bidding on a bidder stays (judicial rules Art. 20; the deposit secures it)."""

    code = "bidding_started"
    message = _("The bidding has begun: a registration can be withdrawn only before its start.")


def register(*, lot: Lot, actor, agreement_sha256: str) -> Registration:
    """Register the actor's organization for a lot and ask for the deposit (fen of the floor, due by the session).

    ``agreement_sha256`` is the hash of the agreement that was read. Raises RegistrationClosed, TooLate, StaffExcluded,
    BidderNotVerified, SellerRelated, Barred, AgreementChanged, AlreadyRegistered. Judicial rules Arts. 17 and 18.
    """
    with transaction.atomic():
        lot = lock_rows(lot, share=True)  # many register at once; whoever withdraws or closes the lot waits
        now = database_now()
        check_party(lot=lot, actor=actor, now=now)
        check_open(lot=lot, now=now)
        if agreement_sha256 != agreement.sha256_of(lot.season):
            raise AgreementChanged
        made = _create(lot, actor, agreement_sha256, now)
        audit.advance(made, "qualify", actor=SYSTEM, now=now, parties=[made.organization_id])
        return deposits.ask(registration=made, now=now)


def _create(lot: Lot, actor, agreement_sha256: str, now) -> Registration:
    """The new row; the database keeps a second standing one of the party out."""
    if standing(lot=lot, party=actor.organization):
        raise AlreadyRegistered
    try:
        with transaction.atomic():
            made = Registration.objects.create(
                lot=lot,
                organization=actor.organization,
                registered_by=actor.user,
                agreement_sha256=agreement_sha256,
                agreed_at=now,
                priority_rank=priority_rank(lot=lot, actor=actor),
            )
    except IntegrityError:
        raise AlreadyRegistered from None
    audit.record(
        "auctions.registration.applied",
        subject=made,
        actor=actor,
        data={"lot": lot.number, "agreement_sha256": agreement_sha256},
        parties=[made.organization_id],
        after={"state": str(R.APPLIED)},
        now=now,
    )
    return made


@transaction.atomic
def withdraw(*, registration: Registration, actor, reason: str = "") -> Registration:
    """Before the start of the bidding a bidder may go; the deposit goes back in full. A repeat changes nothing.

    The system takes registrations back with their lot, whenever that ends. Raises BiddingStarted, NotAllowed.
    """
    lot = lock_rows(registration.lot, share=True)
    registration = lock_rows(registration)
    if registration.state == R.WITHDRAWN:
        return registration
    now = database_now()
    if actor is not SYSTEM and (lot.state in (LotState.LIVE, LotState.PAUSED) or now >= lot.floor.opens_at):
        raise BiddingStarted
    registration = audit.advance(
        registration,
        "withdraw",
        actor=actor,
        now=now,
        parties=[registration.organization_id],
        reason=reason,
        data={"lot": lot.number},
        set={"ended_at": now, "reason": reason[:500]},
    )
    deposits.give_back(registration=registration, actor=actor, reason=reason or "registration withdrawn")
    return registration


def withdraw_all(*, lot: Lot, reason: str) -> int:
    """The lot is gone: every registration for it ends and every deposit goes back; how many did."""
    gone = Registration.objects.filter(lot=lot, state__in=WITHDRAWABLE).order_by("pk")
    for registration in gone:
        withdraw(registration=registration, actor=SYSTEM, reason=reason)
    return len(gone)


@transaction.atomic
def lapse(*, registration: Registration, actor) -> bool:
    """The deposit did not arrive in time; False if it did, or is not due yet. Money that comes later goes back."""
    due = registration.lot.session.registration_until_at
    if database_now() < due + PAYMENT_MAY_TAKE:
        return False
    obligation = lock_rows(registration.obligation) if registration.obligation_id else None
    registration = lock_rows(registration)
    if registration.state not in (R.APPLIED, R.QUALIFIED, R.DEPOSIT_PENDING):
        return False
    if obligation is not None and obligation.state == ObligationState.PAID:
        return False
    now = database_now()
    told = {
        "actor": actor,
        "now": now,
        "parties": [registration.organization_id],
        "data": {"lot": registration.lot.number},
    }
    audit.advance(registration, "lapse", set={"ended_at": now}, **told)
    if obligation is not None:
        settlement.expire_obligation(obligation=obligation, actor=actor, now=now)
    return True
