"""Placing a bid for whoever holds a token, in one database call where everything about the request is plain."""

from dataclasses import dataclass

from django.conf import settings
from django.db import InterfaceError, OperationalError, connection
from knox.crypto import hash_token

from accounts import roles
from auctions import live
from auctions.services import calling
from auctions.services.bids import Placed, receipt_of, until_on_disk
from foundation.audit import recording, subscriptions
from foundation.core import locking
from foundation.core.money import Money

CALL = "SELECT * FROM auctions_bid_by_token(%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s)"
ELSEWHERE = ("elsewhere", "together")


@dataclass(frozen=True, slots=True)
class ByToken:
    """An accepted bid and the paddle it was made with."""

    placed: Placed
    paddle: str


def place_bid_by_token(
    *, token: str, number: str, amount: Money, key: str, seen_seq: int | None, request_id: str
) -> ByToken | None:
    """Bid on the lot of a number as the first organization of the token's user; ``key`` is the bidder's own.

    None: nothing was done, because something is not plain (the token is not valid, the role may not bid, a second
    factor is missing, no admitted registration, a maximum stands on the lot, a transaction is open, the database does
    not answer); then take the ordinary way. The answer is given when the bid is on disk. Raises BidRefused, Busy.
    """
    if connection.in_atomic_block or locking.switched_off():
        return None
    demanding = roles.with_second_factor() if settings.KAIXU_SECOND_FACTOR_REQUIRED else []
    arguments = [
        hash_token(token), number, amount.fen, key, seen_seq, roles.with_capability("bid"), demanding,
        calling.REFUSALS_A_SECOND, settings.KAIXU_PROVINCE_PREFIX, request_id,
        list(subscriptions.subscribers_of(calling.EVENT)),
    ]  # fmt: skip
    connection.health_check_done = True  # a connection that died is found out below, without asking first
    try:
        with locking.busy_if_locked(), connection.cursor() as cursor:
            cursor.execute(CALL, arguments)
            *answer, lot_id, paddle = cursor.fetchone()
    except (OperationalError, InterfaceError):
        connection.close()
        return None
    row = calling.Row(*answer)
    if row.outcome in ELSEWHERE:
        return None
    if row.outcome == "refused":
        raise row.refused
    until_on_disk()
    if row.outcome == "accepted":
        recording.wake_after_commit()
        live.publish(lot_id)
    return ByToken(receipt_of(row, row.leads), paddle)
