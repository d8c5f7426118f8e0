"""An unsold lot in a later session, with a lower start price (judicial rules Art. 26: at most 20 % lower)."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from auctions.models import Lot, LotDocument, LotPatent, PriorityHolder, Session
from auctions.services import burdens, materials
from foundation import audit
from foundation.audit.models import Event
from foundation.core.actors import SYSTEM
from foundation.core.clock import database_now
from foundation.core.errors import DomainError, Invalid
from foundation.core.locking import lock_rows
from foundation.core.money import Money, at_rate_bp

KEPT = (
    "seller", "subject", "title_zh_hans", "title_en", "about_zh_hans", "about_en", "defects", "license_years",
    "contact_name", "contact_phone", "valuation_fen", "valuation_date", "valuation_by",
)  # fmt: skip
FIRST_RIGHTS = ("basis", "name", "email", "organization_id", "rank")


class CutTooDeep(DomainError):
    """The start price falls further than the season allows."""

    code, status, field = "cut_too_deep", 400, "start"
    message = _("The start price cannot be below {lowest} in the next round.")


class SessionClosed(DomainError):
    """Lots are not taken into this session any more."""

    code, field = "session_closed", "session"
    message = _("This session takes no more lots.")


def lowest_start(lot: Lot, season: Any) -> Money:
    """The lowest start price of the next round; a fen is never rounded in the seller's favor twice."""
    return lot.start - at_rate_bp(lot.start, season.relist_cut_bp)


@transaction.atomic
def relist(*, lot: Lot, session: Session, start: Money, actor: Any, keep_reserve: bool = False) -> Lot:
    """Make the next round of an unsold lot: a new lot with its patents and papers, submitted for the materials check.

    Where something is missing it waits for the seller to complete it. Once selected it enters the session.

    ``keep_reserve`` takes the secret reserve over; else the start price is the reserve. Raises CutTooDeep,
    SessionClosed, Invalid, NotAllowed, NotPossibleNow.
    """
    lot, session, now = lock_rows(lot), Session.objects.select_related("season").get(pk=session.pk), database_now()
    if not (session.permits("assign") and session.season.permits("assign")) or session.starts_at <= now:
        raise SessionClosed()
    if start < (lowest := lowest_start(lot, session.season)):
        raise CutTooDeep(lowest=lowest)
    if start > lot.start:
        raise Invalid(_("The next round starts at the earlier start price or below it."), field="start")
    facts = {"session": session.number, "start": start}
    lot = audit.advance(
        lot, "relist", actor=actor, parties=[lot.seller_id], visibility="public", data=facts, now=now,
        set={"next_check_at": None},
    )  # fmt: skip
    burdens.lift(lot, actor=actor, reason="listed again")
    return _next_round(lot, session, start, actor, keep_reserve, now)


def _submit(lot: Lot, actor: Any) -> Lot:
    """Into the materials check where nothing is missing any more; else it stays with the seller to be completed."""
    try:
        with transaction.atomic():
            return materials.submit(lot=lot, actor=actor)
    except DomainError:
        return Lot.objects.get(pk=lot.pk)


@transaction.atomic
def enter_session(*, lot: Lot) -> Lot:
    """A next round that was selected enters the session its seller chose, while that one takes lots.

    A repeat changes nothing; a lot of no session stays with the officer to be assigned.
    """
    session = _wanted(lot)
    if session is None:
        return lot
    lot, session = lock_rows(lot, session)
    if lot.permits("assign") and lot.session_id is None and session.permits("assign"):
        lot.session = session
        lot.save(update_fields=["session"])
        facts, parties = {"session": str(session)}, [lot.seller_id]
        audit.record("auctions.lot.assigned", subject=lot, actor=SYSTEM, data=facts, parties=parties)
    return lot


def _wanted(lot: Lot) -> Session | None:
    """The session of the next round's first event."""
    began = Event.objects.filter(subject_kind="auctions.lot", subject_id=lot.pk, name="auctions.lot.next_round").first()
    return Session.objects.filter(pk=began.data["facts"]["session_id"]).first() if began else None


def _next_round(lot: Lot, session: Session, start: Money, actor: Any, keep_reserve: bool, now: Any) -> Lot:  # noqa: PLR0917
    made = Lot.objects.create(
        **{name: getattr(lot, name) for name in KEPT},
        season=session.season,
        proposed_by_id=actor.user_id,
        start_fen=start.fen,
        reserve_sealed=lot.reserve_sealed if keep_reserve else "",
        round=lot.round + 1,
        relisted_from=lot,
    )
    LotPatent.objects.bulk_create(
        LotPatent(lot=made, patent_id=item.patent_id, position=item.position) for item in lot.items.all()
    )
    LotDocument.objects.bulk_create(
        LotDocument(lot=made, file_id=one.file_id, kind=one.kind, title=one.title, audience=one.audience,
                    position=one.position)
        for one in lot.documents.all()
    )  # fmt: skip
    PriorityHolder.objects.bulk_create(  # told and asked anew: a lower price is another offer
        PriorityHolder(lot=made, **{name: getattr(one, name) for name in FIRST_RIGHTS})
        for one in lot.priority_holders.all()
    )
    audit.record(
        "auctions.lot.next_round",
        subject=made,
        actor=actor,
        data={"earlier": lot.number, "start": start, "session": session.number, "session_id": session.pk},
        parties=[lot.seller_id],
        now=now,
    )
    return _submit(made, actor)
