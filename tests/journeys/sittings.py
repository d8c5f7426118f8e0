"""What stands before a story of auctions begins, made through the services: people, lots that may be registered for.

Nothing lies in the past: the clocks of the running site would act on it. Days pass by `wall_clock`.
"""

import itertools
from dataclasses import dataclass
from datetime import timedelta

from accounts.models import Membership
from auctions.models import Lot, Sale
from auctions.services import announcing, bids, relisting, sessions
from foundation.core.money import Money
from tests.factories import accounts, auctions, bidders
from tests.harness import eventually
from tests.journeys.wall_clock import WallClock

START = Money(600_000_00)
STEP = Money(10_000_00)
DECIDED = 20  # seconds that the clock may take on a busy machine; it looks every two
keys = itertools.count(1)


@dataclass
class Sitting:
    """A lot, its seller, the officer who announced it, and who may bid."""

    lot: Lot
    seller: Membership
    officer: Membership
    bidders: list[Membership]

    def bid(self, bidder: Membership, amount: Money) -> None:
        """A bid outside the story."""
        own = self.lot.registrations.get(organization=bidder.organization)
        bids.place_bid(registration=own, amount=amount, key=f"story{next(keys)}", actor=bidder)

    def begin(self, wall: WallClock) -> None:
        """It is the first minute of the bidding."""
        wall.until(self.lot.floor.opens_at + timedelta(minutes=1))

    def end(self, wall: WallClock) -> None:
        """The bidding is over, and decided by the site's own clock."""
        self.lot.floor.refresh_from_db()
        wall.until(self.lot.floor.ends_at + timedelta(seconds=1))
        eventually(lambda: Lot.objects.filter(pk=self.lot.pk, floor__closed_at__isnull=False), seconds=DECIDED)

    @property
    def sale(self) -> Sale:
        """The latest sale of the lot."""
        return self.lot.sales.latest("pk")

    def next_round(self) -> Lot:
        """The seller lists the unsold lot again; its notice is published."""
        session = auctions.session(self.lot.season, officer=self.officer)
        unsold = Lot.objects.get(pk=self.lot.pk)
        again = relisting.relist(lot=unsold, session=session, start=START, actor=self.seller)
        again = auctions.decide(again, "approve", officer=self.officer)
        sessions.assign_lots(session=session, lots=[again], actor=self.officer)
        announcing.publish_notice(session=session, actor=self.officer)
        return Lot.objects.get(pk=again.pk)


def sitting(*, count: int = 2, seller: Membership | None = None, reserve: Money | None = None) -> Sitting:
    """A lot with its notice and so many admitted bidders; the bidding begins in eight days and lasts one."""
    seller, officer = seller or auctions.seller(), accounts.officer()
    lot = auctions.announced_lot(by=seller, officer=officer, start=START, reserve=reserve)
    admitted = [accounts.member("bidder") for _place in range(count)]
    for bidder in admitted:
        bidders.admitted(lot, bidder)
    return Sitting(lot, seller, officer, admitted)
