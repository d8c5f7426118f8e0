"""The public record of a decided lot, a bidder's receipt, and how both are written.

Everything by paddle: who stands behind one is not in it. `verify_record` recomputes it from the file alone.
"""

import csv
import io
import json
from typing import Any

from auctions import chain
from auctions.models import Bid, Floor, Lot, Result
from foundation.audit.models import Event

FORMAT = "kaixu auction record 1"
ROWS = ("seq", "paddle", "amount_fen", "rank", "received_at", "ends_at", "extended", "previous_hash", "hash")
PAUSES = ("auctions.lot.pause", "auctions.lot.resume")


def bid_row(bid: Bid) -> dict[str, Any]:
    """A bid as the record has it: amounts in fen, moments in UTC with microseconds."""
    row = {name: getattr(bid, name) for name in ROWS}
    return row | {"received_at": chain.moment(bid.received_at), "ends_at": chain.moment(bid.ends_at)}


def receipt(bid: Bid) -> dict[str, Any]:
    """What a bidder keeps of an accepted bid; the record must contain it unchanged."""
    return {"lot": bid.lot.number, **bid_row(bid)}


def record(lot: Lot) -> dict[str, Any]:
    """The record of a lot; ``result`` is None until it is decided."""
    result = Result.objects.filter(lot=lot).select_related("winning_bid").first()
    bids = Bid.objects.filter(lot=lot).order_by("seq")
    return {
        "format": FORMAT,
        "lot": _about(lot),
        "rules": _rules(lot.floor),
        "bids": [bid_row(bid) for bid in bids],
        "pauses": _pauses(lot),
        "result": _result(result) if result else None,
    }


def _about(lot: Lot) -> dict[str, Any]:
    return {
        "number": lot.number,
        "season": lot.season.code,
        "legal_form": lot.season.legal_form,
        "house": lot.season.house_name,
        "auctioneer": lot.season.auctioneer_name,
        "session": lot.session.position if lot.session else None,
        "round": lot.round,
        "subject": lot.subject,
        "title_zh_hans": lot.title_zh_hans,
        "title_en": lot.title_en,
        "seller": lot.seller.name,
        "patents": list(lot.items.order_by("position").values_list("patent__number", flat=True)),
    }


def _rules(floor: Floor) -> dict[str, Any]:
    moments = {name: chain.moment(getattr(floor, name)) for name in ("opens_at", "planned_ends_at")}
    plain = ("start_fen", "increment_fen", "max_steps", "on_grid", "own_raise", "window_seconds", "extension_seconds")
    return {name: getattr(floor, name) for name in plain} | moments | {"has_reserve": floor.lot.has_reserve}


def _pauses(lot: Lot) -> list[dict[str, Any]]:
    """When the bidding stopped and went on, and why."""
    events = Event.objects.filter(name__in=PAUSES, subject_kind="auctions.lot", subject_id=lot.pk).order_by("seq")
    return [
        {
            "move": event.name.rpartition(".")[2],
            "at": chain.moment(event.occurred_at),
            "reason": event.reason,
            "ends_at": event.facts.get("ends_at"),
        }
        for event in events
    ]


def _result(result: Result) -> dict[str, Any]:
    winner = result.winning_bid
    return {
        "outcome": result.outcome,
        "paddle": winner.paddle if winner else None,
        "seq": winner.seq if winner else None,
        "price_fen": result.price_fen,
        "bids": result.bids,
        "bidders": result.bidders,
        "extensions": result.extensions,
        "ended_at": chain.moment(result.ended_at),
        "decided_at": chain.moment(result.decided_at),
        "head_hash": result.head_hash,
    }


def as_json(lot: Lot) -> str:
    """The record as a file that `verify_record` reads."""
    return json.dumps(record(lot), ensure_ascii=False, indent=1) + "\n"


def as_csv(lot: Lot) -> str:
    """The bids as a table, with the byte order mark that spreadsheets want."""
    out = io.StringIO()
    out.write("\ufeff")
    writer = csv.DictWriter(out, ["lot", *ROWS], lineterminator="\r\n")
    writer.writeheader()
    for bid in Bid.objects.filter(lot=lot).order_by("seq"):
        writer.writerow({"lot": lot.number, **bid_row(bid)})
    return out.getvalue()
