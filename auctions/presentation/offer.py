"""The two steps of a bid: amounts that are possible now, and the whole cost of one before it is confirmed."""

from django.utils.translation import gettext as _

from auctions import bidding, commission
from auctions.presentation.registering import percent
from auctions.queries.bidding_room import Room
from auctions.services.calling import BidRefused
from foundation.core.money import Money, in_capitals

MANY_STEPS = 3  # above so many increments the bidder is asked whether it is meant
QUICK = 3


def amounts(room: Room) -> list[Money]:
    """The lowest amounts that would be taken now: at most three, none where one leads or nothing is open."""
    rules, state = room.floor.rules, room.floor.as_state
    if room.own is None or (state.leader == room.own.pk and not rules.own_raise):
        return []
    lowest, highest = bidding.minimum(rules, state, room.own.priority_rank), bidding.maximum(rules, state)
    found = [lowest + step * rules.increment for step in range(QUICK)]
    return [Money(fen) for fen in found if highest is None or fen <= highest]


def refusal_of(room: Room, amount: Money) -> BidRefused | None:
    """What would be wrong with this bid at this moment; the engine decides again when it is placed."""
    offer = bidding.Offer(room.own.pk, amount.fen, room.own.priority_rank)
    try:
        bidding.check(room.floor.rules, room.floor.as_state, offer, room.now)
    except bidding.Refused as refused:
        return BidRefused(refused.code, None if refused.minimum is None else Money(refused.minimum))
    return None


def checked(room: Room, amount: Money) -> dict:
    """The amount in figures and capitals, what it adds, and what would be to pay in all if it won."""
    floor = room.floor
    fee, deposit = commission.buyer_commission(amount, room.lot.season.commissions), Money(floor.deposit_fen)
    base = floor.price_fen if floor.price_fen is not None else floor.start_fen
    rest = amount + fee - deposit
    return {
        "amount": amount,
        "capitals": in_capitals(amount),
        "seq": floor.seq,
        "rise": Money(amount.fen - base),
        "steps": (amount.fen - base) // floor.increment_fen,
        "many": (amount.fen - base) > MANY_STEPS * floor.increment_fen,
        "fee": fee,
        "fee_lines": fee_lines(amount, room.lot.season.commissions),
        "deposit": deposit,
        "total": amount + fee,
        "rest": rest if rest > Money(0) else Money(0),
        "first": floor.price_fen is None,
    }


def fee_lines(amount: Money, tiers) -> str:
    """How the commission comes about: "3% of ¥2,000,000.00 + 2% of ¥100,000.00"."""
    parts = commission.parts(amount, tiers)
    return " + ".join(_("%(rate)s of %(part)s") % {"rate": percent(rate), "part": part} for part, rate in parts)
