"""What an institution lays down: policy, costs of a patent, the inventors' agreement. Rows are only added."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from foundation import audit
from foundation.core.clock import database_now, local_date
from foundation.core.errors import DomainError, Invalid, NotAllowed
from foundation.core.locking import lock_rows
from foundation.core.money import BASIS_POINTS, Money
from patents import queries as patents
from settlement import distribution, rules_income
from settlement.models import IncomePolicy, InventorAgreement, InventorShare, PatentCost
from settlement.queries import income

STATE_KINDS = ("university", "institute")
MOST_WORKDAYS = 120


class InventorsShareTooLow(DomainError):
    """Below the legal floor of state institutions (STA Art. 45)."""

    code, field = "inventors_share_too_low", "inventors_bp"
    message = _("In state institutions the inventors get at least half of the net income (STA Art. 45).")


class SharesNotWhole(DomainError):
    """Percentages that do not add up to the whole."""

    code = "shares_not_whole"
    message = _("The shares must add up to exactly 100 %; now they make {given} %.")


class NoInventors(DomainError):
    """Nobody to share with."""

    code = "no_inventors"
    message = _("Name at least one inventor.")


class PatentNotOwned(DomainError):
    """The institution owns no part of the patent."""

    code, field = "patent_not_owned", "patent"
    message = _("Your organization does not own this patent.")


@dataclass(frozen=True, slots=True)
class Named:
    """One inventor of an agreement: a name, the account if there is one, the share in basis points or None (equal)."""

    name: str
    user: Any = None
    share_bp: int | None = None


def percent(bp: int) -> str:
    """Basis points as people write them: 3333 is "33.33"."""
    return f"{bp // 100}.{bp % 100:02d}".rstrip("0").rstrip(".")


@transaction.atomic
def adopt_policy(*, institution: Any, actor: Any, valid_from: date, plan: Sequence[int], deducts: Iterable[str] = (),
                 double_return: bool = False, delegates_payout: bool = False, notice_workdays: int | None = None,
                 source: str = "") -> IncomePolicy:  # fmt: skip
    """Lay down a new version, valid from a day on (not before today, the first version excepted).

    ``plan`` is basis points of (inventors, department, institution, technology manager). Raises NotAllowed,
    SharesNotWhole, InventorsShareTooLow (universities and institutes, STA Art. 45), Invalid (date, notice).
    """
    _require(actor, institution)
    if min(plan) < 0 or sum(plan) != BASIS_POINTS:
        raise SharesNotWhole(given=percent(sum(plan)))
    if institution.kind in STATE_KINDS and plan[0] < distribution.LEGAL_FLOOR_BP:
        raise InventorsShareTooLow()
    least = settings.KAIXU_NOTICE_WORKDAYS
    days = least if notice_workdays is None else notice_workdays
    if not least <= days <= MOST_WORKDAYS:
        message = _("The notice lasts {least} to {most} working days.")
        raise Invalid(message, field="notice_workdays", least=least, most=MOST_WORKDAYS)
    lock_rows(institution)
    now = database_now()
    last = IncomePolicy.objects.filter(institution=institution).order_by("-version").first()
    if last is not None and valid_from < max(local_date(now), last.valid_from):
        raise Invalid(_("A new version is valid from today or a later day on."), field="valid_from")
    names = ("inventors_bp", "department_bp", "institution_bp", "manager_bp")
    policy = IncomePolicy.objects.create(
        institution=institution,
        version=last.version + 1 if last else 1,
        valid_from=valid_from,
        **dict(zip(names, plan, strict=True)),
        deducts=sorted(set(deducts)),
        double_return=double_return,
        delegates_payout=delegates_payout,
        notice_workdays=days,
        source=source[:200],
        made_by_id=actor.user_id,
        made_at=now,
    )
    facts = {"version": policy.version, "valid_from": valid_from, "plan": list(plan)}
    _record("settlement.income_policy.adopted", policy, actor, facts, now)
    return policy


@transaction.atomic
def note_cost(*, patent: Any, institution: Any, actor: Any, kind: str, amount: Money, paid_on: date,
              borne_by: str = "", borne_by_user: Any = None, note: str = "") -> PatentCost:  # fmt: skip
    """Note what was spent on a patent; ``borne_by`` names the inventor who paid, empty: the institution.

    Raises NotAllowed, PatentNotOwned, Invalid (a day to come).
    """
    _require(actor, institution, patent)
    now = database_now()
    if paid_on > local_date(now):
        raise Invalid(_("This day has not come yet."), field="paid_on")
    cost = PatentCost.objects.create(
        patent=patent,
        institution=institution,
        kind=kind,
        amount_fen=amount.fen,
        paid_on=paid_on,
        borne_by=borne_by[:100],
        borne_by_user=borne_by_user,
        note=note[:200],
        made_by_id=actor.user_id,
        made_at=now,
    )
    facts = {"amount": amount, "patent": patent.number, "by_inventor": cost.is_borne_by_inventor}
    _record("settlement.patent_cost.noted", cost, actor, facts, now)
    return cost


@transaction.atomic
def agree_shares(
    *, patent: Any, institution: Any, actor: Any, agreed_on: date, inventors: Sequence[Named]
) -> InventorAgreement:
    """Note a new version of who shares how: all without a share (equal parts), or shares that make exactly 100 %.

    Raises NotAllowed, PatentNotOwned, NoInventors, SharesNotWhole, Invalid (a name twice, a part without a share).
    """
    _require(actor, institution, patent)
    weights = weights_of(inventors)
    lock_rows(institution)
    now = database_now()
    if agreed_on > local_date(now):
        raise Invalid(_("This day has not come yet."), field="agreed_on")
    last = income.agreement_of(patent, institution.pk)
    agreement = InventorAgreement.objects.create(
        patent=patent,
        institution=institution,
        version=last.version + 1 if last else 1,
        agreed_on=agreed_on,
        made_by_id=actor.user_id,
        made_at=now,
    )
    InventorShare.objects.bulk_create(
        InventorShare(agreement=agreement, name=one.name[:100], user=one.user, weight=weight, position=place)
        for place, (one, weight) in enumerate(zip(inventors, weights, strict=True))
    )
    facts = {"patent": patent.number, "version": agreement.version, "weights": weights}
    _record("settlement.inventor_agreement.noted", agreement, actor, facts, now)
    return agreement


def weights_of(inventors: Sequence[Named]) -> list[int]:
    """Integer weights: 1 each where nobody has a share, else the basis points. Raises as `agree_shares`."""
    if not inventors:
        raise NoInventors()
    if len({(one.name, getattr(one.user, "pk", None)) for one in inventors}) < len(inventors):
        raise Invalid(_("The same inventor stands here twice."))
    given = [one.share_bp for one in inventors]
    if all(share is None for share in given):
        return [1] * len(given)
    weights = [share for share in given if share is not None]
    if len(weights) < len(given) or min(weights) <= 0:
        raise Invalid(_("Give every inventor a share, or none: then all share equally."))
    if sum(weights) != BASIS_POINTS:
        raise SharesNotWhole(given=percent(sum(weights)))
    return weights


def _require(actor: Any, institution: Any, patent: Any = None) -> None:
    if not rules_income.manages_income(actor, institution.pk):
        raise NotAllowed()
    if patent is not None and not patents.patents.owned_by(institution).filter(pk=patent.pk).exists():
        raise PatentNotOwned()


def _record(name: str, subject: Any, actor: Any, facts: dict, now: Any) -> None:
    audit.record(name, subject=subject, actor=actor, data=facts, parties=[subject.institution_id], now=now)
