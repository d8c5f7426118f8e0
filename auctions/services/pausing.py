"""Pausing keeps what is left to the millisecond; bidding goes on with just that.

An officer pauses when something is wrong (judicial rules Art. 28), the clock at the hard limit of the day.
"""

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from auctions import bidding, live
from auctions.models import Floor, Lot
from auctions.services import floors, opening
from foundation import audit
from foundation.core.actors import CLOCK
from foundation.core.clock import database_now
from foundation.core.errors import DomainError, Invalid

MS = timedelta(milliseconds=1)


class BiddingOver(DomainError):
    """There is no time left that could be kept, or bidding has not begun."""

    code = "bidding_over"
    message = _("There is no bidding on this lot that could be paused.")


@transaction.atomic
def pause(*, lot: Lot, actor: Any, reason: str) -> Lot:
    """Stop the bidding at once; the rest of the time is kept. Raises BiddingOver, NotAllowed, NotPossibleNow, Busy.

    ``reason`` is public.
    """
    _require_reason(reason)
    lot, floor = floors.lock(lot)
    now = database_now()
    if floor is None or floor.closed_at is not None or not floor.opens_at <= now < floor.ends_at:
        raise BiddingOver()
    if floor.paused_at is None and bidding.is_paused(floor.rules, floor.as_state, now):
        return _hold(lot, floor, floor.hard_limit_at, actor=CLOCK, reason="")
    opening.make_live(lot)
    return _hold(lot, floor, now, actor=actor, reason=reason, resumes_at=None)


def _hold(lot: Lot, floor: Floor, since: datetime, *, actor: Any, reason: str, **fields: Any) -> Lot:
    """Paused from a moment on, with what was left then (rounded up to the millisecond)."""
    left = -(-(floor.ends_at - since) // MS)
    audit.advance(lot, "pause", actor=actor, reason=reason, data={"remaining_ms": left}, visibility="public")
    Floor.objects.filter(pk=floor.pk).update(paused_at=since, remaining_ms=left, **fields)
    live.publish(lot.pk)
    return lot


@transaction.atomic
def resume(*, lot: Lot, actor: Any, reason: str = "") -> Lot:
    """Go on with the time that was left. Raises NotAllowed, NotPossibleNow, Busy."""
    lot, floor = floors.lock(lot)
    return _go_on(lot, floor, actor=actor, reason=reason)


def _go_on(lot: Lot, floor: Floor | None, *, actor: Any, reason: str) -> Lot:
    now = database_now()
    ends_at = now + (floor.remaining_ms or 0) * MS if floor else None
    audit.advance(lot, "resume", actor=actor, reason=reason, data={"ends_at": ends_at}, visibility="public", now=now)
    limit, resumes = opening.limits_from(lot.season, ends_at)
    Floor.objects.filter(pk=floor.pk).update(
        paused_at=None, remaining_ms=None, ends_at=ends_at, hard_limit_at=limit, resumes_at=resumes
    )
    live.publish(lot.pk)
    return lot


@transaction.atomic
def call_off(*, lot: Lot, actor: Any, reason: str) -> Lot:
    """End a paused lot without a result; nobody wins. Raises NotAllowed, NotPossibleNow, Busy. ``reason`` is public."""
    _require_reason(reason)
    lot, floor = floors.lock(lot)
    now = database_now()
    audit.advance(lot, "call_off", actor=actor, reason=reason, visibility="public", now=now)
    if floor is not None:
        Floor.objects.filter(pk=floor.pk).update(closed_at=now)
    live.publish(lot.pk)
    return lot


def _require_reason(reason: str) -> None:
    if not reason.strip():
        raise Invalid(_("Give the reason; it is published."), field="reason")


@transaction.atomic
def pause_at_limit(*, lot: Lot) -> bool:
    """By the clock: pause as of the hard limit, however late it looks; False where there is nothing to pause."""
    lot, floor = floors.lock(lot)
    if floor is None or floor.closed_at is not None or floor.paused_at is not None:
        return False
    if not bidding.is_paused(floor.rules, floor.as_state, database_now()):
        return False
    opening.make_live(lot)
    _hold(lot, floor, floor.hard_limit_at, actor=CLOCK, reason="")
    return True


@transaction.atomic
def resume_in_the_morning(*, lot: Lot) -> bool:
    """By the clock: go on after a pause at the hard limit; a clock that is late takes nothing of the rest away."""
    lot, floor = floors.lock(lot)
    if floor is None or floor.closed_at is not None or floor.paused_at is None or floor.resumes_at is None:
        return False
    if database_now() < floor.resumes_at:
        return False
    _go_on(lot, floor, actor=CLOCK, reason="")
    return True
