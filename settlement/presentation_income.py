"""How income and its distribution are put on pages: rows, sentences, buttons; no rules."""

from collections.abc import Mapping
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext

from foundation.core.clock import local_date
from foundation.core.display import moment
from foundation.core.errors import DomainError
from foundation.core.marks import _
from foundation.core.money import Money
from settlement import presentation, rules_income, tax
from settlement.lifecycle_income import DISTRIBUTION
from settlement.models import Deduction, Distribution, DistributionLine, IncomePolicy, LineKind
from settlement.services import lines_of_income
from settlement.services.income_policies import percent

DATE = "%Y-%m-%d"
BUTTONS = {
    "recompute": _("Compute anew"),
    "answer": _("Answer the objection"),
}
# act: what it says above its form
TITLES = {
    "confirm": _("Confirm the distribution"),
    "publish": _("Open the notice period"),
    "recompute": _("Compute anew with today's policy, costs and shares"),
    "cancel": _("Take the distribution back"),
    "object": _("Object"),
    "answer": _("Answer the objection"),
    "pay": _("Note the payout"),
    "close": _("Close"),
}


def policy_initial(policy: IncomePolicy) -> dict:
    """The form filled with a version, to change what changes."""
    shares = {name: percent(getattr(policy, name)) for name in SHARES}
    kept = ("deducts", "double_return", "delegates_payout", "notice_workdays")
    return {**shares, **{name: getattr(policy, name) for name in kept}}


SHARES = {
    "inventors_bp": _("Inventors"),
    "department_bp": _("Department"),
    "institution_bp": _("Institution"),
    "manager_bp": _("Technology manager"),
}


def policy_rows(policy: IncomePolicy) -> list[dict]:
    """A version in words."""
    labels = dict(Deduction.choices)
    rows = [{"label": gettext(label), "value": f"{percent(getattr(policy, name))} %"} for name, label in SHARES.items()]
    taken = "、".join(str(labels[one]) for one in policy.deducts if one in labels)
    rows += [
        {"label": gettext("Taken from the income first"), "value": taken or "—"},
        {"label": gettext("Costs an inventor paid"), "value": _returned(policy)},
        {"label": gettext("Payout to the inventors"), "value": _paid_by(policy.delegates_payout)},
        {"label": gettext("Public notice in working days"), "value": policy.notice_workdays},
        {"label": gettext("Document"), "value": policy.source or "—"},
    ]
    return rows


def _returned(policy: IncomePolicy) -> str:
    return gettext("come back twice") if policy.double_return else gettext("do not come back")


def _paid_by(delegated: bool) -> str:
    return gettext("by the platform") if delegated else gettext("by the institution")


def inventors(patent, organization_id: int) -> list[dict]:
    """Who shares the income of a patent today, with the share shown in percent; nobody where none is known."""
    try:
        people, weights = lines_of_income.inventors_of(patent, organization_id)
    except DomainError:
        return []
    total = sum(weights)
    return [
        {"named": one, "share": f"{weight * 100 / total:.2f} %"} for one, weight in zip(people, weights, strict=True)
    ]


def facts(distribution: Distribution) -> list[dict]:
    """What a distribution is about."""
    obligation = distribution.share.income.obligation
    rows = [
        {"label": gettext("Patent"), "value": distribution.patent.title, "note": distribution.patent.display_number,
         "url": distribution.patent.get_absolute_url()},
        {"label": gettext("Payment"), "value": obligation.number,
         "url": reverse("settlement:obligation_detail", args=[obligation.number])},
        {"label": gettext("Received on"), "value": distribution.received_on.strftime(DATE)},
        {"label": gettext("Part of this owner"), "value": str(distribution.income)},
        {"label": gettext("Net income"), "value": str(distribution.net)},
        {"label": gettext("Policy"), "value": gettext("Version %(number)s") % {"number": distribution.policy.version}},
        {"label": gettext("Payout to the inventors"), "value": _paid_by(distribution.delegated)},
    ]  # fmt: skip
    registration = distribution.share.income.registration_number
    if registration:
        rows.append({"label": gettext("Contract registration"), "value": registration})
    if distribution.notice_until:
        rows.append({"label": gettext("Notice period"), "value": _period(distribution)})
    if distribution.payout_note:
        rows.append({"label": gettext("How it was paid"), "value": distribution.payout_note})
    return rows


def _period(distribution: Distribution) -> str:
    return gettext("%(first)s until %(last)s") % {
        "first": moment(distribution.notice_from),
        "last": moment(distribution.notice_until),
    }


def line_rows(distribution: Distribution) -> list[dict]:
    """Every part, with what it is of the net income."""
    lines = distribution.lines.select_related("cost").order_by("position")
    whole = sum(line.weight for line in lines if line.kind == LineKind.INVENTOR)
    return [
        {
            "line": line,
            "label": _label(line),
            "share": f"{line.weight * 100 / whole:.2f} %" if line.kind == LineKind.INVENTOR and whole else "",
            "amount": line.amount,
        }
        for line in lines
    ]


def _label(line: DistributionLine) -> str:
    if line.kind == LineKind.COST and line.cost_id:
        return line.cost.get_kind_display()
    return line.get_kind_display()


def inventor_row(line: DistributionLine) -> dict:
    """One's own part: state, amount, the tax hint, what can be done."""
    distribution = line.distribution
    award = line.kind == LineKind.INVENTOR
    return {
        "line": line,
        "distribution": distribution,
        "label": _label(line),
        "counted": wage_part(line) if award else None,
        "may_accept": distribution.permits("accept") and line.accepted_at is None,
        "looks": DISTRIBUTION.permits(distribution.state, "look"),
    }


def wage_part(line: DistributionLine) -> Money | None:
    """What of an award counts as wage income (Cai Shui [2018] 58); None where no rule holds."""
    try:
        return tax.counted_as_wage(line.amount, local_date(line.paid_at or line.distribution.created_at))
    except tax.NoTaxRule:
        return None


def objections(distribution: Distribution) -> list[dict]:
    """What was objected, and what the institution said; without names."""
    return [
        {"at": one.raised_at, "reason": one.reason, "answer": one.answer, "answered_at": one.answered_at,
         "upheld": one.upheld}
        for one in distribution.objections.order_by("pk")
    ]  # fmt: skip


def history(distribution: Distribution, membership) -> list[dict]:
    """What happened to it, for those who may see money; the notice shows no history."""
    if not rules_income.may_distribute(membership, distribution) and not presentation.rules.sees_all(membership):
        return []
    return presentation.history(distribution, membership)


def may_try(act: str, membership, distribution: Distribution) -> bool:
    """Whether somebody may do such a thing at all, whatever the state."""
    if act == "object":
        return rules_income.may_object(membership, distribution)
    return rules_income.may_distribute(membership, distribution)


def acts(distribution: Distribution, membership, table: Mapping, objection: Any, bound: Mapping) -> list[dict]:
    """The forms that are open to somebody now, the next step first."""
    moves = {move.name for move in DISTRIBUTION.moves_from(distribution.state)}
    open_now = moves | {verb for verb in ("recompute",) if distribution.permits(verb)}
    if objection is not None and distribution.permits("answer") and objection.raised_by_id != membership.user_id:
        open_now.add("answer")
    if distribution.delegated:
        open_now.discard("pay")
    return [
        {"act": act, "title": gettext(TITLES[act]), "form": bound.get(act) or table[act][0](),
         "url": reverse("settlement:distribution_act", args=[distribution.number, act]),
         "danger": act == "cancel", "fields": len(table[act][0]().visible_fields())}
        for act in table
        if act in open_now and may_try(act, membership, distribution)
    ]  # fmt: skip
