"""The lines of a distribution: taxes, costs, returns, inventors, department, institution, manager."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Sum

from accounts import queries as accounts
from foundation.core.clock import local_date
from foundation.core.locking import lock_rows
from foundation.core.money import Money
from settlement import distribution, tax
from settlement.lifecycle_income import DistributionState
from settlement.models import Deduction, DistributionLine, IncomePolicy, LineKind, OwnerShare, PatentCost
from settlement.queries import income as incomes
from settlement.services.income_policies import Named, NoInventors


@dataclass(frozen=True, slots=True)
class SharedOut:
    """Unsaved lines that make the income, and the net income they were shared from."""

    net: Money
    lines: list[DistributionLine]


def share_out(share: OwnerShare, policy: IncomePolicy) -> SharedOut:
    """Run the waterfall over an owner's part, with the costs of the patent locked. Raises NoInventors."""
    people, weights = inventors_of(share.income.patent, share.organization_id)
    costs = _locked_costs(share)
    used = _used(costs)
    taxes = _taxes(share, policy)
    shared = [cost for cost in costs if not cost.is_borne_by_inventor and cost.kind in policy.deducts]
    deducted = [cost for cost in shared if cost.amount_fen > used.get(cost.pk, 0)]
    borne = [cost for cost in costs if cost.is_borne_by_inventor and policy.double_return]
    owed = {cost: cost.amount * distribution.RETURNED_TIMES - Money(used.get(cost.pk, 0)) for cost in borne}
    owed = {cost: amount for cost, amount in owed.items() if amount > Money(0)}
    found = distribution.waterfall(
        share.amount,
        policy.plan,
        inventors=weights,
        deductions=[*taxes.values(), *(cost.amount - Money(used.get(cost.pk, 0)) for cost in deducted)],
        owed=list(owed.values()),
    )
    after = len(taxes)
    rows = [{"kind": kind, "amount": part} for kind, part in zip(taxes, found.deductions, strict=False)]
    rows += [_cost_row(cost, part) for cost, part in zip(deducted, found.deductions[after:], strict=True)]
    rows += [_return_row(cost, part) for cost, part in zip(owed, found.returns, strict=True)]
    for one, weight, part in zip(people, weights, found.inventors, strict=True):
        rows.append({"kind": LineKind.INVENTOR, "amount": part, "name": one.name, "user": one.user, "weight": weight})
    rows += [
        {"kind": LineKind.DEPARTMENT, "amount": found.department, "weight": policy.department_bp},
        {"kind": LineKind.INSTITUTION, "amount": found.institution, "weight": policy.institution_bp},
        {"kind": LineKind.MANAGER, "amount": found.manager, "weight": policy.manager_bp},
    ]
    return SharedOut(found.net, _lines(rows))


def inventors_of(patent, institution_id: int) -> tuple[list[Named], list[int]]:
    """Who shares, and with which weights: by the newest agreement, else the register's inventors equally.

    A name of the register belongs to an account where exactly one inventor of the institution has it. Raises
    NoInventors.
    """
    agreement = incomes.agreement_of(patent, institution_id)
    if agreement is not None:
        rows = list(agreement.shares.select_related("user"))
        return [Named(row.name, row.user) for row in rows], [row.weight for row in rows]
    if not patent.inventors:
        raise NoInventors()
    accounts_by_name: dict[str, list] = {}
    for member in accounts.members_of(institution_id).filter(role="inventor"):
        accounts_by_name.setdefault(member.user.name, []).append(member.user)
    people = []
    for name in patent.inventors:
        fitting = accounts_by_name.get(name, [])
        people.append(Named(str(name)[:100], fitting[0] if len(fitting) == 1 else None))
    return people, [1] * len(people)


def _locked_costs(share: OwnerShare) -> list[PatentCost]:
    """Locked, so that two distributions at once return no cost twice."""
    costs = list(incomes.costs_of(share.income.patent, share.organization_id))
    if not costs:
        return []
    locked = lock_rows(*costs)
    return [locked] if len(costs) == 1 else locked


def _used(costs: Sequence[PatentCost]) -> dict[int, int]:
    """What standing distributions deducted or returned of each cost, in fen."""
    rows = DistributionLine.objects.filter(cost__in=[cost.pk for cost in costs])
    rows = rows.exclude(distribution__state=DistributionState.CANCELLED)
    return {row["cost"]: int(row["fen"]) for row in rows.values("cost").annotate(fen=Sum("amount_fen")).order_by()}


def _taxes(share: OwnerShare, policy: IncomePolicy) -> dict[str, Money]:
    """VAT inside the income and stamp duty on it, where the policy deducts them."""
    on, amount = day_of(share), share.amount
    found = {}
    if Deduction.VAT in policy.deducts:
        registered = bool(share.income.registration_number)
        found[LineKind.VAT] = tax.vat_of(amount, on, registered=registered).vat
    if Deduction.STAMP in policy.deducts:
        found[LineKind.STAMP] = tax.stamp_duty(amount, on)
    return found


def day_of(share: OwnerShare) -> date:
    """The day in Shanghai on which the income was received: its tax rules count."""
    return local_date(share.income.obligation.paid_at or share.income.shared_at)


def _cost_row(cost: PatentCost, part: Money) -> dict:
    return {"kind": LineKind.COST, "amount": part, "name": "", "cost": cost}


def _return_row(cost: PatentCost, part: Money) -> dict:
    return {
        "kind": LineKind.RETURN,
        "amount": part,
        "name": cost.borne_by,
        "user": cost.borne_by_user,
        "cost": cost,
    }


def _lines(rows: list[dict]) -> list[DistributionLine]:
    """Rows of zero are left out, an inventor's own excepted."""
    kept = [row for row in rows if row["amount"] or row["kind"] == LineKind.INVENTOR]
    return [
        DistributionLine(
            position=place,
            amount_fen=row.pop("amount").fen,
            **{key: value for key, value in row.items() if value is not None},
        )
        for place, row in enumerate(kept, start=1)
    ]
