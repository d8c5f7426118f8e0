"""A lot leaves the season before its bidding begins; the seller bears the cost (Auction Law Art. 29)."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from auctions.lifecycle import PUBLIC, LotState
from auctions.models import Floor, Lot
from auctions.services import burdens, floors, withdrawal_costs
from foundation import audit
from foundation.core import handlers
from foundation.core.clock import database_now
from foundation.core.errors import DomainError, Invalid
from foundation.core.locking import lock_rows

REASON_LIMIT = 500


class AlreadyStarted(DomainError):
    """The bidding has begun."""

    code = "already_started"
    message = _("The bidding has begun: the lot cannot be withdrawn any more.")


@transaction.atomic
def withdraw(*, lot: Lot, actor, reason: str) -> Lot:
    """Take a selected or announced lot out before its start; registrations end and deposits go back at once.

    By the seller, who then bears the cost of an announced lot, or by an officer. Raises NotAllowed, NotPossibleNow,
    AlreadyStarted, Invalid.
    """
    reason = reason.strip()[:REASON_LIMIT]
    if not reason:
        raise Invalid(_("Say why the lot is withdrawn."), field="reason")
    if lot.state == LotState.SELECTED:
        lot = lock_rows(lot)
    else:
        lot, _floor = floors.lock(lot)
    now, announced = database_now(), lot.state in (LotState.ANNOUNCED, LotState.REGISTRATION_OPEN)
    if announced and now >= lot.session.starts_at:
        raise AlreadyStarted()
    visibility = "public" if lot.state in PUBLIC else "parties"
    audit.advance(lot, "withdraw", actor=actor, reason=reason, parties=[lot.seller_id], visibility=visibility, now=now)
    Floor.objects.filter(lot=lot, closed_at=None).update(closed_at=now)
    burdens.lift(lot, actor=actor, reason=reason)
    if announced and actor.organization_id == lot.seller_id:
        withdrawal_costs.charge(lot=lot)
    if handlers.has("auctions.withdrawn"):
        handlers.call("auctions.withdrawn", lot=lot, actor=actor, reason=reason)
    return lot
