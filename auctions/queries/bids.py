"""The bids of a lot as everybody may see them, and where one stands oneself."""

from dataclasses import dataclass

from django.db.models import QuerySet

from auctions import bidding
from auctions.lifecycle_parties import RegistrationState
from auctions.models import Bid, BidAttempt, Floor, Lot, Proxy, Registration
from foundation.core.money import Money

LATEST = 5  # registrations of a party for one lot that are looked at; only one of them can stand
PUBLIC_FIELDS = (
    "seq", "paddle", "amount_fen", "rank", "received_at", "ends_at", "extended", "previous_hash", "hash",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Position:
    """Where a party stands on a lot. ``minimum``: the lowest amount it could bid now; None while it leads."""

    registration: Registration
    leads: bool
    minimum: Money | None
    highest: Money | None
    bids: int
    has_maximum: bool


def bids_of(lot: Lot) -> QuerySet[Bid, dict]:
    """The bids by paddle, latest first, as rows of PUBLIC_FIELDS: nobody behind a paddle, no maximum."""
    return Bid.objects.filter(lot=lot).order_by("-seq").values(*PUBLIC_FIELDS)


def registration_of(lot: Lot, membership) -> Registration | None:
    """One's own registration for a lot: the standing one, else the latest."""
    if membership is None or membership.organization_id is None:
        return None
    mine = Registration.objects.filter(lot=lot, organization=membership.organization_id).order_by("-pk")
    return mine.filter(state=RegistrationState.ADMITTED).first() or mine.first()


def my_position(lot: Lot, membership) -> Position | None:
    """Where one's own party stands; None where it has not registered, or the lot has no floor yet."""
    registration = registration_of(lot, membership)
    floor = Floor.objects.filter(lot=lot).first()
    if registration is None or floor is None:
        return None
    own = Bid.objects.filter(lot=lot, registration=registration).order_by("-seq")
    last = own.first()
    leads = floor.leader_id == registration.pk
    lowest = bidding.minimum(floor.rules, floor.as_state, registration.priority_rank)
    return Position(
        registration=registration,
        leads=leads,
        minimum=None if leads and not floor.own_raise else Money(lowest),
        highest=last.amount if last else None,
        bids=own.count(),
        has_maximum=Proxy.objects.filter(registration=registration, is_active=True).exists(),
    )


def my_refusals(lot: Lot, membership) -> QuerySet[BidAttempt]:
    """The refused bids of one's own party, latest first."""
    organization = getattr(membership, "organization_id", None)
    return BidAttempt.objects.filter(lot=lot, registration__organization=organization).order_by("-pk")


def own(lot: Lot, membership) -> QuerySet[Bid]:
    """The bids of one's own party on a lot."""
    return Bid.objects.filter(lot=lot, registration__organization=getattr(membership, "organization_id", None))


def entry(number: str, membership) -> Registration | None:
    """One's own registration for the lot of this number: the admitted one, else the latest. One query, no joins."""
    if membership is None:
        return None
    mine = Registration.objects.filter(lot__number=number, organization=membership.organization_id).order_by("-pk")
    found = list(mine[:LATEST])
    return next((one for one in found if one.state == RegistrationState.ADMITTED), found[0] if found else None)
