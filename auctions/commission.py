"""The buyer's commission, pure: marginal tiers, each rate on its own part of the price (falling with it, Auction Law
Art. 56).
"""

from collections.abc import Iterable, Sequence

from foundation.core.money import Money, at_rate_bp

Tiers = Iterable[Sequence[int | None]]  # [upper bound in fen or None, basis points], ascending


def parts(price: Money, tiers: Tiers) -> list[tuple[Money, int]]:
    """The price cut at the bounds: each part with its rate in basis points; parts of zero are left out.

    What lies above the last bound, where no tier is open upward, bears no commission.
    """
    found, below = [], 0
    for bound, rate in tiers:
        upper = price.fen if bound is None else min(price.fen, bound)
        if upper > below:
            found.append((Money(upper - below, price.currency), int(rate or 0)))
            below = upper
    return found


def buyer_commission(price: Money, tiers: Tiers) -> Money:
    """The commission on a hammer price; each part rounded half up to the fen."""
    return sum((at_rate_bp(part, rate) for part, rate in parts(price, tiers)), Money(0, price.currency))
