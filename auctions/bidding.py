"""The rules of bidding, pure: what is accepted, what a refused bidder could bid instead, when it ends, who wins.

Amounts are integer fen, moments are aware. The hot path runs the same rules as one SQL function (`floor_sql`); a
property test holds the two against each other, and a third, independent model against both. Sources: Auction Law
Arts. 30, 36, 50, 51; the Supreme People's Court's rules on judicial online auctions Arts. 17 to 21.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

FIRST_PRIORITY = 1  # the best rank; 0 is a bidder without priority


class Code(StrEnum):
    """Why a bid was refused, in the order in which it is asked."""

    NOT_LIVE = "not_live"
    PAUSED = "paused"
    NOT_ADMITTED = "not_admitted"
    SELLER_RELATED = "seller_related"
    SELF_OUTBID = "self_outbid"
    BELOW_MIN = "below_min"
    OFF_GRID = "off_grid"
    OVER_LIMIT = "over_limit"
    STALE = "stale"
    DUPLICATE = "duplicate"
    RATE_LIMIT = "rate_limit"


class Refused(Exception):
    """A bid that the rules do not take: its code and the lowest amount (fen) that they would take, if any."""

    def __init__(self, code: Code, minimum: int | None = None):
        super().__init__(code)
        self.code, self.minimum = code, minimum


@dataclass(frozen=True, slots=True)
class Rules:
    """What is fixed for a lot before it opens. Fen and seconds; ``max_steps`` None knows no upper limit."""

    start: int
    increment: int
    max_steps: int | None = 5
    on_grid: bool = True
    own_raise: bool = False
    window: int = 300
    extension: int = 300
    hard_limit_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class State:
    """The floor of a lot between two bids. ``leader`` is a registration's id."""

    opens_at: datetime
    ends_at: datetime
    paused: bool = False
    closed: bool = False
    price: int | None = None
    leader: int | None = None
    leader_rank: int = 0
    seq: int = 0
    extensions: int = 0


@dataclass(frozen=True, slots=True)
class Offer:
    """A bid before it is judged. ``rank`` 0: no priority; 1 is the best rank of the priority holders."""

    bidder: int
    amount: int
    rank: int = 0


def may_match(state: State, rank: int) -> bool:
    """Whether a priority holder may take the lead at the leader's own price (judicial rules Art. 21)."""
    return state.price is not None and rank > 0 and (state.leader_rank == 0 or rank < state.leader_rank)


def minimum(rules: Rules, state: State, rank: int = 0) -> int:
    """The lowest amount the rules take now, in fen."""
    if state.price is None:
        return rules.start
    return state.price if may_match(state, rank) else state.price + rules.increment


def maximum(rules: Rules, state: State) -> int | None:
    """The highest amount the rules take now, in fen; None where there is no limit."""
    if rules.max_steps is None:
        return None
    return (rules.start if state.price is None else state.price) + rules.max_steps * rules.increment


def is_open(state: State, now: datetime) -> bool:
    """Bidding is open from ``opens_at`` (inclusive) until ``ends_at`` (exclusive)."""
    return not state.closed and state.opens_at <= now < state.ends_at


def is_paused(rules: Rules, state: State, now: datetime) -> bool:
    """Paused by an officer, or past the hard limit with time left, whether or not the clock has looked."""
    if state.closed:
        return False
    limit = rules.hard_limit_at
    return state.paused or (limit is not None and limit < state.ends_at and now >= limit)


def check(rules: Rules, state: State, offer: Offer, now: datetime) -> None:
    """Raise Refused unless the rules take this bid at this moment."""
    if is_paused(rules, state, now):
        raise Refused(Code.PAUSED)
    if not is_open(state, now):
        raise Refused(Code.NOT_LIVE)
    lowest = minimum(rules, state, offer.rank)
    if state.leader == offer.bidder and not rules.own_raise:
        raise Refused(Code.SELF_OUTBID, lowest)
    if offer.amount < lowest:
        raise Refused(Code.BELOW_MIN, lowest)
    if rules.on_grid and (offer.amount - rules.start) % rules.increment:
        raise Refused(Code.OFF_GRID, next_on_grid(rules, offer.amount))
    highest = maximum(rules, state)
    if highest is not None and offer.amount > highest:
        raise Refused(Code.OVER_LIMIT, lowest)


def next_on_grid(rules: Rules, amount: int) -> int:
    """The lowest amount on the grid that is not below this one, in fen."""
    steps = -(-(amount - rules.start) // rules.increment)
    return rules.start + max(steps, 0) * rules.increment


def new_end(rules: Rules, state: State, now: datetime) -> datetime:
    """When the lot ends after a bid accepted now: a bid in the last ``window`` seconds gives ``extension`` from itself.

    The hard limit does not shorten it: the clock pauses the lot there and keeps what is left.
    """
    if state.ends_at - now > timedelta(seconds=rules.window):
        return state.ends_at
    return max(state.ends_at, now + timedelta(seconds=rules.extension))


def accept(rules: Rules, state: State, offer: Offer, now: datetime) -> State:
    """The floor after this bid. Raises Refused."""
    check(rules, state, offer, now)
    ends_at = new_end(rules, state, now)
    return replace(
        state,
        price=offer.amount,
        leader=offer.bidder,
        leader_rank=offer.rank,
        seq=state.seq + 1,
        ends_at=ends_at,
        extensions=state.extensions + (ends_at != state.ends_at),
    )


def is_sold(price: int | None, reserve: int | None) -> bool:
    """One bid is enough (judicial rules Art. 11); below the reserve it has no effect (Auction Law Art. 50)."""
    return price is not None and (reserve is None or price >= reserve)
