"""A maximum that a bidder leaves: kept encrypted, bid from by the engine, shown to nobody."""

import secrets
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.db import transaction

from auctions import bidding, live, proxying
from auctions.bidding import Code
from auctions.lifecycle_parties import RegistrationState
from auctions.models import Floor, Proxy, Registration
from auctions.services import floors
from auctions.services.calling import BidRefused, call, require_bidder
from foundation import audit
from foundation.audit import recording
from foundation.core import clock, crypto
from foundation.core.money import Money


def place_proxy(*, registration: Registration, maximum: Money, key: str, actor: Any) -> bool:
    """Leave a maximum, or change it; whether the bidder leads now. The engine bids at once where that takes the lead.

    ``key``: a repeat changes nothing. Raises BidRefused (not live, paused, not admitted, or the maximum is below the
    lowest possible bid), NotAllowed, Busy.
    """
    require_bidder(actor, registration)
    scope = f"auctions.proxy:{registration.pk}"
    with audit.once(scope, key, crypto.keyed_digest(f"{registration.pk}:{maximum.fen}")) as attempt:
        if attempt.replayed:
            return attempt.answer["leads"]
        _lot, floor = floors.lock(registration.lot)
        registration = Registration.objects.select_related("lot").get(pk=registration.pk)
        now = clock.database_now()
        _require(registration, floor, maximum.fen, now)
        fields = {
            "maximum_sealed": crypto.encrypt(str(maximum.fen)),
            "user_id": actor.user_id,
            "placed_at": now,
            "is_active": True,
        }
        Proxy.objects.update_or_create(registration=registration, defaults=fields)
        _record("auctions.proxy.placed", registration, actor, now)
        answer(registration.lot_id, now)
        floor.refresh_from_db()
        attempt.answer = {"leads": floor.leader_id == registration.pk}
        return attempt.answer["leads"]


def _require(registration: Registration, floor: Floor | None, maximum: int, now: datetime) -> None:
    """What a maximum needs: an open floor, an admitted bidder, an amount that could be bid."""
    if floor is None:
        raise BidRefused(Code.NOT_LIVE)
    rules, state = floor.rules, floor.as_state
    if bidding.is_paused(rules, state, now):
        raise BidRefused(Code.PAUSED)
    if not bidding.is_open(state, now):
        raise BidRefused(Code.NOT_LIVE)
    if not registration.permits("proxy"):
        raise BidRefused(Code.NOT_ADMITTED)
    leads = state.leader == registration.pk
    lowest = state.price if leads else bidding.minimum(rules, state, registration.priority_rank)
    if maximum < lowest:
        raise BidRefused(Code.BELOW_MIN, Money(lowest))


@transaction.atomic
def cancel_proxy(*, registration: Registration, actor: Any) -> bool:
    """Take the maximum back; bids already made from it stand. False where there was none. Raises NotAllowed, Busy."""
    require_bidder(actor, registration)
    floors.lock(registration.lot)
    if not Proxy.objects.filter(registration=registration, is_active=True).update(is_active=False, maximum_sealed=""):
        return False
    _record("auctions.proxy.cancelled", registration, actor, clock.database_now())
    return True


def _record(name: str, registration: Registration, actor: Any, now: datetime) -> None:
    """In the history of the registration, for its party; never with the amount."""
    audit.record(name, subject=registration, actor=actor, parties=[registration.organization_id], now=now)


def answer(lot_id: int, at: datetime) -> bool:
    """Let the maximums of a lot bid until none can outbid another; whether any did.

    Inside the transaction and under the lock of the bid they answer, with its moment: a repeat of that bid can tell
    what followed from it.
    """
    proxies = _standing(lot_id)
    if not proxies:
        return False
    floor = Floor.objects.get(pk=lot_id)
    rules, state = floor.rules, floor.as_state
    standing = [
        proxying.Maximum(p.registration_id, proxying.reach(rules, _opened(p)), p.registration.priority_rank, place)
        for place, p in enumerate(proxies)
    ]
    people, made = {p.registration_id: p for p in proxies}, False
    while offer := proxying.next_offer(rules, state, standing):
        proxy = people[offer.bidder]
        key = f"proxy:{secrets.token_hex(12)}"
        row = call(proxy.registration, offer.amount, key, proxy.user_id, at=at, proxy=True)
        if row.outcome != "accepted":  # barred or without a deposit since: this maximum does not count
            standing = [m for m in standing if m.bidder != offer.bidder]
            continue
        made = True
        state = replace(
            state, price=row.offered, leader=offer.bidder, leader_rank=offer.rank, seq=row.place, ends_at=row.ends
        )
    if made:
        recording.wake_after_commit()
        live.publish(lot_id)
    return made


def _standing(lot_id: int) -> list[Proxy]:
    """The maximums that count, the earlier first."""
    found = Proxy.objects.filter(
        registration__lot=lot_id, is_active=True, registration__state=RegistrationState.ADMITTED
    )
    return list(found.select_related("registration").order_by("placed_at", "pk"))


def _opened(proxy: Proxy) -> int:
    return int(crypto.decrypt(proxy.maximum_sealed))
