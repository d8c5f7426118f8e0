"""The report of a period in preparation: lines, papers, or the statement that nothing was sold."""

from decimal import Decimal

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from foundation.core.errors import DomainError, Invalid, NotAllowed, NotPossibleNow, StateChanged
from foundation.core.locking import lock_rows
from foundation.core.money import Money, round_half_up
from foundation.documents import services as documents
from licenses import rules_licenses
from licenses.models import ReportLine, ReportPaper, RoyaltyPeriod, RoyaltyReport
from licenses.pricing import Base
from licenses.royalty_lifecycle import PeriodState

MOST_LINES, MOST_PAPERS = 500, 20
LARGEST_FEN = 10**15
NO_MONEY = Money(0)
COPIED = (
    "position", "product", "model", "quantity", "unit_price_fen", "sales_fen", "returns_fen", "discounts_fen",
    "apart_fen", "costs_fen", "base_fen",
)  # fmt: skip


class TooManyRows(DomainError):
    """More lines or papers than a report holds."""

    code = "too_many_rows"
    message = _("A report holds at most {most} of these. Sum up.")


@transaction.atomic
def start_report(*, period: RoyaltyPeriod, actor) -> RoyaltyReport:
    """The draft of a period's report; a questioned one begins as a copy. Raises NotAllowed, NotPossibleNow."""
    if not rules_licenses.is_licensee(actor, period):
        raise NotAllowed()
    period = lock_rows(period)
    if not period.permits("report"):
        move, label = "report", period.state_label
        raise NotPossibleNow(lifecycle=period.LIFECYCLE.name, state=period.state, move=move, label=label)
    found = period.reports.filter(reported_at=None).first()
    return found or _draft_after(period, period.reports.first())


def _draft_after(period: RoyaltyPeriod, last: RoyaltyReport | None) -> RoyaltyReport:
    if last is None:
        return RoyaltyReport.objects.create(period=period, version=1)
    kept = {"nothing_sold": last.nothing_sold, "remark": last.remark, "signatory": last.signatory}
    report = RoyaltyReport.objects.create(period=period, version=last.version + 1, **kept)
    if period.state == PeriodState.QUESTIONED:
        for line in last.lines.all():
            ReportLine.objects.create(report=report, **{name: getattr(line, name) for name in COPIED})
        for paper in last.papers.all():
            ReportPaper.objects.create(report=report, file=paper.file, note=paper.note)
    return report


def draft_of(report: RoyaltyReport, actor) -> RoyaltyReport:
    """The locked draft, if this actor writes it. Raises NotAllowed, StateChanged (it was sent meanwhile)."""
    if not rules_licenses.is_licensee(actor, report.period):
        raise NotAllowed()
    report = lock_rows(report)
    if report.reported_at is not None:
        raise StateChanged()
    return report


def line_amounts(*, rules, quantity: Decimal, unit_price: Money, returns, discounts, apart, costs) -> dict:
    """The amounts of one line in fen; sales are quantity x unit price, rounded half up to the fen.

    Raises Invalid where deductions exceed the sales or the amount is beyond any.
    """
    exact = quantity * unit_price.fen
    if exact > LARGEST_FEN:
        raise Invalid(_("This amount is too large."), field="unit_price")
    sales = round_half_up(exact)
    costs = costs if rules.base is Base.PROFIT else NO_MONEY
    deductions = {"returns_fen": returns.fen, "discounts_fen": discounts.fen, "apart_fen": apart.fen}
    if sum(deductions.values()) > sales:
        raise Invalid(_("The deductions are more than the sales of this line, {sales}."), field="returns", sales=Money(
            sales
        ))  # fmt: skip
    return {
        "quantity": quantity,
        "unit_price_fen": unit_price.fen,
        "sales_fen": sales,
        **deductions,
        "costs_fen": costs.fen,
        "base_fen": sales - sum(deductions.values()) - costs.fen,
    }


@transaction.atomic
def save_line(
    *,
    report: RoyaltyReport,
    actor,
    product: str,
    quantity: Decimal,
    unit_price: Money,
    model: str = "",
    returns: Money = NO_MONEY,
    discounts: Money = NO_MONEY,
    apart: Money = NO_MONEY,
    costs: Money = NO_MONEY,
    line: ReportLine | None = None,
) -> ReportLine:
    """Add a line to a draft, or write one anew. Raises NotAllowed, StateChanged, TooManyRows, Invalid."""
    report = draft_of(report, actor)
    amounts = line_amounts(
        rules=report.period.rules, quantity=quantity, unit_price=unit_price, returns=returns, discounts=discounts,
        apart=apart, costs=costs,
    )  # fmt: skip
    if report.nothing_sold:
        report.nothing_sold = False
        report.save(update_fields=["nothing_sold"])
    values = {"product": product, "model": model, **amounts}
    if line is not None:
        ReportLine.objects.filter(pk=line.pk, report=report).update(**values)
        line.refresh_from_db()
        return line
    place = (report.lines.aggregate(last=Max("position"))["last"] or 0) + 1
    if report.lines.count() >= MOST_LINES:
        raise TooManyRows(most=MOST_LINES)
    return ReportLine.objects.create(report=report, position=place, **values)


@transaction.atomic
def remove_line(*, line: ReportLine, actor) -> None:
    """Take a line out of a draft. Raises NotAllowed, StateChanged."""
    draft_of(line.report, actor)
    line.delete()


@transaction.atomic
def state_nothing_sold(*, report: RoyaltyReport, actor) -> RoyaltyReport:
    """Report zero: lines that were begun go. Raises NotAllowed, StateChanged."""
    report = draft_of(report, actor)
    report.lines.all().delete()
    report.nothing_sold = True
    report.save(update_fields=["nothing_sold"])
    return report


@transaction.atomic
def add_paper(*, report: RoyaltyReport, upload, actor, note: str = "") -> ReportPaper:
    """Attach a file that both sides may read. Raises NotAllowed, StateChanged, TooManyRows, uploads.FileRefused."""
    report = draft_of(report, actor)
    if report.papers.count() >= MOST_PAPERS:
        raise TooManyRows(most=MOST_PAPERS)
    file = documents.accept_upload(upload=upload, actor=actor, party_ids=report.period.party_ids)
    return ReportPaper.objects.create(report=report, file=file, note=note)


@transaction.atomic
def remove_paper(*, paper: ReportPaper, actor) -> None:
    """Take a file out of a draft. Raises NotAllowed, StateChanged."""
    draft_of(paper.report, actor)
    paper.delete()
