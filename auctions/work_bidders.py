"""What waits for a bidder: deposits to pay, lots on which one is admitted, lots on which one is outbid."""

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts import rules as account_rules
from auctions.lifecycle_parties import RegistrationState as R
from auctions.queries import registrations
from foundation.core.clock import database_now
from foundation.core.money import Money
from foundation.core.work import WorkItem

MOST = 50


def items_for(membership) -> list[WorkItem]:
    """By their deadlines."""
    if not account_rules.can(membership, "bid"):
        return []
    own = registrations.visible_to(membership)
    unpaid = own.filter(state=R.DEPOSIT_PENDING, lot__session__registration_until_at__gt=database_now())
    running = own.filter(state=R.ADMITTED, lot__floor__closed_at=None, lot__floor__ends_at__gt=database_now())
    return [_to_pay(one) for one in unpaid[:MOST]] + [_to_bid(one) for one in running[:MOST]]


def _to_pay(registration) -> WorkItem:
    lot, owed = registration.lot, registration.obligation
    return WorkItem(
        kind=_("Deposit to pay"),
        title=lot.title,
        detail=_("{number}: {amount}. Unpaid, the registration lapses.").format(number=lot.number, amount=owed.amount),
        url=reverse("settlement:obligation_detail", args=[owed.number]),
        due_at=lot.session.registration_until_at,
        action=_("Pay"),
    )


def _to_bid(registration) -> WorkItem:
    lot, floor = registration.lot, registration.lot.floor
    if floor.leader_id == registration.pk:
        detail = _("{number}: you lead at {price}")
    elif floor.price_fen is None:
        detail = _("{number}: no bid yet")
    else:
        detail = _("{number}: now {price}, you do not lead")
    price = Money(floor.price_fen) if floor.price_fen is not None else ""
    return WorkItem(
        kind=_("Auction lot, admitted"),
        title=lot.title,
        detail=detail.format(number=lot.number, price=price),
        url=reverse("auctions:lot_room", args=[lot.number]),
        due_at=floor.ends_at,
        action=_("To the room"),
    )
