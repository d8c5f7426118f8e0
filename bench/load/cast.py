"""The cast of a bench: lots that take every higher bid, and people with registrations, a password and a token."""

from dataclasses import dataclass, field

from django.db import transaction

from accounts.models import Membership
from accounts.services.tokens import issue_token
from auctions.models import Floor, Lot
from foundation.core.money import Money
from tests.factories import auction_floor as make

FREE = {"increment_fen": 1, "max_steps": None, "on_grid": False, "own_raise": True}


@dataclass(frozen=True, slots=True)
class Bidder:
    """Somebody admitted to these lots."""

    member: Membership
    token: str
    lots: list[Lot] = field(default_factory=list)

    @property
    def email(self) -> str:
        """What the bidder signs in with."""
        return self.member.user.email


@transaction.atomic
def stage(lots: int, bidders: int, *, apart: int = 1, **rules) -> tuple[list[Lot], list[Bidder]]:
    """Lots that are live for a day and take any higher bid (unless ``rules`` say otherwise), and their bidders.

    ``apart``: each bidder is admitted to every so-manieth lot only, so that each lot has a like share of them.
    """
    at, seller = make.session(), make.accounts.member("ip_manager")
    members = [make.accounts.member("bidder") for _n in range(bidders)]
    cast = [Bidder(member, issue_token(user=member.user)[1]) for member in members]
    made = []
    for place in range(lots):
        lot = make.live_lot(at, seller=seller, start=Money(1))
        make.change(Floor.objects.get(pk=lot.pk), **FREE | rules)
        for n, bidder in enumerate(cast):
            if n % apart == place % apart:
                make.admitted(lot, organization=bidder.member.organization)
                bidder.lots.append(lot)
        made.append(lot)
    return made, cast
