"""Inspecting the licensee's books: announced, findings beside what was reported, agreed to or disputed.

Civil Code Art. 846 lets the parties agree on such a right; the terms say whether they did.
"""

from collections.abc import Mapping
from datetime import date, timedelta

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from foundation import audit
from foundation.core import numbering
from foundation.core.clock import database_now, local_date
from foundation.core.errors import DomainError, Invalid, NotAllowed, NotPossibleNow
from foundation.core.locking import lock_rows
from foundation.core.money import Money
from foundation.documents import services as documents
from licenses import rules_licenses
from licenses.models import InspectionFinding, License, RoyaltyInspection, RoyaltyPeriod
from licenses.royalty_lifecycle import ACCEPTED
from licenses.services.findings import shortfall_of
from licenses.services.royalty_periods import deadline, royalty_rules

NOTICE_DAYS, ANSWER_DAYS = 5, 15
BASIS_POINTS = 10_000


class NoInspectionRight(DomainError):
    """The terms give no such right, or nothing was reported yet."""

    code = "no_inspection_right"
    message = _("The terms of this license give no right to inspect the books, or no report was accepted yet.")


class InspectionOpen(DomainError):
    """One at a time."""

    code = "inspection_open"
    message = _("An inspection is under way already.")


@transaction.atomic
def announce(*, license: License, inspector: str, inspects_on: date, reason: str, actor) -> RoyaltyInspection:
    """Announce an inspection at least five days ahead.

    Raises NotAllowed, NoInspectionRight, InspectionOpen, Invalid (too soon).
    """
    if not rules_licenses.is_licensor(actor, license):
        raise NotAllowed()
    license = lock_rows(license)
    rules = royalty_rules(license)
    if rules is None or not rules.audit_right or not license.royalty_periods.filter(state__in=ACCEPTED).exists():
        raise NoInspectionRight()
    now = database_now()
    earliest = local_date(now) + timedelta(days=NOTICE_DAYS)
    if inspects_on < earliest:
        raise Invalid(_("Announce it at least five days ahead: not before {day}."), field="inspects_on", day=earliest)
    try:
        with transaction.atomic():
            inspection = RoyaltyInspection.objects.create(
                license=license,
                number=numbering.allocate("inspection", local_date(now).year),
                inspector=inspector,
                inspects_on=inspects_on,
                reason=reason,
                announced_by_id=actor.user_id,
            )
    except IntegrityError as error:
        raise InspectionOpen() from error
    audit.record(
        "licenses.royaltyinspection.announced",
        subject=inspection,
        actor=actor,
        reason=reason,
        parties=license.party_ids,
        now=now,
        data={"license": license.number, "day": inspects_on.isoformat()},
        after={"state": inspection.state},
    )
    return inspection


@transaction.atomic
def record_findings(
    *, inspection: RoyaltyInspection, found: Mapping[int, Money], summary: str, cost: Money, upload, actor
) -> RoyaltyInspection:
    """Put the findings on the table: the base the books show for each period ({period id: amount}), the inspector's
    paper and the cost.

    The shortfall is worked out over all accepted periods of the license; where it is more than the agreed share of what
    was due (settings.KAIXU_INSPECTION_COST_BP), the licensee bears the cost. Raises NotAllowed, NotPossibleNow,
    Invalid, uploads.FileRefused.
    """
    if not rules_licenses.is_licensor(actor, inspection):
        raise NotAllowed()
    license, inspection = lock_rows(inspection.license, inspection)
    _require(inspection, "find")
    periods = {period.pk: period for period in license.royalty_periods.filter(state__in=ACCEPTED)}
    if not found or set(found) - set(periods):
        raise Invalid(_("Enter what the books show for at least one accepted period."), field="found")
    now = database_now()
    for pk, amount in sorted(found.items()):
        InspectionFinding.objects.create(
            inspection=inspection, period_id=pk, reported_fen=periods[pk].base_fen, found_fen=amount.fen,
            reported_units=periods[pk].units, found_units=periods[pk].units,
        )  # fmt: skip
    shortfall, due = shortfall_of(license, inspection)
    too_much = shortfall.fen * BASIS_POINTS > due.fen * settings.KAIXU_INSPECTION_COST_BP
    file = documents.accept_upload(upload=upload, actor=actor, party_ids=license.party_ids)
    return audit.advance(
        inspection,
        "find",
        actor=actor,
        now=now,
        parties=license.party_ids,
        set={
            "summary": summary,
            "paper": file,
            "cost_fen": cost.fen,
            "shortfall_fen": shortfall.fen,
            "cost_is_licensees": bool(shortfall) and too_much,
            "found_at": now,
            "answer_due_at": deadline(local_date(now) + timedelta(days=ANSWER_DAYS)),
        },
        data={"license": license.number, "shortfall": shortfall, "cost": cost},
    )


@transaction.atomic
def dispute(*, inspection: RoyaltyInspection, reason: str, actor) -> RoyaltyInspection:
    """The licensee does not agree, with its reason; nothing is charged. Raises NotAllowed, NotPossibleNow, Invalid."""
    return _answer(inspection, "dispute", actor=actor, reason=reason, fields={"answer": reason})


@transaction.atomic
def call_off(*, inspection: RoyaltyInspection, reason: str, actor) -> RoyaltyInspection:
    """The licensor drops the inspection or its findings. Raises NotAllowed, NotPossibleNow, Invalid."""
    return _answer(inspection, "call_off", actor=actor, reason=reason, fields={})


def _answer(inspection, move, *, actor, reason, fields) -> RoyaltyInspection:
    if not reason.strip():
        raise Invalid(_("Give a reason."), field="reason")
    inspection = lock_rows(inspection)
    facts = {"license": inspection.license.number}
    return audit.advance(
        inspection, move, actor=actor, reason=reason, parties=inspection.party_ids, set=fields, data=facts
    )


def _require(inspection: RoyaltyInspection, verb: str) -> None:
    if not inspection.permits(verb):
        label = inspection.state_label
        raise NotPossibleNow(lifecycle=inspection.LIFECYCLE.name, state=inspection.state, move=verb, label=label)


def accepted_periods(inspection: RoyaltyInspection) -> list[RoyaltyPeriod]:
    """The periods an inspection may look at, oldest first."""
    return list(inspection.license.royalty_periods.filter(state__in=ACCEPTED).order_by("sequence"))
