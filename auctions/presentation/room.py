"""What the room shows: price, time, bids by paddle, one's own position."""

from datetime import timedelta

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from auctions import bidding
from auctions.lifecycle import LotState
from auctions.presentation import registering
from auctions.presentation.price_chart import chart
from auctions.presentation.writing import near, yuan
from auctions.queries.bidding_room import Room
from foundation.core.money import Money

FEW = 8  # bids in the list before "all"
BEFORE, LIVE, PAUSED, CLOSING, ENDED, GONE = "before", "live", "paused", "closing", "ended", "gone"


def phase(room: Room) -> str:
    """Where the lot is, by its stored times: before, live, paused, closing (about to be decided), ended, gone."""
    state = room.floor.as_state
    if room.lot.state == LotState.WITHDRAWN:
        return GONE
    if state.closed:
        return ENDED
    if bidding.is_paused(room.floor.rules, state, room.now):
        return PAUSED
    if room.now < state.opens_at:
        return BEFORE
    return LIVE if bidding.is_open(state, room.now) else CLOSING


def shown(room: Room, *, everything: bool = False) -> dict:
    """Everything in the live part of the room."""
    floor, bids = room.floor, room.bids
    last, at = (bids[0] if bids else None), phase(room)
    target = floor.opens_at if at == BEFORE else floor.ends_at
    before_last = bids[1]["amount_fen"] if len(bids) > 1 else floor.start_fen
    return {
        "phase": at,
        "seq": floor.seq,
        "price": Money(floor.price_fen) if floor.price_fen is not None else None,
        "start": Money(floor.start_fen),
        "rise": Money(last["amount_fen"] - before_last) if last and last["amount_fen"] > before_last else None,
        "leader": last["paddle"] if last else "",
        "leads": bool(last) and last["paddle"] == room.paddle,
        "led_since": last["received_at"] if last else None,
        "premium": premium(floor),
        "now": room.now,
        "opens_at": floor.opens_at,
        "ends_at": floor.ends_at,
        "planned_ends_at": floor.planned_ends_at,
        "resumes_at": floor.resumes_at if at == PAUSED else None,
        "target": target,
        "left": left(floor, at, room.now),
        "extensions": floor.extensions,
        "rule": registering.extension_note(floor),
        "bids": [row(bid, room.paddle, last) for bid in (bids if everything else bids[:FEW])],
        "bids_count": floor.seq,
        "more": not everything and floor.seq > FEW,
        "voices": len({bid["paddle"] for bid in bids}),
        "bidders": room.bidders,
        "head_hash": floor.head_hash,
        "chart": chart(
            bids=bids,
            start=Money(floor.start_fen),
            began=floor.opens_at,
            late_at=floor.planned_ends_at - timedelta(seconds=floor.window_seconds),
            now=min(room.now, floor.ends_at) if at in (ENDED, CLOSING) else room.now,
            paddle=room.paddle,
        ),
    }


def row(bid: dict, paddle: str, last: dict | None) -> dict:
    """A line of the list of bids."""
    return {
        **bid,
        "amount": Money(bid["amount_fen"]),
        "own": bool(paddle) and bid["paddle"] == paddle,
        "leading": bid is last,
    }


def premium(floor) -> str:
    """How far the price lies above the start price, with one decimal: 54.2%."""
    if floor.price_fen is None or floor.price_fen <= floor.start_fen:
        return ""
    tenths = ((floor.price_fen - floor.start_fen) * 2000 // floor.start_fen + 1) // 2  # half up
    return f"{tenths // 10}.{tenths % 10}%"


def left(floor, at: str, now) -> str:
    """The remaining time as the page shows it until its script counts on: 03:29, 5:03:29, or days."""
    if at == PAUSED and floor.remaining_ms is not None:
        seconds = floor.remaining_ms // 1000
    elif at in (BEFORE, LIVE):
        seconds = int(((floor.opens_at if at == BEFORE else floor.ends_at) - now).total_seconds())
    else:
        return ""
    days, rest = divmod(max(seconds, 0), 86_400)
    hours, minutes, seconds = rest // 3600, rest % 3600 // 60, rest % 60
    clock = f"{hours}:{minutes:02d}:{seconds:02d}" if hours or days else f"{minutes:02d}:{seconds:02d}"
    return ngettext("%(n)d day", "%(n)d days", days) % {"n": days} + " " + clock if days else clock


def position(room: Room) -> dict:
    """One's own place in a sentence: a tone (amber outbid, green leading, plain), a title and a line below it."""
    own = room.own
    if own is None:
        return {"tone": "plain", "title": _("You are watching"), "text": _("Who wants to bid registers first.")}
    if not own.paddle or own.state != "admitted":
        return {"tone": "plain", "title": _(own.state_label), "text": registering.consequence(own)}
    mine = next((bid for bid in room.bids if bid["paddle"] == own.paddle), None)
    if mine is None:
        return {"tone": "plain", "title": _("You have not bid yet"), "text": "", "paddle": own.paddle}
    values = {"amount": yuan(mine["amount_fen"]), "at": near(mine["received_at"], room.now)}
    text = _("Your highest bid is %(amount)s (%(at)s, bid no. %(seq)s)") % {**values, "seq": mine["seq"]}
    if room.bids[0] is mine:
        return {"tone": "success", "title": _("You lead"), "text": text, "paddle": own.paddle}
    return {"tone": "amber", "title": _("You have been outbid"), "text": text, "paddle": own.paddle}


def qualification(room: Room) -> list[dict]:
    """What one may do here: the deposit that is held, the increment, the most increments, the way back."""
    floor = room.floor
    return [
        {"label": _("Deposit held"), "value": str(Money(floor.deposit_fen)), "number": True},
        {"label": _("Increment"), "value": str(Money(floor.increment_fen)), "number": True},
        {
            "label": _("Most increments in one bid"),
            "value": str(floor.max_steps) if floor.max_steps else _("no limit"),
            "number": True,
        },
        {"label": _("If you do not win"), "value": _("back within 24 hours")},
    ]


def rules(room: Room) -> list[dict]:
    """The rules of the lot in words, for their tab."""
    return [
        *registering.lot_rows(room.lot)[2:],
        {"label": _("Commission, only if you buy"), "value": "; ".join(
            registering.commission_lines(room.lot.season.commissions)) or _("None")},
        {"label": _("A bid"), "value": _("cannot be taken back; it falls away when outbid (Auction Law Art. 36)")},
        {"label": _("Time"), "value": _("The moment at which the server has the bid counts, never your clock.")},
    ]  # fmt: skip
