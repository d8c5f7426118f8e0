"""What falls due for bidders. Results depend on stored times only: late or twice changes nothing."""

import logging
from collections.abc import Callable, Iterable

from auctions.lifecycle_parties import RegistrationState as R
from auctions.models import Registration
from auctions.services import deposits, registering
from foundation.core.actors import CLOCK
from foundation.core.clock import database_now
from foundation.core.errors import DomainError

BATCH = 200
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


def _each(rows: Iterable[Registration], step: Callable[[Registration], bool]) -> int:
    """One that is refused or busy now stops no other; the next look finds it again."""
    done = 0
    for registration in rows:
        try:
            done += step(registration)
        except DomainError as refusal:
            log.warning("registration %s waits: %s", registration.pk, refusal.code)
    return done
