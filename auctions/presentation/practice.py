"""The practice room, shown like a real one."""

from datetime import datetime

from django.utils.translation import gettext as _

from auctions import bidding
from auctions.models import Floor, Lot, Registration, Season
from auctions.queries.bidding_room import Room
from auctions.services import practice

COMMISSIONS = [[200_000_000, 300], [1_000_000_000, 200], [None, 100]]


def room(game: practice.Game, now: datetime) -> Room:
    """Rows that are never saved, from the state of the game."""
    state, rules = practice.state_of(game), practice.RULES
    season = Season(code="", commissions=COMMISSIONS)
    title = {"title_zh_hans": _("Practice lot"), "title_en": _("Practice lot")}
    lot = Lot(number="", season=season, subject="assignment", start_fen=rules.start, state="live", **title)
    own = Registration(pk=practice.ME, lot=lot, paddle=game["paddles"][0], state="admitted")
    ended = now >= state.ends_at
    floor = Floor(
        lot=lot,
        start_fen=rules.start,
        increment_fen=rules.increment,
        max_steps=rules.max_steps,
        on_grid=True,
        own_raise=False,
        window_seconds=rules.window,
        extension_seconds=rules.extension,
        deposit_fen=rules.start // 10,
        opens_at=state.opens_at,
        planned_ends_at=state.opens_at + practice.LASTS,
        ends_at=state.ends_at,
        closed_at=state.ends_at if ended else None,
        price_fen=state.price,
        leader_id=state.leader,
        seq=state.seq,
        extensions=state.extensions,
    )
    return Room(lot=lot, floor=floor, now=now, bids=_bids(game), bidders=len(game["paddles"]), own=own)


def _bids(game: practice.Game) -> list[dict]:
    """Rows like those of the record, latest first."""
    rows, state = [], bidding.State(*_times(game))
    for made in game["bids"]:
        at, before = datetime.fromisoformat(made["at"]), state
        state = bidding.accept(practice.RULES, state, bidding.Offer(made["bidder"], made["fen"]), at)
        rows.append({
            "seq": state.seq, "paddle": game["paddles"][made["bidder"] - 1], "amount_fen": made["fen"], "rank": 0,
            "received_at": at, "ends_at": state.ends_at, "extended": state.ends_at != before.ends_at,
            "previous_hash": "", "hash": "",
        })  # fmt: skip
    return rows[::-1]


def _times(game: practice.Game) -> tuple[datetime, datetime]:
    began = datetime.fromisoformat(game["began"])
    return began, began + practice.LASTS
