"""What can be asked about royalties. What was sold is for the two sides, finance and the auditor only."""

from datetime import datetime, timedelta

from django.db.models import Q, QuerySet

from accounts import rules as account_rules
from foundation.core.clock import local_date
from licenses.lifecycle import ACTIVE
from licenses.models import License, ReportLine, ReportPaper, RoyaltyInspection, RoyaltyPeriod, RoyaltyReport
from licenses.pricing import WITH_ROYALTY
from licenses.royalty_lifecycle import PeriodState
from settlement import rules as money_rules

RELATED = ("license__patent", "license__licensor", "license__licensee", "license__terms_version", "obligation")
REMIND_AHEAD = timedelta(days=8)  # a deadline is the end of its day


def visible_to(membership) -> QuerySet[RoyaltyPeriod]:
    """Periods of the own organization's licenses, either side, for those who may see money; finance and auditor all."""
    return RoyaltyPeriod.objects.filter(_seen_by(membership)).select_related(*RELATED)


def granted_by(membership) -> QuerySet[RoyaltyPeriod]:
    """Of those, the periods of licenses that the membership's organization granted."""
    return visible_to(membership).filter(license__licensor=membership.organization_id)


def taken_by(membership) -> QuerySet[RoyaltyPeriod]:
    """Of those, the periods of licenses that it took."""
    return visible_to(membership).filter(license__licensee=membership.organization_id)


def inspections_visible_to(membership) -> QuerySet[RoyaltyInspection]:
    """Inspections, for the same people."""
    found = RoyaltyInspection.objects.filter(_seen_by(membership))
    return found.select_related(
        "license__patent", "license__licensor", "license__licensee", "license__terms_version", "obligation",
        "cost_obligation", "paper",
    )  # fmt: skip


def _seen_by(membership) -> Q:
    if money_rules.sees_all(membership):
        return Q()
    if not account_rules.can(membership, "see_money"):
        return Q(pk=None)
    own = membership.organization_id
    return Q(license__licensor=own) | Q(license__licensee=own)


def drafts_of(membership) -> QuerySet[RoyaltyReport]:
    """Reports in preparation of the membership's organization."""
    return RoyaltyReport.objects.filter(
        reported_at=None, period__license__licensee=membership.organization_id
    ).select_related("period__license__patent", "period__license__terms_version", "period__license__licensee")


def draft_lines_of(membership) -> QuerySet[ReportLine]:
    """Lines of those reports."""
    return ReportLine.objects.filter(report__in=drafts_of(membership)).select_related("report__period__license")


def draft_papers_of(membership) -> QuerySet[ReportPaper]:
    """Papers of those reports."""
    return ReportPaper.objects.filter(report__in=drafts_of(membership)).select_related("report__period__license")


def sent_reports(period: RoyaltyPeriod) -> list[RoyaltyReport]:
    """The versions that were sent, newest first, with their lines, papers and remarks."""
    sent = period.reports.exclude(reported_at=None)
    return list(sent.prefetch_related("lines__remarks", "papers__file", "remarks"))


def latest_report(period: RoyaltyPeriod) -> RoyaltyReport | None:
    """The version that counts."""
    return next(iter(sent_reports(period)), None)


def draft_report(period: RoyaltyPeriod) -> RoyaltyReport | None:
    """The one in preparation."""
    return period.reports.filter(reported_at=None).first()


def without_period(now: datetime) -> QuerySet[License]:
    """Licenses with a royalty in force that have no period for today (Asia/Shanghai) yet."""
    today = local_date(now)
    running = RoyaltyPeriod.objects.filter(starts_on__lte=today, ends_on__gte=today)
    return License.objects.filter(
        state__in=ACTIVE, terms_version__method__in=[str(method) for method in WITH_ROYALTY], starts_on__lte=today,
        ends_on__gte=today,
    ).exclude(pk__in=running.values("license"))  # fmt: skip


def over(now: datetime) -> QuerySet[RoyaltyPeriod]:
    """Running periods whose last day is past."""
    return RoyaltyPeriod.objects.filter(state=PeriodState.RUNNING, ends_on__lt=local_date(now))


def missed(now: datetime) -> QuerySet[RoyaltyPeriod]:
    """Periods whose report or payment is late and not noted as such."""
    return RoyaltyPeriod.objects.filter(
        Q(state=PeriodState.REPORT_DUE, report_due_at__lte=now) | Q(state=PeriodState.PAYMENT_DUE, pay_due_at__lte=now)
    )


def unanswered(now: datetime) -> QuerySet[RoyaltyPeriod]:
    """Reports that the licensor let pass."""
    return RoyaltyPeriod.objects.filter(state=PeriodState.REPORTED, answer_due_at__lte=now)


def to_remind(now: datetime) -> QuerySet[RoyaltyPeriod]:
    """Periods whose report is due soon or overdue."""
    return RoyaltyPeriod.objects.filter(
        state__in=(PeriodState.REPORT_DUE, PeriodState.REPORT_LATE), report_due_at__lte=now + REMIND_AHEAD,
        reminded__lt=5,
    )  # fmt: skip
