"""The floors that the live stream watches, as everybody may see them."""

import json
from datetime import UTC

from django.db.models import F, QuerySet

from auctions import bidding
from auctions.lifecycle import PUBLIC
from auctions.models import Floor, Lot
from foundation.core.clock import database_now


def public_lot_id(number: str) -> int | None:
    """The id of a lot that everybody may watch."""
    found = Lot.objects.filter(number=number, state__in=PUBLIC, is_practice=False, floor__isnull=False)
    return found.values_list("pk", flat=True).first()


def watched(lot_ids) -> QuerySet[Floor]:
    """These floors with the paddle of whoever leads, and nothing else of them."""
    return Floor.objects.filter(pk__in=lot_ids).annotate(paddle=F("leader__paddle"))


def states_of(lot_ids) -> dict[int, dict]:
    """What the stream tells about each lot at this moment; "now" is the database's clock. Two queries for all."""
    now = database_now()
    return {floor.pk: state_of(floor, now) for floor in watched(lot_ids)}


def state_of(floor: Floor, now) -> dict:
    """Price in fen, paddle of the leader, times in UTC. Names nobody."""
    state = floor.as_state
    return {
        "seq": floor.seq,
        "price": floor.price_fen,
        "paddle": floor.paddle or "",
        "opens_at": _moment(floor.opens_at),
        "ends_at": _moment(floor.ends_at),
        "extensions": floor.extensions,
        "paused": bidding.is_paused(floor.rules, state, now),
        "closed": state.closed,
        "now": _moment(now),
    }


def as_text(state: dict) -> str:
    """The state as one line of JSON."""
    return json.dumps(state, separators=(",", ":"))


def _moment(value) -> str:
    return value.astimezone(UTC).isoformat(timespec="milliseconds")
