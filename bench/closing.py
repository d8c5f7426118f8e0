"""A hundred lots that end in the same minute: how long until all are decided, and until the losers' deposits go back.

One process, as the worker does it; every lot has three bidders with deposits that arrived. Runs in a database of its
own, dropped afterwards.
"""

# ruff: noqa: I001, the first import sets Django up
from bench.settlement import own_database

import time

from auctions import clock_lots
from auctions.lifecycle_parties import RegistrationState
from auctions.models import Floor, Registration, Result
from auctions.services.bids import place_bid
from bench import report
from foundation.audit import deliver_pending, invariants
from foundation.core.clock import database_now
from foundation.core.money import Money
from tests.factories import auction_floor as make

LOTS, BIDDERS = 100, 3
DECIDED_WITHIN, RELEASED_WITHIN = 10.0, 60.0  # seconds
RULES = {"I1", "I3", "I5", "I6", "I7", "I8", "I9"}


def stage(lots: int) -> None:
    """Lots with a bid of each bidder, whose end is now."""
    at, seller = make.session(), make.accounts.member("ip_manager")
    organizations = [make.accounts.OrganizationFactory() for _n in range(BIDDERS)]
    for _lot in range(lots):
        lot = make.live_lot(at, seller=seller, deposit=None)
        for n, organization in enumerate(organizations):
            registration, member = make.admitted(lot, organization=organization, secured=True)
            amount = make.START + n * make.STEP
            place_bid(registration=registration, amount=amount, key="bid", actor=member)
    while deliver_pending():
        pass
    Floor.objects.update(ends_at=database_now())


def released() -> bool:
    """Whether no loser waits for the deposit."""
    return not Registration.objects.filter(state=RegistrationState.LOST).exists()


def measure(rows: int | None = None) -> list[report.Figure]:
    """Both times, once."""
    lots = rows or LOTS
    with own_database():
        stage(lots)
        began = time.perf_counter()
        clock_lots.look()
        decided = time.perf_counter() - began
        while not released() and deliver_pending(50):
            pass
        all_back = time.perf_counter() - began
        whole = Result.objects.filter(outcome="sold", price_fen=_highest().fen).count() == lots
        ends_differ = {finding.invariant.id for finding in invariants.check(RULES)} - {
            "I8"
        }  # the ends were set by hand
        whole = whole and released() and not ends_differ
    return [
        _figure("C1", f"{lots} lots decided", decided, DECIDED_WITHIN, whole),
        _figure("C2", f"deposits of {lots * (BIDDERS - 1)} losers given back", all_back, RELEASED_WITHIN, whole),
    ]


def _highest() -> Money:
    return make.START + (BIDDERS - 1) * make.STEP


def _figure(id: str, name: str, seconds: float, goal: float, whole: bool) -> report.Figure:
    met = whole and seconds <= goal
    return report.Figure(
        id=id, name=name, figure=round(seconds, 2), unit="s", goal=f"<= {goal:.0f} s", met=met, rounds=1
    )
