"""One inspection of a licensee's books in the demo, with findings that the licensee has to answer."""

from datetime import datetime, timedelta

from foundation.core import clock
from foundation.core.clock import local_date
from foundation.core.money import Money
from licenses.models import RoyaltyInspection, RoyaltyPeriod
from licenses.royalty_lifecycle import ACCEPTED
from licenses.services import inspections
from local.demo import register
from local.demo.books import office

DAY = timedelta(days=1)
INSPECTOR, COST = "江海天衡会计师事务所（演示）", Money(8_000_00)
SUMMARY = "抽查三个月的销售台账与发票，第二批发货未计入申报；已由被许可人财务负责人签收工作底稿。"


def tell(now: datetime) -> RoyaltyInspection | None:
    """Announced where a report was accepted; with findings where that is long enough ago."""
    accepted = RoyaltyPeriod.objects.filter(state__in=ACCEPTED, base_fen__gt=0, license__state="effective")
    period = accepted.select_related("license").order_by("accepted_at", "pk").first()
    if period is None:
        return None
    license, since = period.license, max(period.accepted_at + timedelta(hours=6), now - 14 * DAY)
    manager = office.acting_for(license.licensor)
    visit = since + 8 * DAY
    with clock.at(since):
        inspection = inspections.announce(
            license=license,
            inspector=INSPECTOR,
            inspects_on=local_date(visit),
            reason="核对首期提成报告。",
            actor=manager,
        )
    if visit + DAY > now:
        return inspection
    found = Money(period.base_fen + period.base_fen * 9 // 100)
    paper = register.paper(["REPORT ON THE INSPECTION OF BOOKS (DEMO, FICTIONAL)", license.number])
    with clock.at(visit + DAY):
        return inspections.record_findings(
            inspection=inspection, found={period.pk: found}, summary=SUMMARY, cost=COST, upload=paper, actor=manager
        )
