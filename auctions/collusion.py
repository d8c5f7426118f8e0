"""Signals of collusion (Auction Law Art. 37), pure: rules over the bidders and bids of a lot, and over a season's lots.

A signal is a reason for an officer to look, never a reason to exclude anybody. Nobody is named: a signal knows paddles.
Amounts in fen, moments aware. What each rule means stands in
`collusion_rules`; docs/collusion.md explains them.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import combinations, pairwise

STEP_SECONDS = 10  # "within seconds": an answer that people who watch each other's screen give
STEPS_IN_A_ROW = 4
LATE = timedelta(hours=24)  # before the end of the registration
MEETINGS = 3  # lots of a season from which a pattern is one
DEFAULTS = 2
POST_OFFICES = frozenset(
    (
        "163.com",
        "126.com",
        "qq.com",
        "foxmail.com",
        "sina.com",
        "sohu.com",
        "139.com",
        "189.cn",
        "aliyun.com",
        "gmail.com",
        "outlook.com",
        "hotmail.com",
        "yahoo.com",
        "icloud.com",
        "example.com",
    )
)  # fmt: skip, addresses there say nothing about who belongs together


@dataclass(frozen=True)
class Bidder:
    """A party on one lot. ``party``, ``group`` and ``people`` are ids that nobody reads on a page."""

    paddle: str
    party: int
    group: int
    registered_at: datetime
    people: frozenset[int] = frozenset()
    representative: str = ""  # the legal representative's name; of a natural person the own one
    phone: str = ""
    domain: str = ""
    addresses: frozenset[str] = frozenset()
    accounts: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Offered:
    """A bid by paddle; ``by_hand``: not by the engine from a maximum."""

    paddle: str
    amount: int
    at: datetime
    by_hand: bool = True


@dataclass(frozen=True)
class LotFacts:
    """One lot: who was admitted, what was bid, who won; ``failed`` are paddles whose sale ended by their default."""

    number: str
    start: int
    bidders: tuple[Bidder, ...]
    bids: tuple[Offered, ...] = ()
    registration_until: datetime | None = None
    winner: str = ""
    failed: tuple[str, ...] = ()
    successor: str = ""  # to whom the lot was offered after that
    successor_price: int = 0


@dataclass(frozen=True)
class Found:
    """A signal: the rule, the paddles concerned as (lot, paddle), and its evidence for the rule's sentence."""

    rule: str
    paddles: tuple[tuple[str, str], ...]
    evidence: dict = field(default_factory=dict)


def of_lot(lot: LotFacts) -> list[Found]:
    """Everything the rules of one lot find, in the order of the table."""
    return [found for rule in _OF_LOT for found in rule(lot)]


def of_season(lots: Iterable[LotFacts]) -> list[Found]:
    """Everything the rules over a season's decided lots find."""
    decided = [lot for lot in lots if lot.winner]
    return [found for rule in _OF_SEASON for found in rule(decided)]


def _pairs(rule: str, alike: Callable[[Bidder, Bidder], bool]) -> Callable[[LotFacts], Iterator[Found]]:
    def find(lot: LotFacts) -> Iterator[Found]:
        for one, other in combinations(lot.bidders, 2):
            if one.party != other.party and alike(one, other):
                yield Found(rule, ((lot.number, one.paddle), (lot.number, other.paddle)))

    return find


def _same_contact(one: Bidder, other: Bidder) -> bool:
    domain = one.domain if one.domain not in POST_OFFICES else ""
    return bool((one.phone and one.phone == other.phone) or (domain and domain == other.domain))


def _in_step(lot: LotFacts) -> Iterator[Found]:
    """Runs of bids by hand in which two paddles alternate, each a rise like the last and each within seconds."""
    longest: dict[tuple[str, ...], int] = {}
    run: list[Offered] = []
    for before, bid in pairwise(lot.bids):
        quick = bid.at - before.at <= timedelta(seconds=STEP_SECONDS) and bid.paddle != before.paddle
        if not quick or not bid.by_hand:
            run = []
            continue
        if not _goes_on(run, bid):
            run = [before]
        run.append(bid)
        pair = tuple(sorted((before.paddle, bid.paddle)))
        longest[pair] = max(longest.get(pair, 0), len(run) - 1)
    for pair, count in longest.items():
        if count >= STEPS_IN_A_ROW:
            evidence = {"count": count, "seconds": STEP_SECONDS}
            yield Found("in_step", tuple((lot.number, paddle) for paddle in pair), evidence)


def _goes_on(run: list[Offered], bid: Offered) -> bool:
    """Whether a bid is the next answer of a run: the other paddle again, with the increment of the run."""
    if len(run) < len("ab"):
        return False
    return bid.paddle == run[-2].paddle and bid.amount - run[-1].amount == run[1].amount - run[0].amount


def _late_second(lot: LotFacts) -> Iterator[Found]:
    if len(lot.bidders) != len("ab") or not lot.winner or lot.registration_until is None:
        return
    first, second = sorted(lot.bidders, key=lambda one: one.registered_at)
    highest = max((bid.amount for bid in lot.bids if bid.paddle == second.paddle), default=0)
    late = second.registered_at >= lot.registration_until - LATE
    if late and second.paddle != lot.winner and highest <= lot.start:
        hours = LATE // timedelta(hours=1)
        yield Found("late_second", ((lot.number, first.paddle), (lot.number, second.paddle)), {"hours": hours})


def _leader_gone(lot: LotFacts) -> Iterator[Found]:
    prices = {bid.paddle: bid.amount for bid in lot.bids}  # the last and highest of each
    for paddle in lot.failed:
        if lot.successor and lot.successor != paddle:
            evidence = {"difference_fen": prices.get(paddle, 0) - lot.successor_price}
            yield Found("leader_gone", ((lot.number, paddle), (lot.number, lot.successor)), evidence)


def _party_of(lot: LotFacts, paddle: str) -> int:
    return next((one.party for one in lot.bidders if one.paddle == paddle), 0)


def _bid_on(lot: LotFacts) -> dict[int, str]:
    """The parties that bid on a lot, with their paddles."""
    known = {one.paddle: one.party for one in lot.bidders}
    return {known[bid.paddle]: bid.paddle for bid in lot.bids if bid.paddle in known}


def _same_loser(lots: list[LotFacts]) -> Iterator[Found]:
    parties = sorted({party for lot in lots for party in _bid_on(lot)})
    for loser in parties:
        mine = [lot for lot in lots if loser in _bid_on(lot)]
        winners = {_party_of(lot, lot.winner) for lot in mine}
        if len(mine) >= MEETINGS and len(winners) == 1 and loser not in winners:
            paddles = [(lot.number, paddle) for lot in mine for paddle in (_bid_on(lot)[loser], lot.winner)]
            yield Found("same_loser", tuple(paddles), {"count": len(mine)})


def _rotation(lots: list[LotFacts]) -> Iterator[Found]:
    """The same set of parties on several lots, in their order, and nobody wins twice running while all win."""
    circles: dict[frozenset[int], list[LotFacts]] = {}
    for lot in lots:
        if len(_bid_on(lot)) > 1:
            circles.setdefault(frozenset(_bid_on(lot)), []).append(lot)
    for circle, met in circles.items():
        winners = [_party_of(lot, lot.winner) for lot in met]
        in_turn = all(one != other for one, other in pairwise(winners)) and set(winners) == circle
        if len(met) >= MEETINGS and in_turn:
            paddles = tuple((lot.number, paddle) for lot in met for paddle in sorted(_bid_on(lot).values()))
            yield Found("rotation", paddles, {"count": len(met)})


def _defaults(lots: list[LotFacts]) -> Iterator[Found]:
    failed: dict[int, list[tuple[str, str]]] = {}
    for lot in lots:
        for paddle in lot.failed:
            failed.setdefault(_party_of(lot, paddle), []).append((lot.number, paddle))
    for paddles in failed.values():
        if len(paddles) >= DEFAULTS:
            yield Found("defaults", tuple(paddles), {"count": len(paddles)})


_OF_LOT = (
    _pairs("same_group", lambda one, other: one.group == other.group),
    _pairs("same_person", lambda one, other: bool(one.people & other.people)),
    _pairs(
        "same_representative",
        lambda one, other: bool(one.representative) and one.representative == other.representative,
    ),
    _pairs("same_contact", _same_contact),
    _pairs("same_line", lambda one, other: bool(one.addresses & other.addresses)),
    _pairs("same_account", lambda one, other: bool(one.accounts & other.accounts)),
    _in_step,
    _late_second,
    _leader_gone,
)
_OF_SEASON = (_same_loser, _rotation, _defaults)
