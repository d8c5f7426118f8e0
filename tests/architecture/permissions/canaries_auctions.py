"""What a lot keeps secret: who bids, the reserve, the maxima that bidders left."""

from typing import Any

from accounts.models import Organization
from auctions import reserve
from auctions.models import Lot, Proxy, Registration
from foundation.core.clock import database_now
from foundation.core.crypto import encrypt
from foundation.core.money import Money
from tests.architecture.permissions.rules import NOBODY
from tests.factories import bidders

# Amounts that stand nowhere else, as pages, fields and data would write them.
OWN_RESERVE, FOREIGN_RESERVE, MAXIMUM = Money(6_543_210_98), Money(7_654_321_09), Money(8_765_432_19)
WHO, MAXIMA, OF_OTHERS = "who stands behind a paddle", "maximum of a bidder", "reserve of a foreign lot"
NEVER = {WHO, MAXIMA, OF_OTHERS, "reserve of an own lot"}
SELLERS = {"owner", "ip_manager"}


def written(amount: Money) -> list[str]:
    """An amount in each of its forms."""
    return [f"{amount.yuan:,}", f"{amount.yuan}", str(amount.fen)]


def plant(world: Any) -> list[tuple]:
    """Arguments of the markers: name, marker, who may see it, on which routes."""
    who = bidder_of(world)
    made = [(WHO, who, frozenset(NOBODY), routes) for routes in ("auctions:", "api_auction_")]
    for member, amount, name, seen_by in (
        (world.members["owner"], OWN_RESERVE, "reserve of an own lot", SELLERS),
        (world.stranger, FOREIGN_RESERVE, OF_OTHERS, NOBODY),
    ):
        Lot.objects.filter(seller=member.organization_id).update(reserve_sealed=reserve.seal(amount))
        made += [(name, marker, frozenset(seen_by)) for marker in written(amount)]
    return [*made, *((MAXIMA, marker, frozenset(NOBODY)) for marker in written(MAXIMUM))]


def bidder_of(world: Any) -> str:
    """The name of a person who is admitted on lots of three sellers; every maximum is left by everybody."""
    for side in (world.own, world.personal, world.foreign):
        bidders.admitted(Lot.objects.get(number=side["lot"]), world.recluse)
    for registration in Registration.objects.all():
        Proxy.objects.get_or_create(
            registration=registration,
            defaults={"maximum_sealed": encrypt(str(MAXIMUM.fen)), "user_id": 1, "placed_at": database_now()},
        )
    return Organization.objects.get(pk=world.recluse.organization_id).name
