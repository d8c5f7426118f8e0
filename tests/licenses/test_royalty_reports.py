"""Reporting sales: what is asked, what is refused, what can never change again."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from foundation.core import clock
from foundation.core.clock import end_of_local_day, start_of_local_day
from foundation.core.errors import Invalid, NotAllowed, NotPossibleNow, StateChanged
from foundation.core.money import Money
from foundation.documents.uploads import FileRefused
from licenses.models import ReportLine, RoyaltyPeriod, RoyaltyReport
from licenses.royalty_lifecycle import PeriodState
from licenses.services import royalty_answers, royalty_drafts, royalty_reports
from settlement.lifecycle import ObligationState
from tests.factories import accounts
from tests.factories import royalties as make

pytestmark = pytest.mark.django_db
NOON = start_of_local_day(date(2026, 4, 10))


def draft(row: RoyaltyPeriod) -> RoyaltyReport:
    return royalty_drafts.start_report(period=row, actor=make.user(row.license))


def send(report: RoyaltyReport, **changes) -> RoyaltyPeriod:
    report.refresh_from_db()
    said = {"signatory": make.SIGNATORY, "is_true": True, "actor": make.user(report.period.license), **changes}
    return royalty_reports.send_report(report=report, **said)


def test_worked_example_report_of_1234567_89_at_3_percent_is_37037_04():
    row = make.accepted_period("1234567.89")
    assert row.royalty == Money(3_703_704)
    assert row.state == PeriodState.PAYMENT_DUE
    assert row.obligation.amount == Money(3_703_704)
    assert row.obligation.due_at == end_of_local_day(date(2026, 5, 15))
    assert row.obligation.debtor_id == row.license.licensee_id


def test_net_sales_are_sales_less_returns_discounts_and_what_is_shown_apart():
    report = draft(make.due_period())
    kept = royalty_drafts.save_line(
        report=report,
        actor=make.user(report.period.license),
        product="储能电芯",
        quantity=Decimal("12.5"),
        unit_price=Money(33_33),
        returns=Money(10_00),
        discounts=Money(5_01),
        apart=Money(1_02),
        costs=Money(99_99),  # not counted: the royalty is on net sales
    )
    assert (kept.sales_fen, kept.base_fen, kept.costs_fen) == (416_63, 400_60, 0)


def test_deductions_above_the_sales_are_refused_beside_the_field():
    report = draft(make.due_period())
    with pytest.raises(Invalid) as refusal:
        royalty_drafts.save_line(
            report=report, actor=make.user(report.period.license), **make.line("10.00", returns=Money(10_01))
        )
    assert refusal.value.field == "returns"
    assert report.lines.count() == 0


def test_amounts_beyond_any_are_refused():
    report = draft(make.due_period())
    with pytest.raises(Invalid):
        royalty_drafts.save_line(
            report=report, actor=make.user(report.period.license), **make.line("9999999999.00", quantity=Decimal(10**9))
        )


def test_zero_report_is_required_and_settles_the_period_when_accepted():
    row = make.reported_period("0")
    report = row.reports.get()
    assert (report.nothing_sold, report.base) == (True, Money(0))
    done = royalty_answers.accept_report(period=row, actor=make.manager(row.license))
    assert (done.state, done.obligation) == (PeriodState.SETTLED, None)


def test_a_report_without_lines_or_statement_is_refused():
    report = draft(make.due_period())
    with pytest.raises(royalty_reports.ReportEmpty):
        send(report)


@pytest.mark.parametrize(("change", "field"), [({"is_true": False}, "is_true"), ({"signatory": " "}, "signatory")])
def test_a_report_without_statement_of_truth_or_signatory_is_refused(change, field):
    report = draft(make.due_period())
    royalty_drafts.state_nothing_sold(report=report, actor=make.user(report.period.license))
    with pytest.raises(Invalid) as refusal:
        send(report, **change)
    assert refusal.value.field == field


def test_a_second_start_finds_the_same_draft_and_lines_undo_the_zero_statement():
    row = make.due_period()
    report = draft(row)
    assert draft(row).pk == report.pk
    royalty_drafts.state_nothing_sold(report=report, actor=make.user(row.license))
    royalty_drafts.save_line(report=report, actor=make.user(row.license), **make.line())
    report.refresh_from_db()
    assert not report.nothing_sold


def test_only_the_licensee_reports_and_only_when_a_report_is_due():
    row = make.due_period()
    with pytest.raises(NotAllowed):
        royalty_drafts.start_report(period=row, actor=make.manager(row.license))
    with pytest.raises(NotAllowed):
        royalty_drafts.start_report(period=row, actor=accounts.licensee())
    with pytest.raises(NotPossibleNow):
        royalty_drafts.start_report(period=make.period(row.license, 2), actor=make.user(row.license))


def test_a_report_sent_twice_is_sent_once():
    report = draft(make.due_period())
    royalty_drafts.state_nothing_sold(report=report, actor=make.user(report.period.license))
    send(report)
    with pytest.raises(StateChanged):
        send(report)
    assert RoyaltyReport.objects.count() == 1


def test_what_was_sent_never_changes_whoever_tries():
    row = make.reported_period()
    report = row.reports.get()
    sold = report.lines.get()
    for statement in (
        lambda: RoyaltyReport.objects.filter(pk=report.pk).update(base_fen=1),
        lambda: ReportLine.objects.filter(pk=sold.pk).update(base_fen=1, sales_fen=1),
        lambda: ReportLine.objects.filter(pk=sold.pk).delete(),
        lambda: ReportLine.objects.create(
            report=report, position=2, product="x", quantity=1, unit_price_fen=1, sales_fen=1, base_fen=1
        ),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            statement()
    with pytest.raises(StateChanged):
        royalty_drafts.remove_line(line=sold, actor=make.user(row.license))


def test_papers_are_judged_by_content(tmp_path):
    class Upload:
        name = "book.pdf"

        def read(self):
            return b"MZ no pdf"

    report = draft(make.due_period())
    with pytest.raises(FileRefused):
        royalty_drafts.add_paper(report=report, upload=Upload(), actor=make.user(report.period.license))
    assert report.papers.count() == 0


def test_a_question_goes_back_with_remarks_and_the_correction_begins_as_a_copy():
    row = make.reported_period()
    first = row.reports.get()
    asked = royalty_answers.question_report(
        period=row,
        reason="请说明退货口径。",
        remarks={first.lines.get().pk: "单价与合同不符。"},
        actor=make.manager(row.license),
    )
    assert asked.state == PeriodState.QUESTIONED
    assert [remark.text for remark in first.remarks.all()] == ["请说明退货口径。", "单价与合同不符。"]
    second = draft(asked)
    assert (second.version, second.lines.get().sales_fen) == (2, 123_456_789)
    royalty_drafts.save_line(
        report=second, line=second.lines.get(), actor=make.user(row.license), **make.line("2000000.00")
    )
    sent = send(second)
    assert (sent.state, sent.reports.first().royalty) == (PeriodState.REPORTED, Money(6_000_000))
    assert first.lines.get().sales_fen == 123_456_789


def test_questions_need_a_reason_the_licensor_and_lines_of_this_report():
    row = make.reported_period()
    other = make.reported_period().reports.get().lines.get()
    for fields, error in (
        ({"reason": " ", "actor": make.manager(row.license)}, Invalid),
        ({"reason": "x", "actor": make.user(row.license)}, NotAllowed),
        ({"reason": "x", "actor": make.manager(row.license), "remarks": {other.pk: "y"}}, Invalid),
    ):
        with pytest.raises(error):
            royalty_answers.question_report(period=row, **fields)
    row.refresh_from_db()
    assert row.state == PeriodState.REPORTED


def test_accepting_twice_is_refused_and_owes_once():
    row = make.accepted_period()
    with pytest.raises(NotPossibleNow):
        royalty_answers.accept_report(period=row, actor=make.manager(row.license))
    assert row.obligation.state == ObligationState.OPEN


def test_the_licensee_cannot_accept_its_own_report():
    row = make.reported_period()
    with pytest.raises(NotAllowed):
        royalty_answers.accept_report(period=row, actor=make.user(row.license))


def test_a_late_acceptance_leaves_five_working_days_to_pay():
    row = make.reported_period()
    with clock.at(start_of_local_day(date(2026, 6, 1))):
        done = royalty_answers.accept_report(period=row, actor=make.manager(row.license))
    assert done.pay_due_at == done.obligation.due_at == end_of_local_day(date(2026, 6, 8))


def test_the_report_shows_its_royalty_and_the_api_way_equals_the_steps():
    row = make.reported_period("100.50")
    assert (row.reports.get().royalty, row.reports.get().signed_by_id) == (Money(302), make.user(row.license).user_id)
    assert len(row.reports.get().sha256) == 64
