"""The replay itself: each recorded bid goes through the service at its moment, each auction is decided at its end."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.db import transaction

from auctions.models import Floor, Lot, Result
from auctions.replaying.files import Recorded
from auctions.replaying.stage import HOUR, Stage
from auctions.services import closing, opening
from auctions.services.bids import BidRefused, place_bid
from foundation.core import clock
from foundation.core.money import Money


@dataclass(slots=True)
class Report:
    """What came of it. ``final_price_agrees``: auctions that ended at the stated price."""

    auctions: int = 0
    bids: int = 0
    accepted: int = 0
    refused: Counter = field(default_factory=Counter)
    final_price_agrees: int = 0
    highest_bidder_wins: int = 0
    extensions: int = 0
    season: str = ""

    def as_dict(self) -> dict[str, Any]:
        """For people and for JSON, in this order."""
        return {
            "auctions": self.auctions,
            "bids": self.bids,
            "accepted": self.accepted,
            "refused": dict(sorted(self.refused.items())),
            "final_price_agrees": self.final_price_agrees,
            "highest_bidder_wins": self.highest_bidder_wins,
            "extensions": self.extensions,
            "season": self.season,
        }


def replay(recorded: list[Recorded], *, tell: Callable[[int, int], None] = lambda done, of: None) -> Report:
    """Replay auctions as if each had just ended: what follows an end (deposits, confirmations) begins now.

    Raises ImproperlyConfigured where clocks cannot be set.
    """
    if not recorded:
        return Report()
    now = clock.database_now().replace(microsecond=0)
    moved = [one.shifted(now - one.ends_at) for one in recorded]
    stage, report = Stage(min(one.opens_at for one in moved)), Report()
    report.season = stage.season.code
    for done, one in enumerate(moved, 1):
        _play(stage, one, report)
        tell(done, len(moved))
    return report


def _play(stage: Stage, recorded: Recorded, report: Report) -> None:
    names = dict.fromkeys(who for _at, who, _fen in recorded.bids)
    with clock.at(recorded.opens_at - HOUR), transaction.atomic():
        lot = stage.lot(recorded)
        admitted = {name: stage.admit(lot, name) for name in names}
    with clock.at(recorded.opens_at):
        opening.go_live(lot=lot)
    for number, (at, who, fen) in enumerate(recorded.bids, 1):
        registration, member = admitted[who]
        try:
            with clock.at(at):
                place_bid(registration=registration, amount=Money(fen), key=f"replay-{number}", actor=member)
            report.accepted += 1
        except BidRefused as refusal:
            report.refused[refusal.code] += 1
    result = _decide(lot)
    report.auctions += 1
    report.bids += len(recorded.bids)
    report.extensions += result.extensions
    report.final_price_agrees += result.price_fen is not None and result.price_fen == recorded.final
    report.highest_bidder_wins += _is_highest(result, recorded, {r.pk: name for name, (r, _m) in admitted.items()})


def _decide(lot: Lot) -> Result:
    with clock.at(Floor.objects.get(pk=lot.pk).ends_at + timedelta(seconds=1)):
        return closing.close_lot(lot=lot)


def _is_highest(result: Result, recorded: Recorded, names: dict[int, str]) -> bool:
    """Whether the winner is who bid most, the earlier one of equal bids."""
    _at, highest, _fen = max(recorded.bids, key=lambda bid: bid[2])
    return result.winning_bid is not None and names[result.winning_bid.registration_id] == highest
