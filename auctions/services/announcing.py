"""The notice of a session: it announces its lots, fixes increment and deposit, and opens the registration."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from auctions import eligibility
from auctions.lifecycle import LotState
from auctions.models import Lot, Session
from auctions.services import opening, priority
from auctions.services.seasons import require_officer
from auctions.services.sessions import problems
from foundation import audit
from foundation.core.actors import SYSTEM
from foundation.core.clock import database_now
from foundation.core.errors import DomainError, InvalidMany, NotPossibleNow
from foundation.core.locking import lock_rows
from foundation.core.money import Money


class SessionEmpty(DomainError):
    """A notice names lots."""

    code = "session_empty"
    message = _("Put at least one selected lot into the session first.")


class LotNotReady(DomainError):
    """A check that passed at the selection no longer does."""

    code = "lot_not_ready"
    message = _("Lot {number} cannot be announced: {checks}.")


@transaction.atomic
def publish_notice(*, session: Session, actor) -> Session:
    """Publish the notice (Auction Law Arts. 45 to 48): all lots of the session are announced and may be registered for.

    Raises NotAllowed, NotPossibleNow, SessionEmpty, InvalidMany (dates), PriorityPending, LotNotReady.
    """
    require_officer(actor)
    there = list(Lot.objects.filter(session=session))
    if not there:
        raise SessionEmpty()
    season, session, *lots = lock_rows(session.season, session, *there)
    if not season.permits("publish_notice"):
        raise NotPossibleNow(lifecycle="season", state=season.state, move="publish", label=season.state_label)
    now = database_now()
    dates = {name: getattr(session, name) for name in ("viewing_from", "viewing_until", "registration_until_at",
                                                       "starts_at", "planned_ends_at")}  # fmt: skip
    if found := problems(season, dates, now):
        raise InvalidMany(found)
    for lot in lots:
        _require_ready(lot, now)
    data = {"lots": [lot.number for lot in lots], "starts_at": session.starts_at, "ends_at": session.planned_ends_at}
    audit.advance(
        session, "publish_notice", actor=actor, data=data, visibility="public", set={"notice_at": now}, now=now
    )
    for lot in sorted(lots, key=lambda one: one.number):
        _announce(lot, session, actor, now)
    return session


def _require_ready(lot: Lot, now) -> None:
    if lot.state != LotState.SELECTED:
        raise NotPossibleNow(lifecycle="lot", state=lot.state, move="announce", label=lot.state_label)
    priority.settle(lot, now)
    blocking = [one for one in eligibility.check(lot, now=now) if one.blocks]
    if blocking:
        raise LotNotReady(number=lot.number, checks="; ".join(f"{one.title} ({one.reason})" for one in blocking))


def _announce(lot: Lot, session: Session, actor, now) -> None:
    floor = opening.open_floor(lot=lot, session=session)
    data = {
        "title": lot.title_zh_hans,
        "session": str(session),
        "start": lot.start,
        "increment": Money(floor.increment_fen),
        "deposit": Money(floor.deposit_fen),
        "starts_at": session.starts_at,
        "ends_at": session.planned_ends_at,
    }
    seen = {"parties": [lot.seller_id], "visibility": "public", "now": now}
    audit.advance(lot, "announce", actor=actor, data=data, **seen)
    audit.advance(lot, "open_registration", actor=SYSTEM, data={"until": session.registration_until_at}, **seen)
