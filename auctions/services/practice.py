"""A practice room: the same rules in memory, a rival that answers, no money and no record. Kept in the session."""

import secrets
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from auctions import bidding
from auctions.bidding import Offer, Rules, State
from auctions.services.calling import BidRefused
from foundation.core.money import Money

LASTS, THINKS = timedelta(minutes=8), timedelta(seconds=8)
ME, RIVAL = 1, 2
RIVAL_STOPS = 6  # increments above the start price
RULES = Rules(start=1_200_000_00, increment=50_000_00)
Game = dict[str, Any]  # plain values, so that a session can keep it


def begin(*, now: datetime) -> Game:
    """A new game that ends in eight minutes."""
    paddles = secrets.SystemRandom().sample(range(1000, 10_000), 2)
    return {"began": now.isoformat(), "paddles": [str(paddle) for paddle in paddles], "bids": []}


def caught_up(*, game: Game, now: datetime) -> Game:
    """The game at this moment: where one led long enough, the rival has bid."""
    state = state_of(game)
    answers_at = _moment(game["bids"][-1]["at"]) + THINKS if game["bids"] else _moment(game["began"]) + THINKS
    limit = RULES.start + RIVAL_STOPS * RULES.increment
    amount = bidding.minimum(RULES, state)
    if state.leader == RIVAL or now < answers_at or amount > limit or not bidding.is_open(state, answers_at):
        return game
    return _taken(game, Offer(RIVAL, amount), answers_at)


def bid(*, game: Game, amount: Money, now: datetime) -> Game:
    """One's own bid. Raises BidRefused, exactly like the real room."""
    game = caught_up(game=game, now=now)
    try:
        return _taken(game, Offer(ME, amount.fen), now)
    except bidding.Refused as refused:
        raise BidRefused(refused.code, None if refused.minimum is None else Money(refused.minimum)) from refused


def state_of(game: Game) -> State:
    """The floor after all bids of the game, by the pure rules."""
    began = _moment(game["began"])
    state = State(opens_at=began, ends_at=began + LASTS)
    for made in game["bids"]:
        state = bidding.accept(RULES, state, Offer(made["bidder"], made["fen"]), _moment(made["at"]))
    return replace(state)


def _taken(game: Game, offer: Offer, at: datetime) -> Game:
    bidding.check(RULES, state_of(game), offer, at)
    made = {"bidder": offer.bidder, "fen": offer.amount, "at": at.isoformat()}
    return {**game, "bids": [*game["bids"], made]}


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text)
