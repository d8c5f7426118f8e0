"""The call of `auctions_place_bid`, its answer, and what a refusal says to people."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import rules
from django.conf import settings
from django.db import connection
from django.utils.translation import gettext_lazy as _
from structlog.contextvars import get_contextvars

from auctions.bidding import Code
from auctions.models import Registration
from foundation.audit import subscriptions
from foundation.core import locking
from foundation.core.actors import is_person
from foundation.core.errors import DomainError, NotAllowed
from foundation.core.money import Money

EVENT = "auctions.bid.placed"
REFUSALS_A_SECOND = 10
LONGEST_KEY = 64
CALL = "SELECT * FROM auctions_place_bid(%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s)"
CALL_BY_NUMBER = "SELECT * FROM auctions_bid_by_number(%s, %s, %s, %s, %s, %s, %s, %s, %s, %s)"
SENTENCES = {
    Code.NOT_LIVE: (409, _("Bidding on this lot is not open.")),
    Code.PAUSED: (409, _("Bidding is paused. The time that was left is kept.")),
    Code.NOT_ADMITTED: (403, _("You are not admitted to this lot: bidding takes a registration and a held deposit.")),
    Code.SELLER_RELATED: (403, _("The seller and its affiliates may not bid on their own lot.")),
    Code.SELF_OUTBID: (409, _("You lead already.")),
    Code.BELOW_MIN: (409, _("This bid is too low. The lowest possible bid is {minimum}.")),
    Code.OFF_GRID: (409, _("Bids go up by whole increments. The next possible bid is {minimum}.")),
    Code.OVER_LIMIT: (409, _("This bid goes up by too many increments at once. The lowest possible bid is {minimum}.")),
    Code.STALE: (409, _("Somebody else was faster. The lowest possible bid is now {minimum}.")),
    Code.DUPLICATE: (422, _("This bid was already sent with another amount. Open the page again.")),
    Code.RATE_LIMIT: (429, _("Too many bids were refused within a second. Wait a moment.")),
}


class BidRefused(DomainError):
    """The rules do not take this bid: its code, and the lowest amount that they would take now, if any."""

    field = "amount"

    def __init__(self, code: Code, minimum: Money | None = None):
        self.code, self.bid_code = str(code), code
        self.status, self.message = SENTENCES[code]
        self.minimum = minimum
        super().__init__(**({} if minimum is None else {"minimum": minimum}))

    @property
    def members(self) -> dict[str, str]:
        """What its problem document says besides the sentence."""
        return {} if self.minimum is None else {"minimum": f"{self.minimum.yuan}"}


@dataclass(frozen=True, slots=True)
class Row:
    """What the function answers. Amounts in fen."""

    outcome: str
    refusal: str | None
    lowest: int | None
    place: int
    offered: int
    digest: str
    taken_at: datetime
    ends: datetime
    longer: bool
    leads: bool

    @property
    def refused(self) -> BidRefused:
        """The refusal as an error."""
        return BidRefused(Code(self.refusal), None if self.lowest is None else Money(self.lowest))


def call(
    registration: Registration,
    amount_fen: int,
    key: str,
    user_id: int,
    *,
    seen: int | None = None,
    at: datetime | None = None,
    proxy: bool = False,
    alone: bool = False,
) -> Row:
    """Call the function. Without locks only in the twins of race tests, where the settings allow it. Raises Busy."""
    arguments = [
        registration.lot_id, registration.pk, amount_fen, key[:LONGEST_KEY], user_id, seen, at, proxy, alone,
        not without_locks(), *_surroundings(),
    ]  # fmt: skip
    with locking.busy_if_locked(), connection.cursor() as cursor:
        cursor.execute(CALL, arguments)
        return Row(*cursor.fetchone())


def call_by_number(
    number: str, organization_id: int, amount_fen: int, key: str, user_id: int, *, seen: int | None
) -> tuple[Row, int] | None:
    """Call the function for the party's admitted registration for the lot of a number, as a whole transaction.

    The row and the lot's id; None, with nothing done, where the party is not admitted. Raises Busy.
    """
    arguments = [number, organization_id, amount_fen, key[:LONGEST_KEY], user_id, seen, *_surroundings()]
    with locking.busy_if_locked(), connection.cursor() as cursor:
        cursor.execute(CALL_BY_NUMBER, arguments)
        found = cursor.fetchone()
    return (Row(*found[:-1]), found[-1]) if found else None


def without_locks() -> bool:
    """Whether this is the twin of a race test."""
    return locking.switched_off() and settings.KAIXU_LOCKS_MAY_BE_OFF


def _surroundings() -> list[Any]:
    """The last arguments of the function: a limit, the province, the request, who hears of an accepted bid."""
    request = str(get_contextvars().get("request_id", ""))[:64]
    return [REFUSALS_A_SECOND, settings.KAIXU_PROVINCE_PREFIX, request, list(subscriptions.subscribers_of(EVENT))]


def require_bidder(actor: Any, registration: Registration) -> None:
    """Members of the registered party who may bid. Raises NotAllowed."""
    if is_person(actor) and not rules.test_rule("auctions.bidder", actor, registration):
        raise NotAllowed()
