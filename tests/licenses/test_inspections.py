"""Inspections of the licensee's books: findings, the cost above five percent, and the charge."""

import io
from datetime import date

import pytest
from django.db import IntegrityError, transaction
from PIL import Image

from foundation.core import clock
from foundation.core.clock import end_of_local_day, start_of_local_day
from foundation.core.errors import Invalid, NotAllowed, NotPossibleNow
from foundation.core.money import Money
from licenses.models import InspectionFinding
from licenses.presentation import inspections as inspection_pages
from licenses.presentation import royalties as royalty_pages
from licenses.royalty_lifecycle import InspectionState
from licenses.services import findings, inspections
from tests.factories import accounts
from tests.factories import royalties as make

pytestmark = pytest.mark.django_db
TODAY, DAY = date(2026, 5, 6), date(2026, 5, 18)


def png() -> bytes:
    kept = io.BytesIO()
    Image.new("RGB", (1, 1)).save(kept, "PNG")
    return kept.getvalue()


class Upload:
    name = "report.png"

    def read(self):
        return png()


def announced(row=None, **changes):
    row = row or make.accepted_period("1000000.00")
    said = {"inspector": "天衡会计师事务所", "inspects_on": DAY, "reason": "核对账册。", **changes}
    said.setdefault("actor", make.manager(row.license))
    with clock.at(start_of_local_day(TODAY)):
        return inspections.announce(license=row.license, **said)


def found(amount: str, cost: str = "8000.00", inspection=None):
    inspection = inspection or announced()
    row = inspections.accepted_periods(inspection)[0]
    with clock.at(start_of_local_day(DAY)):
        return inspections.record_findings(
            inspection=inspection,
            found={row.pk: Money.parse(amount)},
            summary="账册与申报核对结果。",
            cost=Money.parse(cost),
            upload=Upload(),
            actor=make.manager(inspection.license),
        )


def agreed(inspection):
    with clock.at(start_of_local_day(DAY)):
        return findings.agree(inspection=inspection, actor=make.user(inspection.license))


def test_a_shortfall_of_six_percent_is_charged_with_the_cost():
    done = agreed(found("1063830.00"))  # 30,000.00 were due by the report, 31,914.90 by the books
    assert done.shortfall == Money(1_914_90)
    assert done.obligation.amount == Money(1_914_90)
    assert done.cost_obligation.amount == Money(8_000_00)
    assert done.obligation.due_at == end_of_local_day(date(2026, 6, 2))
    assert done.state == InspectionState.CONCLUDED


def test_a_shortfall_below_five_percent_leaves_the_cost_with_the_licensor():
    done = agreed(found("1052631.00"))  # 31,578.93 due, 1,578.93 short
    assert done.shortfall == Money(1_578_93)
    assert (done.cost_is_licensees, done.cost_obligation) == (False, None)


def test_books_below_the_report_charge_nothing():
    done = agreed(found("900000.00"))
    assert (done.shortfall, done.obligation, done.cost_obligation) == (Money(0), None, None)


def test_a_second_inspection_charges_only_what_the_first_did_not():
    first = agreed(found("1063830.00"))
    second = announced(make.period(first.license))
    done = agreed(found("1100000.00", inspection=second))
    assert done.shortfall == Money(33_000_00 - 31_914_90)


def test_disputed_findings_charge_nothing_until_they_are_agreed_to():
    inspection = found("1063830.00")
    inspection = inspections.dispute(
        inspection=inspection, reason="样品不属于销售。", actor=make.user(inspection.license)
    )
    assert (inspection.state, inspection.obligation) == (InspectionState.DISPUTED, None)
    assert agreed(inspection).obligation.amount == Money(1_914_90)


def test_an_inspection_may_be_called_off_and_then_another_announced():
    inspection = announced()
    with pytest.raises(inspections.InspectionOpen):
        announced(make.period(inspection.license))
    inspections.call_off(inspection=inspection, reason="另行安排。", actor=make.manager(inspection.license))
    assert announced(make.period(inspection.license)).pk != inspection.pk


def test_findings_are_recorded_once_and_never_changed():
    inspection = found("1063830.00")
    with pytest.raises(NotPossibleNow):
        found("1.00", inspection=inspection)
    with pytest.raises(IntegrityError), transaction.atomic():
        InspectionFinding.objects.update(found_fen=1)


def test_inspections_need_the_right_a_report_notice_and_the_licensor():
    with pytest.raises(inspections.NoInspectionRight):
        announced(make.accepted_period(royalty_audit_right=False))
    with pytest.raises(inspections.NoInspectionRight):
        announced(make.reported_period())
    row = make.accepted_period()
    with pytest.raises(Invalid) as refusal:
        announced(row, inspects_on=date(2026, 5, 10))
    assert refusal.value.field == "inspects_on"
    with pytest.raises(NotAllowed):
        announced(row, actor=make.user(row.license))


def test_findings_need_an_accepted_period_of_this_license():
    inspection = announced()
    other = make.accepted_period()
    with pytest.raises(Invalid):
        inspections.record_findings(
            inspection=inspection, found={other.pk: Money(1)}, summary="x", cost=Money(0), upload=Upload(),
            actor=make.manager(inspection.license),
        )  # fmt: skip


def test_the_licensee_answers_the_licensor_calls_off():
    inspection = found("1063830.00")
    licensor, licensee = make.manager(inspection.license), make.user(inspection.license)
    for act in (
        lambda: findings.agree(inspection=inspection, actor=licensor),
        lambda: inspections.dispute(inspection=inspection, reason="x", actor=licensor),
        lambda: inspections.call_off(inspection=inspection, reason="x", actor=licensee),
    ):
        with pytest.raises(NotAllowed):
            act()


def test_payments_are_links_for_those_only_who_may_see_the_money():
    inspection = agreed(found("1234567.89"))
    row, period = inspection.license, inspection.findings.first().period
    number = period.obligation.number
    manager, auditor = make.manager(row), accounts.member("auditor")
    for who, may in ((manager, True), (auditor, True), (accounts.officer(), False), (accounts.patentee(), False)):
        for facts in (royalty_pages.facts(period, who), inspection_pages.facts(inspection, who)):
            links = [fact.get("url", "") for fact in facts]
            assert any("/finance/obligations/" in link for link in links) is may
        assert number in [fact["value"] for fact in royalty_pages.facts(period, who)]
