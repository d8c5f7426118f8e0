"""The materials check: the seller submits, an officer selects, returns or refuses; the number is given at selection."""

from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from approvals import queries as reviews
from approvals import services as approvals
from approvals.services.deciding import AlreadyPublished
from auctions import eligibility
from auctions.lifecycle import LotState
from auctions.models import Lot, Season
from auctions.services import burdens, priority
from auctions.services.lots import PARTS, SeasonClosed, part_problems, require_editor
from foundation import audit
from foundation.core import numbering
from foundation.core.actors import CLOCK
from foundation.core.clock import database_now, local_date
from foundation.core.errors import DomainError, NotPossibleNow
from foundation.core.locking import lock_rows
from foundation.core.refs import Ref

REVIEW_KIND = "auctions.lot"
REVIEW_WORKDAYS = 5
RETURN, REJECT = "return", "reject"
PART_NAMES = {"about": _("What is sold"), "price": _("Price and valuation"), "disclosure": _("Defects and contact")}


class PartsMissing(DomainError):
    """Something has to be filled in first."""

    code = "parts_missing"
    message = _("Complete these parts first: {parts}.")


class NotEligible(DomainError):
    """A blocking check fails. Unknown answers do not stop the submission: the officer has to confirm them."""

    code = "not_eligible"
    message = _("The lot cannot be submitted: {checks}.")


def require_complete(lot: Lot, now) -> None:
    """Raises PartsMissing, NotEligible."""
    wrong = [name for name in PARTS if part_problems(lot, name, local_date(now))]
    if wrong:
        raise PartsMissing(parts="、".join(str(PART_NAMES[name]) for name in wrong))
    failing = [one for one in eligibility.check(lot, now=now) if one.blocks and one.outcome == eligibility.FAIL]
    if failing:
        raise NotEligible(checks="; ".join(f"{one.code} {one.title} ({one.reason})" for one in failing))


@transaction.atomic
def submit(*, lot: Lot, actor) -> Lot:
    """Submit a proposal or its correction: it lies on its patents from now on, and its case is opened or continued.

    Raises PartsMissing, NotEligible, EncumbranceConflict, SeasonClosed, NotAllowed, NotPossibleNow.
    """
    review = reviews.open_review_of(REVIEW_KIND, lot)
    if review is not None:
        lock_rows(review)  # reviews are always locked before their subjects
    lot, *_patents = _listed(lock_rows(lot, *burdens.patents_of(lot)))
    require_editor(lot, actor)
    if lot.state == LotState.PROPOSED and not _takes(lot):
        raise SeasonClosed(state=lot.season.state_label)
    now = database_now()
    require_complete(lot, now)
    again = lot.state == LotState.RETURNED
    burdens.renew(lot, actor=actor)
    move, fields = ("resubmit" if again else "submit"), {"correction_due_at": None}
    audit.advance(lot, move, actor=actor, parties=[lot.seller_id], data=_facts(lot), set=fields, now=now)
    if again and review is not None:
        approvals.resubmit(review=review, actor=actor)
        return lot
    approvals.open_review(
        kind=REVIEW_KIND,
        subject=Ref.of(lot),
        title=lot.title_zh_hans,
        actor=actor,
        organization=lot.seller,
        city=None,  # seasons are provincial
        workdays=REVIEW_WORKDAYS,
    )
    return lot


def _takes(lot: Lot) -> bool:
    """New lots while the season collects; a next round as long as lots are put into sessions."""
    return lot.season.permits("propose") or (lot.relisted_from_id is not None and lot.season.permits("assign"))


def _listed(found: Any) -> list:
    return found if isinstance(found, list) else [found]


def _facts(lot: Lot) -> dict:
    return {
        "season": lot.season.code,
        "subject": lot.subject,
        "start": lot.start,
        "patents": [patent.number for patent in burdens.patents_of(lot)],
    }


@transaction.atomic
def take_back(*, lot: Lot, actor, reason: str = "") -> Lot:
    """The seller takes the proposal back from the check; it is a draft again. Raises NotAllowed, NotPossibleNow."""
    review = reviews.open_review_of(REVIEW_KIND, lot)
    if review is None:
        raise NotPossibleNow(lifecycle="lot", state=lot.state, move="take_back", label=lot.state_label)
    approvals.withdraw(review=review, actor=actor, reason=reason)
    lot = lock_rows(lot)
    audit.advance(
        lot, "take_back", actor=actor, reason=reason, parties=[lot.seller_id], set={"correction_due_at": None}
    )
    burdens.lift(lot, actor=actor, reason=reason)
    return lot


def on_decided(*, review, decision, actor) -> None:
    """Select, return for correction, or refuse; inside the decision's transaction."""
    lot = Lot.objects.get(pk=review.subject_id)
    data = {"reasons": list(decision.reasons)}
    if decision.outcome == RETURN:
        lot, fields = lock_rows(lot), {"correction_due_at": review.correction_due_at}
        parties = [lot.seller_id]
        audit.advance(lot, "return", actor=actor, reason=decision.text, data=data, parties=parties, set=fields)
        return
    if decision.outcome == REJECT:
        lot = lock_rows(lot)
        audit.advance(lot, "refuse", actor=actor, reason=decision.text, data=data, parties=[lot.seller_id])
        burdens.lift(lot, actor=actor, reason=decision.text)
        return
    _select(lot, actor, data)


def _select(lot: Lot, actor, data: dict) -> None:
    lot, season = lock_rows(lot, lot.season)
    if not season.permits("propose") and not season.permits("assign"):
        raise SeasonClosed(state=season.state_label)
    now = database_now()
    fields = {"selected_at": now, "number": lot.number or _next_number(season)}
    lot.number = fields["number"]  # the event is to be found by it
    audit.advance(lot, "select", actor=actor, data=data, parties=[lot.seller_id], set=fields, now=now)
    priority.notify(lot=lot, now=now)


def _next_number(season: Season) -> str:
    """The season's next number, "JSPA-2026S1-0031-4" (domain 3.9). The season's row is locked: no gaps, none twice."""
    n = season.next_lot
    season.next_lot = n + 1
    season.save(update_fields=["next_lot"])
    return numbering.with_check(f"{settings.KAIXU_PROVINCE_PREFIX}PA-{season.code}-{n:04d}")


def on_undone(*, review, actor, reason) -> None:
    """The selection is taken back while no session holds the lot. Raises AlreadyPublished."""
    lot = lock_rows(Lot.objects.get(pk=review.subject_id))
    if lot.state != LotState.SELECTED or lot.session_id is not None:
        raise AlreadyPublished()
    audit.advance(lot, "undo_selection", actor=actor, reason=reason, parties=[lot.seller_id])


def on_lapsed(*, review) -> None:
    """No correction came in time."""
    lot = lock_rows(Lot.objects.get(pk=review.subject_id))
    if lot.state == LotState.RETURNED:
        audit.advance(lot, "lapse", actor=CLOCK, parties=[lot.seller_id])
        burdens.lift(lot, actor=CLOCK)
