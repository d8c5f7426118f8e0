"""What the findings of an inspection cost, and asking for it."""

from datetime import timedelta

from django.db import transaction
from django.db.models import Sum

from foundation import audit
from foundation.core.actors import SYSTEM
from foundation.core.clock import database_now, local_date
from foundation.core.errors import NotAllowed
from foundation.core.locking import lock_rows
from foundation.core.money import Money
from foundation.core.refs import Ref
from licenses import rules_licenses
from licenses.models import InspectionFinding, License, RoyaltyInspection
from licenses.royalty_lifecycle import ACCEPTED, InspectionState
from licenses.royalty_pricing import chain
from licenses.services.royalty_answers import PURPOSE
from licenses.services.royalty_periods import deadline, royalty_rules
from licenses.services.royalty_sums import sales_of
from settlement import services as settlement

COST_PURPOSE = "license.inspection_cost"
PAY_DAYS = 15


def shortfall_of(license: License, inspection: RoyaltyInspection) -> tuple[Money, Money]:
    """How much more is owed with the findings, never below zero, and what was due by them in all.

    All accepted periods are worked out again in order: a period's royalty may depend on the ones before it. What an
    earlier inspection found and charged counts as it was agreed.
    """
    known = InspectionFinding.objects.filter(period__license=license, inspection__state=InspectionState.CONCLUDED)
    rows = [*known.order_by("inspection__found_at"), *inspection.findings.all()]
    found = {row.period_id: row.found_fen for row in rows}  # the latest word about each period
    periods = list(license.royalty_periods.filter(state__in=ACCEPTED).order_by("sequence"))
    sales = [sales_of(row, base_fen=found.get(row.pk, row.base_fen), units=row.units) for row in periods]
    due = sum(done.due_fen for done in chain(royalty_rules(license), sales))
    earlier = license.royalty_inspections.filter(state=InspectionState.CONCLUDED).aggregate(fen=Sum("shortfall_fen"))
    charged = sum(row.royalty_fen for row in periods) + int(earlier["fen"] or 0)
    return Money(max(0, due - charged)), Money(due)


@transaction.atomic
def agree(*, inspection: RoyaltyInspection, actor) -> RoyaltyInspection:
    """The licensee takes the findings: the shortfall falls due in fifteen days, with the cost where it bears that.

    Raises NotAllowed, NotPossibleNow.
    """
    if not rules_licenses.is_licensee(actor, inspection):
        raise NotAllowed()
    license, inspection = lock_rows(inspection.license, inspection)
    now = database_now()
    facts = {"license": license.number, "shortfall": inspection.shortfall, "cost": inspection.cost}
    inspection = audit.advance(inspection, "agree", actor=actor, now=now, parties=license.party_ids, data=facts)
    due_at = deadline(local_date(now) + timedelta(days=PAY_DAYS))
    if inspection.shortfall:
        inspection.obligation = _ask(inspection, PURPOSE, inspection.shortfall, due_at)
    if inspection.cost and inspection.cost_is_licensees:
        inspection.cost_obligation = _ask(inspection, COST_PURPOSE, inspection.cost, due_at)
    inspection.save(update_fields=["obligation", "cost_obligation"])
    return inspection


def _ask(inspection: RoyaltyInspection, purpose: str, amount: Money, due_at):
    license = inspection.license
    return settlement.open_obligation(
        purpose=purpose,
        ref=Ref.of(license),
        debtor=license.licensee,
        creditor=license.licensor,
        amount=amount,
        due_at=due_at,
        key=f"{purpose}:inspection:{inspection.pk}",
        label=f"{license.patent.title_zh_hans} {inspection.number}",
        actor=SYSTEM,
        late_ppm_a_day=royalty_rules(license).late_rate_per_day,
    )
