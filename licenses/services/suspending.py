"""When an open offer loses what it rests on, gets it back, or ends with its date, its patent or its owner."""

from datetime import timedelta

from django.db import transaction
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from foundation import audit
from foundation.core.actors import CLOCK
from foundation.core.clock import database_now, end_of_local_day, local_date
from foundation.core.errors import Invalid
from foundation.core.locking import lock_rows
from foundation.core.refs import Ref
from licenses import eligibility
from licenses.lifecycle import OPEN, DeclarationState
from licenses.models import Declaration
from licenses.services import listing
from patents import encumbrances, registers

ENDED_PATENT = frozenset({"lapsed", "expired", "invalidated", "abandoned"})
OWNER_CHANGED = "owner_changed"


def parties_of(declaration: Declaration) -> set[int]:
    """Patentee, co-owners and everybody who holds or awaits a license."""
    licensees = declaration.licenses.exclude(state="notice_draft").values_list("licensee_id", flat=True)
    return {declaration.patentee_id, *declaration.patent.owner_ids(), *licensees}


def _reason(reason: str) -> str:
    if not reason.strip():
        raise Invalid(_("Give the reason: the patentee and the licensees will read it."), field="reason")
    return reason.strip()


@transaction.atomic
def suspend(*, declaration: Declaration, reason: str, actor) -> Declaration:
    """An officer stops new notices (complaint, court order); licenses stay. Raises Invalid, NotPossibleNow."""
    declaration, now = lock_rows(declaration), database_now()
    return _suspend(declaration, "suspend", actor, _reason(reason), now)


def _suspend(declaration, move, actor, reason, now, *, data=None) -> Declaration:
    return audit.advance(
        declaration,
        move,
        actor=actor,
        reason=reason,
        data=data,
        parties=parties_of(declaration),
        visibility="public",
        set={"suspended_at": now, "suspension_reason": reason[:500]},
        now=now,
    )


@transaction.atomic
def reinstate(*, declaration: Declaration, reason: str, actor) -> Declaration:
    """An officer ends a suspension. Raises Invalid, NotPossibleNow."""
    declaration, now = lock_rows(declaration), database_now()
    return _resume(declaration, "reinstate", actor, _reason(reason), now)


def _resume(declaration, move, actor, reason, now, *, fields=None) -> Declaration:
    return audit.advance(
        declaration,
        move,
        actor=actor,
        reason=reason,
        parties=parties_of(declaration),
        visibility="public",
        set={"suspended_at": None, "suspension_reason": "", **(fields or {})},
        now=now,
    )


@transaction.atomic
def recheck(*, declaration: Declaration) -> Declaration:
    """Ask the register again: suspend, cure, end with the date or with the patent. A repeat changes nothing.

    A suspension that an officer ordered is not cured here. Facts that nobody knows any more keep an open offer open
    (they were confirmed at approval) but are shown as unknown.
    """
    declaration, now = lock_rows(declaration), database_now()
    if declaration.state not in OPEN:
        return declaration
    if now >= end_of_local_day(min(declaration.offer_until, declaration.patent.expiry_date)):
        return _end(declaration, "expire", "", now)
    results = eligibility.check(declaration, now=now, at_uptake=True)
    keep_checks(declaration, results, now)
    failing = [result for result in results if result.blocks and result.outcome == "fail"]
    status = next((result for result in failing if result.code == "E01"), None)
    if status is not None and _patent_ended(declaration, now):
        return _end(declaration, "terminate", status.reason, now)
    codes = ", ".join(result.code for result in failing)
    if declaration.patentee_id not in declaration.patent.owner_ids():
        codes = OWNER_CHANGED
    return _follow(declaration, codes, now)


def _follow(declaration, trouble, now) -> Declaration:
    """Suspend for the trouble, or end the suspension that a check began when there is none any more."""
    if trouble and declaration.state == DeclarationState.PUBLISHED:
        return _suspend(declaration, "suspend_on_check", CLOCK, trouble, now, data={"codes": trouble})
    if not trouble and declaration.state == DeclarationState.SUSPENDED and is_by_check(declaration):
        return _resume(declaration, "cure", CLOCK, "", now)
    return declaration


def is_by_check(declaration) -> bool:
    """Whether the suspension came from a check and may end by one; not what an officer ordered."""
    last = (
        audit.timeline(declaration, viewer=None)
        .filter(name__in=["licenses.declaration.suspend", "licenses.declaration.suspend_on_check"])
        .first()
    )
    return (
        last is not None and last.name.endswith("suspend_on_check") and declaration.suspension_reason != OWNER_CHANGED
    )


def _patent_ended(declaration, now) -> bool:
    patent = declaration.patent
    status = registers.facts_for(patent, now)["status"]
    return status.value in ENDED_PATENT or local_date(now) > patent.expiry_date


def keep_checks(declaration, results, now) -> None:
    """The platform's view of the checks, and the list's block, as of now."""
    kept = [result.as_json() for result in results]
    others = [row for row in declaration.eligibility if row["code"] not in {result.code for result in results}]
    declaration.eligibility = sorted(kept + others, key=lambda row: row["code"])
    declaration.checked_at = now
    Declaration.objects.filter(pk=declaration.pk).update(eligibility=declaration.eligibility, checked_at=now)
    listing.refresh(declaration, now)


def _end(declaration, move, reason, now) -> Declaration:
    declaration = audit.advance(
        declaration,
        move,
        actor=CLOCK,
        reason=reason,
        parties=parties_of(declaration),
        visibility="public",
        set={"ended_at": now, "suspended_at": None},
        now=now,
    )
    encumbrances.lift(
        declaration.patent, "open_declaration", basis=Ref.of(declaration), actor=CLOCK, reason=move, now=now
    )
    return declaration


@transaction.atomic
def adopt(*, declaration: Declaration, actor) -> Declaration:
    """The new owner of the patent takes the offer over as it stands. Raises NotAllowed, NotPossibleNow."""
    declaration, now = lock_rows(declaration), database_now()
    return _resume(declaration, "adopt", actor, "", now, fields={"patentee_id": actor.organization_id})


def recheck_all(*, limit: int = 500, older_than_hours: int = 20) -> int:
    """Re-check open offers that were not checked for a while; how many were looked at. Safe to run at any time."""
    now = database_now()
    today = local_date(now)
    stale = Q(checked_at=None) | Q(checked_at__lt=now - timedelta(hours=older_than_hours))
    over = Q(offer_until__lt=today) | Q(patent__expiry_date__lt=today)
    oldest_first = F("checked_at").asc(nulls_first=True)
    due = list(Declaration.objects.filter(stale | over, state__in=OPEN).order_by(oldest_first, "pk")[:limit])
    for declaration in due:
        recheck(declaration=declaration)
    return len(due)
