"""A decided lot as it stood after one of its bids."""

import copy

from auctions.models import Lot, Registration
from auctions.queries import bids
from auctions.queries.bidding_room import SHOWN, Room


def stood_after(lot: Lot, seq: int) -> Room:
    """The room at the moment of bid ``seq`` (0: at the opening), from the stored bids alone; nobody's own position."""
    rows = list(bids.bids_of(lot).filter(seq__lte=seq)[:SHOWN])
    floor = copy.copy(lot.floor)
    last = rows[0] if rows else None
    floor.seq, floor.price_fen = seq, last["amount_fen"] if last else None
    floor.ends_at = last["ends_at"] if last else floor.planned_ends_at
    floor.head_hash = last["hash"] if last else ""
    floor.extensions = bids.bids_of(lot).filter(seq__lte=seq, extended=True).count()
    floor.closed_at = floor.paused_at = floor.remaining_ms = floor.hard_limit_at = None
    now = last["received_at"] if last else floor.opens_at
    voices = Registration.objects.filter(lot=lot, admitted_at__lte=now).count()
    return Room(lot=lot, floor=floor, now=now, bids=rows, bidders=voices, own=None)
