"""What waits for a member about royalties."""

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts import rules as account_rules
from foundation.core.display import day
from foundation.core.work import WorkItem
from licenses.queries import royalties
from licenses.royalty_lifecycle import TO_PAY, TO_REPORT, InspectionState, PeriodState

MOST = 50


def items_for(membership) -> list[WorkItem]:
    """Reports to write or correct, royalties to pay, reports to answer, findings to answer."""
    return [*_as_licensee(membership), *_as_licensor(membership)]


def _as_licensee(membership) -> list[WorkItem]:
    if not account_rules.can(membership, "take_license"):
        return []
    own = royalties.taken_by(membership)
    to_write = own.filter(state__in=(*TO_REPORT, PeriodState.QUESTIONED)).order_by("report_due_at")
    to_pay = own.filter(state__in=TO_PAY).order_by("pay_due_at")
    found = royalties.inspections_visible_to(membership).filter(
        license__licensee=membership.organization_id, state=InspectionState.FOUND
    )
    return [
        *[_to_report(period) for period in to_write[:MOST]],
        *[_to_pay(period) for period in to_pay[:MOST]],
        *[_findings(inspection) for inspection in found[:MOST]],
    ]


def _as_licensor(membership) -> list[WorkItem]:
    if not account_rules.can(membership, "declare"):
        return []
    own = royalties.granted_by(membership)
    return [_to_answer(period) for period in own.filter(state=PeriodState.REPORTED).order_by("answer_due_at")[:MOST]]


def days_of(period) -> str:
    """The days of a period, both included."""
    return _("%(start)s to %(end)s") % {"start": day(period.starts_on), "end": day(period.ends_on)}


def _to_report(period) -> WorkItem:
    questioned = period.state == PeriodState.QUESTIONED
    return WorkItem(
        kind=_("Royalty report to correct") if questioned else _("Royalty report to send"),
        title=period.license.patent.title,
        detail=f"{period.license.number}: {days_of(period)}",
        url=reverse("licenses:royalty_period", args=[period.number]),
        due_at=None if questioned else period.report_due_at,
        action=_("Correct") if questioned else _("Report"),
    )


def _to_pay(period) -> WorkItem:
    return WorkItem(
        kind=_("Royalty to pay"),
        title=period.license.patent.title,
        detail=f"{period.number}: {period.royalty}",
        url=reverse("settlement:obligation_detail", args=[period.obligation.number]),
        due_at=period.pay_due_at,
        action=_("Pay"),
    )


def _findings(inspection) -> WorkItem:
    return WorkItem(
        kind=_("Findings of an inspection to answer"),
        title=inspection.license.patent.title,
        detail=f"{inspection.number}: {inspection.shortfall}",
        url=reverse("licenses:inspection", args=[inspection.number]),
        due_at=inspection.answer_due_at,
        action=_("Answer"),
    )


def _to_answer(period) -> WorkItem:
    return WorkItem(
        kind=_("Royalty report to answer"),
        title=period.license.patent.title,
        detail=f"{period.license.licensee.display_name}: {days_of(period)}",
        url=reverse("licenses:royalty_period", args=[period.number]),
        due_at=period.answer_due_at,
        action=_("Answer"),
    )
