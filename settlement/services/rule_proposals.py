"""Rules of tax and of own fees: proposed for a day ahead by one person of finance, laid down by another.

A rule that was laid down is never changed: the next one follows it from a day on.
"""

from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from foundation import audit
from foundation.core import numbering
from foundation.core.actors import SYSTEM
from foundation.core.clock import database_now, local_date
from foundation.core.errors import DomainError, Invalid, NotAllowed
from foundation.core.locking import lock_rows
from foundation.core.money import BASIS_POINTS, Money
from foundation.core.text import clean_text
from settlement import chart, rules
from settlement.lifecycle_rules import RuleState
from settlement.models import FeeRule, RuleProposal, TaxKind, TaxRule
from settlement.services import second_person

REVIEW = "settlement.rule"
LARGEST = Money(10**13)


class RuleThere(DomainError):
    """One rule a day."""

    code, field = "rule_there", "valid_from"
    message = _("There is a rule for this day already, or one is proposed.")


class DayHasCome(DomainError):
    """Nothing that was booked changes afterwards."""

    code = "day_has_come"
    message = _("The rule was to hold from {day} on, and that day has come. Refuse it and propose a later day.")


@transaction.atomic
def propose_rule(
    *,
    family: str,
    about: str,
    valid_from: date,
    rate_bp: int,
    source: str,
    actor: Any,
    key: str,
    valid_until: date | None = None,
    minimum: Money | None = None,
    cap: Money | None = None,
    exempt_reason: str = "",
) -> RuleProposal:
    """Propose a rate in basis points from a day ahead (Asia/Shanghai) on, once per ``key``; a second person decides.

    ``family`` is "tax" (``about`` a `TaxKind`) or "fee" (a purpose; ``minimum`` and ``cap`` of one fee). Raises
    NotAllowed, Invalid, RuleThere.
    """
    if not rules.may_settle(actor):
        raise NotAllowed()
    found = RuleProposal.objects.filter(key=key).first()
    if found is not None:
        return found
    now, source = database_now(), clean_text(source, 200)
    fee = family == RuleProposal.Family.FEE
    _check(fee, about, valid_from, valid_until, rate_bp, source, today=local_date(now))
    minimum, cap = _limits(minimum, cap) if fee else (Money(0), None)
    _require_free(fee, about, valid_from)
    row = RuleProposal.objects.create(
        number=numbering.allocate("rule", local_date(now).year),
        key=key,
        family=family,
        about=about,
        valid_from=valid_from,
        valid_until=None if fee else valid_until,
        rate_bp=rate_bp,
        minimum_fen=minimum.fen,
        cap_fen=None if cap is None else cap.fen,
        exempt_reason="" if fee else clean_text(exempt_reason, 200),
        source=source,
        made_by_id=actor.user_id,
    )
    audit.record(
        "settlement.ruleproposal.proposed", subject=row, actor=actor, visibility="private", data=_facts(row), now=now
    )
    title = f"{row.rate_bp / 100:g} % · {row.valid_from} · {row.source}"
    second_person.ask(kind=REVIEW, subject=row, title=title[:200], actor=actor)
    return row


def _check(fee: bool, about: str, first: date, last: date | None, rate_bp: int, source: str, *, today: date) -> None:  # noqa: PLR0917
    if about not in (chart.PURPOSES if fee else TaxKind.values):
        raise Invalid(_("Choose what the rule is about."), field="about")
    if first <= today:
        raise Invalid(_("A rule holds from a day ahead on, so that nothing booked changes."), field="valid_from")
    if not fee and last is not None and last < first:
        raise Invalid(_("The last day must not lie before the first."), field="valid_until")
    if not 0 <= rate_bp <= BASIS_POINTS:
        raise Invalid(_("The rate must lie between 0 and 100 percent."), field="rate_bp")
    if not source:
        raise Invalid(_("Name the law, the price list or the decision."), field="source")


def _limits(minimum: Money | None, cap: Money | None) -> tuple[Money, Money | None]:
    """The least and the most of one fee, where they fit each other."""
    minimum = minimum or Money(0)
    if cap is not None and cap < minimum:
        raise Invalid(_("The most must not be below the least."), field="cap")
    if max(minimum, cap or minimum) > LARGEST:
        raise Invalid(_("The amount is too large."), field="minimum" if minimum > LARGEST else "cap")
    return minimum, cap


def _require_free(fee: bool, about: str, day: date) -> None:
    named = {"purpose": about} if fee else {"kind": about}
    laid_down = (FeeRule if fee else TaxRule).objects.filter(valid_from=day, **named).exists()
    family = RuleProposal.Family.FEE if fee else RuleProposal.Family.TAX
    open_one = RuleProposal.objects.filter(family=family, about=about, valid_from=day, state=RuleState.PROPOSED)
    if laid_down or open_one.exists():
        raise RuleThere()


@transaction.atomic
def decide_rule(*, review: Any, decision: Any, actor: Any) -> None:
    """A second person decided (handler of approvals): laid down, or refused. Raises OwnWork, DayHasCome."""
    row = lock_rows(RuleProposal.objects.get(pk=review.subject_id))
    if row.state != RuleState.PROPOSED:
        return
    second_person.require_another(actor, row.made_by_id)
    told = {"actor": SYSTEM, "visibility": "private", "data": _facts(row)}
    if decision.outcome != "approve":
        audit.advance(row, "refuse", reason=decision.text, **told)
        return
    if row.valid_from <= local_date(database_now()):
        raise DayHasCome(day=row.valid_from.isoformat())
    _lay_down(row, actor.user_id)
    audit.advance(row, "lay_down", set={"approved_by_id": actor.user_id}, **told)


def _lay_down(row: RuleProposal, approver_id: int) -> None:
    facts = {"valid_from": row.valid_from, "rate_bp": row.rate_bp, "source": row.source}
    persons = {"made_by_id": row.made_by_id, "approved_by_id": approver_id}
    if row.family == RuleProposal.Family.FEE:
        limits = {"minimum_fen": row.minimum_fen, "cap_fen": row.cap_fen}
        FeeRule.objects.create(purpose=row.about, **facts, **persons, **limits)
        return
    TaxRule.objects.create(
        kind=row.about,
        valid_until=row.valid_until,
        exempt_reason=row.exempt_reason,
        needs_registration=row.about == TaxKind.VAT_EXEMPT,
        **facts,
        **persons,
    )


def _facts(row: RuleProposal) -> dict[str, Any]:
    return {"about": row.about, "rate": f"{row.rate_bp / 100:g} %", "day": row.valid_from}
