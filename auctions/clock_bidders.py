"""What falls due for bidders. Results depend on stored times only: late or twice changes nothing."""

import logging
from collections.abc import Callable, Iterable
from datetime import timedelta

from django.db import transaction

from auctions.lifecycle import LotState
from auctions.lifecycle_parties import RegistrationState as R
from auctions.models import Lot, Registration
from auctions.services import deposits, registering
from foundation import audit
from foundation.audit import recording
from foundation.audit.models import Event
from foundation.core.actors import CLOCK
from foundation.core.clock import database_now
from foundation.core.errors import DomainError

BATCH = 200
SOON = timedelta(minutes=30)
CLOSING_SOON = "auctions.lot.closing_soon"
log = logging.getLogger(__name__)


def lapse_unpaid() -> int:
    """Registrations whose deposit did not arrive in time; how many lapsed."""
    unpaid = (R.APPLIED, R.QUALIFIED, R.DEPOSIT_PENDING)
    due = database_now() - registering.PAYMENT_MAY_TAKE
    found = Registration.objects.filter(state__in=unpaid, lot__session__registration_until_at__lte=due)
    found = found.select_related("lot__session", "obligation").order_by("pk")[:BATCH]
    return _each(found, lambda registration: registering.lapse(registration=registration, actor=CLOCK))


def release_lost() -> int:
    """Deposits of bidders who did not win, should the event of it have been lost on the way; how many went back."""
    found = Registration.objects.filter(state=R.LOST).order_by("state_since", "pk")[:BATCH]
    return _each(found, lambda registration: deposits.release_for(registration=registration))


def tell_closing_soon() -> int:
    """Once a lot, half an hour before it may end: a mail to whoever is admitted; how many lots were told."""
    now = database_now()
    soon = Lot.objects.filter(state=LotState.LIVE, floor__ends_at__range=(now, now + SOON), floor__paused_at=None)
    told = 0
    for lot in soon.exclude(pk__in=_told()).order_by("pk")[:BATCH]:
        told += _tell(lot)
    return told


def _told():
    """The lots that were told of their end."""
    return Event.objects.filter(name=CLOSING_SOON).values("subject_id")


@transaction.atomic
def _tell(lot: Lot) -> bool:
    recording.lock_history(lot)  # the same lock as a bid's: two clocks tell once
    if Event.objects.filter(name=CLOSING_SOON, subject_id=lot.pk).exists():
        return False
    audit.record(CLOSING_SOON, subject=lot, actor=CLOCK, visibility="public", data={"ends_at": lot.floor.ends_at})
    return True


def _each(rows: Iterable[Registration], step: Callable[[Registration], bool]) -> int:
    """One that is refused or busy now stops no other; the next look finds it again."""
    done = 0
    for registration in rows:
        try:
            done += step(registration)
        except DomainError as refusal:
            log.warning("registration %s waits: %s", registration.pk, refusal.code)
    return done
