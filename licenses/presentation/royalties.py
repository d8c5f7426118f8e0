"""What the pages about royalties show."""

from datetime import timedelta
from decimal import Decimal

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts import rules as account_rules
from foundation.core.display import day, moment
from foundation.core.money import Money
from licenses import rules_licenses
from licenses.lifecycle import LicenseState
from licenses.presentation.sentences import percent
from licenses.pricing import BASE_LABELS, PERIOD_LABELS, Base
from licenses.queries import royalties
from licenses.royalty_lifecycle import TO_PAY, PeriodState
from licenses.work_royalties import days_of
from settlement import rules as money_rules

MOMENT = timedelta(microseconds=1)
MOST_SHOWN = 6
LATE_PARTS_PER_PERCENT = 10_000  # the late rate counts hundredths of a basis point


def period_rows(periods) -> list[dict]:
    """A table row a period."""
    return [
        {
            "period": period,
            "days": days_of(period),
            "url": reverse("licenses:royalty_period", args=[period.number]),
            "due_label": _due_label(period),
            "due_at": _due_at(period),
        }
        for period in periods
    ]


def _due_at(period):
    if period.state in (PeriodState.REPORT_DUE, PeriodState.REPORT_LATE, PeriodState.RUNNING):
        return period.report_due_at
    if period.state in TO_PAY:
        return period.pay_due_at
    return period.answer_due_at if period.state == PeriodState.REPORTED else None


def _due_label(period) -> str:
    if period.state in TO_PAY:
        return _("Pay by")
    return _("Answer by") if period.state == PeriodState.REPORTED else _("Report by")


def facts(period, membership) -> list[dict]:
    """The facts of a period; the payment is a link for those who may open it."""
    license = period.license
    rows = [
        {"label": _("License"), "value": license.number, "url": license_url(license), "note": license.patent.title},
        {"label": _("Licensor"), "value": license.licensor.display_name},
        {"label": _("Licensee"), "value": license.licensee.display_name},
        {"label": _("Days"), "value": days_of(period), "note": _short(period)},
        {"label": _("Report by"), "value": day(_last_day(period.report_due_at))},
        {"label": _("Pay by"), "value": day(_last_day(period.pay_due_at))},
    ]
    if period.accepted_at:
        rows.append({"label": _("Accepted"), "value": moment(period.accepted_at)})
    if period.paid_at:
        rows.append({"label": _("Paid"), "value": moment(period.paid_at)})
    if period.obligation_id:
        rows.append({"label": _("Payment and ledger"), **payment_link(period.obligation, membership)})
    return rows


def payment_link(obligation, membership) -> dict:
    """The number of a payment, with its address where one may see its money."""
    link = {"value": obligation.number}
    if money_rules.may_view(membership, obligation):
        link["url"] = reverse("settlement:obligation_detail", args=[obligation.number])
    return link


def _last_day(bound):
    return bound - MOMENT


def _short(period) -> str:
    if period.days == period.full_days:
        return ""
    return _("%(days)s of %(all)s days of the calendar period") % {"days": period.days, "all": period.full_days}


def license_url(license) -> str:
    """The license's page."""
    return reverse("licenses:license_detail", args=[license.number])


def terms_rows(license) -> list[dict]:
    """What the terms say about the royalty."""
    rules = license.terms_version.offer.royalty
    rows = [
        {"label": _("Royalty on"), "value": _(BASE_LABELS[rules.base])},
        {"label": _("How often it is reported"), "value": _(PERIOD_LABELS[rules.period])},
        {"label": _("Rate"), "value": " · ".join(tier_sentence(tier, rules.base) for tier in rules.tiers)},
    ]
    if rules.min_per_period_fen:
        note = _("Settled against the whole license year") if rules.true_up else ""
        rows.append(
            {"label": _("At least in each period"), "value": str(Money(rules.min_per_period_fen)), "note": note}
        )
    if rules.cap_total_fen is not None:
        rows.append({"label": _("At most in all"), "value": str(Money(rules.cap_total_fen))})
    late = f"{(Decimal(rules.late_rate_per_day) / LATE_PARTS_PER_PERCENT).normalize():f}%"
    rows += [
        {"label": _("Report and payment"), "value": _("%(report)s and %(pay)s days after the period") % {
            "report": rules.report_due_days, "pay": rules.pay_due_days
        }},
        {"label": _("When late"), "value": _("%(rate)s of the overdue amount a day") % {"rate": late}},
        {"label": _("Inspection of the books"), "value": _("Agreed") if rules.audit_right else _("Not agreed")},
    ]  # fmt: skip
    return rows


def tier_sentence(tier, base) -> str:
    """One step in words: "3%", "from ¥1,000,000.00: 2%", "years 1 to 2: 5%"."""
    rate = _("%(amount)s each") % {"amount": Money(tier.per_unit_fen)} if base is Base.UNITS else percent(tier.rate_bp)
    parts = []
    if tier.from_year > 1 or tier.to_year:
        parts.append(_years(tier))
    if tier.from_amount_fen:
        parts.append(_("above %(amount)s a year") % {"amount": Money(tier.from_amount_fen)})
    elif tier.to_amount_fen:
        parts.append(_("up to %(amount)s a year") % {"amount": Money(tier.to_amount_fen)})
    return _("%(when)s: %(rate)s") % {"when": ", ".join(parts), "rate": rate} if parts else rate


def _years(tier) -> str:
    if tier.to_year is None:
        return _("from year %(first)s") % {"first": tier.from_year}
    if tier.to_year == tier.from_year:
        return _("year %(first)s") % {"first": tier.from_year}
    return _("years %(first)s to %(last)s") % {"first": tier.from_year, "last": tier.to_year}


def calculation_rows(done, rules) -> list[dict]:
    """How the royalty came about, step by step."""
    rows = []
    for part in done.slices:
        if rules.base is Base.UNITS:
            label = _("%(units)s units at %(price)s") % {
                "units": f"{part.units.normalize():f}", "price": Money(part.per_unit_fen),
            }  # fmt: skip
        else:
            label = _("%(amount)s at %(rate)s") % {"amount": Money(part.of_fen), "rate": percent(part.rate_bp)}
        rows.append({"label": label, "value": f"¥{part.exact / 100:,.4f}", "number": True})
    rows.append({"label": _("Royalty, rounded once"), "value": str(Money(done.earned_fen)), "number": True})
    if done.minimum_fen:
        rows.append({"label": _("Minimum of the period"), "value": str(Money(done.minimum_fen)), "number": True})
    if done.true_up_fen:
        rows.append({"label": _("Settled against the license year"), "value": str(Money(done.true_up_fen)),
                     "number": True})  # fmt: skip
    if done.credit_used_fen:
        rows.append({"label": _("Credit from an earlier year"), "value": str(Money(-done.credit_used_fen)),
                     "number": True})  # fmt: skip
    if done.capped:
        rows.append({"label": _("Limited by the total"), "value": str(Money(rules.cap_total_fen)), "number": True})
    rows.append({"label": _("Owed"), "value": str(Money(done.due_fen)), "number": True})
    return rows


def period_actions(period, membership) -> list[dict]:
    """What the member can do about a period now."""
    found = []
    if period.permits("report") and rules_licenses.is_licensee(membership, period):
        label = _("Correct the report") if period.state == PeriodState.QUESTIONED else _("Write the report")
        found.append({"label": label, "url": reverse("licenses:royalty_report", args=[period.number]),
                      "tone": "primary"})  # fmt: skip
    if period.state in TO_PAY and period.license.licensee_id == membership.organization_id and account_rules.can(
        membership, "pay"
    ):  # fmt: skip
        url = reverse("settlement:obligation_detail", args=[period.obligation.number])
        found.append({"label": _("Pay the royalty"), "url": url, "tone": "primary"})
    if period.permits("answer") and rules_licenses.is_licensor(membership, period):
        accept, question = (reverse(f"licenses:royalty_{act}", args=[period.number]) for act in ("accept", "question"))
        found.append({"label": _("Accept the report"), "post": accept, "tone": "primary"})
        found.append({"label": _("Ask about it"), "url": question})
    return found


def title_of(period) -> str:
    """The heading of a period's pages."""
    return _("Royalty %(days)s") % {"days": days_of(period)}


def total_of(lines) -> Money:
    """The base of some lines together."""
    return Money(sum(line.base_fen for line in lines))


def license_actions(license, membership) -> list[dict]:
    """What the licensor can do about a license's royalties: demand, end for breach, inspect."""
    if not rules_licenses.is_licensor(membership, license):
        return []
    found = []
    if license.state == LicenseState.IN_DEFAULT and license.demanded_at is None:
        found.append(
            {"label": _("Demand what is late"), "url": reverse("licenses:license_demand", args=[license.number])}
        )
    if license.state == LicenseState.IN_DEFAULT and license.demanded_at is not None:
        url = reverse("licenses:license_breach", args=[license.number])
        found.append({"label": _("End the license for breach"), "url": url, "tone": "danger"})
    royalty = license.terms_version.offer.royalty
    if royalty and royalty.audit_right and license.royalty_periods.filter(accepted_at__isnull=False).exists():
        url = reverse("licenses:inspection_new", args=[license.number])
        found.append({"label": _("Announce an inspection of the books"), "url": url})
    return found


def summary(license, membership) -> dict | None:
    """The card on the license's page: the periods that need something, and the latest; None without a royalty."""
    periods = list(royalties.visible_to(membership).filter(license=license).order_by("-sequence")[:MOST_SHOWN])
    if not periods:
        return None
    return {"rows": period_rows(periods), "actions": license_actions(license, membership)}


def paper_rows(papers) -> list[dict]:
    """The files of a report for the file list."""
    return [
        {
            "name": paper.note or paper.file.original_name,
            "url": reverse("documents:file", args=[paper.file_id]),
            "size": paper.file.size,
            "sha256": paper.file.sha256,
            "pk": paper.pk,
        }
        for paper in papers
    ]
