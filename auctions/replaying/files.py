"""Reads recorded auctions from CSV (standard library only). Amounts are yuan and become integer fen.

Two shapes are known by their columns: bids with the facts of their auction in each row (times in days since the start),
and bids beside a file of items (moments). Moments are UTC.
"""

import csv
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal, InvalidOperation
from pathlib import Path

DAYS = {"auctionid", "bid_usd", "bidtime_days_from_start", "bidder_pseudonym", "openbid_usd", "duration_days"}
MOMENTS = {"item_id", "bid_time", "amount_usd", "bidder_pseudonym"}
ITEMS = {"item_id", "started", "ends", "first_bid_usd", "current_usd"}
EPOCH = datetime(2001, 1, 1, tzinfo=UTC)
AFTERWARDS = timedelta(minutes=10)  # how long an auction goes on after its last bid where no file says so


class Unreadable(ValueError):
    """The file is not one of the known shapes, or a row of it says nonsense; names the row."""


@dataclass(frozen=True, slots=True)
class Recorded:
    """An auction as it was: ``final`` is the stated price in fen, None where the file does not say."""

    key: str
    opens_at: datetime
    ends_at: datetime
    opening: int
    final: int | None = None
    title: str = ""
    bids: list[tuple[datetime, str, int]] = field(default_factory=list)  # moment, bidder, fen

    def shifted(self, by: timedelta) -> "Recorded":
        """The same, at another time."""
        bids = [(at + by, who, fen) for at, who, fen in self.bids]
        return replace(self, opens_at=self.opens_at + by, ends_at=self.ends_at + by, bids=bids)


def read(path: Path, items: Path | None = None) -> list[Recorded]:
    """The auctions that have bids, in the order of the file, each with its bids in the order of their moments.

    Raises Unreadable, OSError.
    """
    rows = _rows(path)
    columns = set(rows[0]) if rows else set()
    if columns >= DAYS:
        found = _by_days(rows)
    elif columns >= MOMENTS:
        found = _by_moments(rows, {row["item_id"]: row for row in _rows(items)} if items else {})
    else:
        raise Unreadable(f"{path}: the columns are not those of recorded bids")
    return [replace(one, bids=sorted(one.bids, key=lambda bid: bid[0])) for one in found]


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def _by_days(rows: Iterable[dict[str, str]]) -> list[Recorded]:
    found: dict[str, Recorded] = {}
    for number, row in enumerate(rows, 2):
        with _naming(number):
            key = row["auctionid"]
            if key not in found:
                final = fen(row["final_price_usd"]) if row.get("final_price_usd") else None
                end = EPOCH + _days(row["duration_days"])
                found[key] = Recorded(key, EPOCH, end, fen(row["openbid_usd"]), final, row.get("item") or key)
            moment = EPOCH + _days(row["bidtime_days_from_start"])
            found[key].bids.append((moment, row["bidder_pseudonym"], fen(row["bid_usd"])))
    return list(found.values())


def _by_moments(rows: Iterable[dict[str, str]], items: dict[str, dict[str, str]]) -> list[Recorded]:
    bids: dict[str, list[tuple[datetime, str, int]]] = {}
    for number, row in enumerate(rows, 2):
        with _naming(number):
            bid = (_moment(row["bid_time"]), row["bidder_pseudonym"], fen(row["amount_usd"]))
            bids.setdefault(row["item_id"], []).append(bid)
    return [_item(key, made, items.get(key)) for key, made in bids.items()]


def _item(key: str, bids: list[tuple[datetime, str, int]], item: dict[str, str] | None) -> Recorded:
    if item is None:
        moments = [at for at, _who, _fen in bids]
        return Recorded(key, min(moments), max(moments) + AFTERWARDS, min(bid[2] for bid in bids), None, key, bids)
    opening, final = fen(item["first_bid_usd"]), fen(item["current_usd"])
    begun, end = _moment(item["started"]), _moment(item["ends"])
    return Recorded(key, begun, end, opening, final, item.get("name") or key, bids)


class _naming:
    """Says in which row something could not be read."""

    def __init__(self, number: int):
        self.number = number

    def __enter__(self) -> None:
        pass

    def __exit__(self, kind, error, trace) -> None:
        if isinstance(error, (KeyError, ValueError, TypeError, InvalidOperation)):
            raise Unreadable(f"row {self.number}: {error}") from error


def fen(text: str) -> int:
    """Yuan as written ("12.99") in fen. Raises ValueError for more than two decimals, or nothing above zero."""
    amount = Decimal(text.replace(",", "").removeprefix("$")) * 100
    if amount != int(amount) or amount <= 0:
        raise ValueError(f"{text!r} is no amount in yuan")
    return int(amount)


def _days(text: str) -> timedelta:
    return timedelta(microseconds=int(Decimal(text) * 86_400_000_000))


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)
