"""An officer takes a bidder out by paddle before the first bid (judicial rules on online auctions Arts. 15 and 16)."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from auctions.lifecycle_parties import RegistrationState
from auctions.models import Lot, Registration
from auctions.rules import is_officer
from auctions.services import floors
from foundation import audit
from foundation.core.clock import database_now
from foundation.core.errors import DomainError, Invalid, NotAllowed
from foundation.core.locking import lock_rows
from foundation.core.text import clean_text

LONGEST = 500


class BidsStand(DomainError):
    """The bidder has bid: bids are never taken out of a record."""

    code = "bids_stand"
    message = _("Paddle {paddle} has bid, and bids stand. Pause the bidding; if it cannot go on, call it off.")


@transaction.atomic
def disqualify(*, lot: Lot, paddle: str, reason: str, actor: Any) -> Registration:
    """End the admission of the bidder with this paddle; the deposit goes back in full.

    A maximum bids at once, so who has not bid left none. The officer learns no name; ``reason`` is told to the bidder
    alone. Bids queue behind the same lock, so none slips in. Raises NotAllowed, Invalid (no reason, no such paddle),
    BidsStand, Busy.
    """
    if not is_officer(actor):
        raise NotAllowed()
    said = clean_text(reason, LONGEST, multiline=True)
    if not said:
        raise Invalid(_("Give the reason: the bidder is told."), field="reason")
    lot, _floor = floors.lock(lot)
    admitted = Registration.objects.filter(lot=lot, paddle=paddle.strip(), state=RegistrationState.ADMITTED)
    if (found := admitted.first()) is None:
        raise Invalid(_("No admitted bidder of this lot has this paddle."), field="paddle")
    registration = lock_rows(found)
    if registration.bids.exists():
        raise BidsStand(paddle=registration.paddle)
    now = database_now()
    told: dict[str, Any] = {"parties": [registration.organization_id], "data": {"lot": lot.number}, "now": now}
    ended = {"ended_at": now, "reason": said}
    return audit.advance(registration, "disqualify", actor=actor, reason=said, set=ended, **told)
