"""How maximums bid against each other, pure: which of them bids next, and how much.

The second strongest goes as far as it may, the strongest only answers. So the strongest leads at one increment above
the second's maximum (or at its own, where that is less), and every step stands in the record as a bid. Of equal
maximums the one with priority is stronger, then the earlier one. Amounts are integer fen.
"""

from dataclasses import dataclass

from auctions import bidding
from auctions.bidding import Offer, Rules, State

NO_PRIORITY = 1_000_000


@dataclass(frozen=True, slots=True)
class Maximum:
    """What a bidder would pay at most. ``order``: who left theirs earlier comes first."""

    bidder: int
    amount: int
    rank: int = 0
    order: int = 0

    @property
    def weakness(self) -> tuple[int, int, int]:
        """The lower, the stronger."""
        return (-self.amount, self.rank or NO_PRIORITY, self.order)

    def matches(self, other: "Maximum") -> bool:
        """Whether it may take the lead from the other at the same price."""
        return self.rank > 0 and (other.rank == 0 or self.rank < other.rank)


def reach(rules: Rules, maximum: int) -> int:
    """The highest amount that can be bid without going above the maximum: the increment below it."""
    return maximum - (maximum - rules.start) % rules.increment if rules.on_grid else maximum


def next_offer(rules: Rules, state: State, standing: list[Maximum]) -> Offer | None:
    """The next bid made from a maximum; None when none of them can outbid the leader. Amounts have been `reach`ed."""
    able = sorted(
        (m for m in standing if m.bidder != state.leader and m.amount >= bidding.minimum(rules, state, m.rank)),
        key=lambda m: m.weakness,
    )
    if not able:
        return None
    best = able[0]
    leader = next((m for m in standing if m.bidder == state.leader and m.amount > (state.price or 0)), None)
    if leader is not None and leader.weakness < best.weakness:
        return _offer(best, _as_far_as(rules, state, best, leader))
    if len(able) > 1:
        return _offer(able[1], _as_far_as(rules, state, able[1], best))
    return _offer(best, bidding.minimum(rules, state, best.rank))


def _offer(maximum: Maximum, amount: int) -> Offer:
    return Offer(maximum.bidder, amount, maximum.rank)


def _as_far_as(rules: Rules, state: State, weaker: Maximum, stronger: Maximum) -> int:
    """How far the weaker one goes at once: its maximum, but not so far that the stronger could not answer."""
    far = weaker.amount
    if stronger.amount < far + rules.increment and not stronger.matches(weaker):
        far = stronger.amount - rules.increment
    limit = bidding.maximum(rules, state)
    if limit is not None:
        far = min(far, limit)
    return max(far, bidding.minimum(rules, state, weaker.rank))
