"""An institution's part of an income: computed by its policy, confirmed by it, computed anew where needed."""

from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from foundation import audit
from foundation.core import numbering
from foundation.core.actors import SYSTEM, is_person
from foundation.core.clock import database_now, local_date
from foundation.core.crashes import crash_point
from foundation.core.errors import DomainError, Invalid, NotAllowed, NotPossibleNow, StateChanged
from foundation.core.locking import lock_rows
from foundation.core.money import Money
from foundation.core.text import clean_text
from settlement import chart, rules_income
from settlement.lifecycle_income import DISTRIBUTION, UNPAID, DistributionState
from settlement.models import Distribution, DistributionLine, Freeze, IncomePolicy, OwnerShare
from settlement.queries import income as incomes
from settlement.services import freezes, lines_of_income
from settlement.services.income_policies import NoInventors

LONGEST = 500


class PolicyMissing(DomainError):
    """The institution has laid down nothing for this day."""

    code = "policy_missing"
    message = _("There is no income policy for this day yet.")


def begin(*, share: OwnerShare) -> Distribution | None:
    """Compute the first distribution of a part, where its owner has a policy and the patent's inventors are known.

    Else None: `compute` does it later, when they are.
    """
    on = local_date(share.income.shared_at)
    policy = incomes.policy_of(share.organization_id, on)
    if policy is None or share.income.patent is None or not share.amount:
        return None
    try:
        return _make(share, policy, SYSTEM)
    except NoInventors:
        return None


@transaction.atomic
def compute(*, share: OwnerShare, actor: Any) -> Distribution:
    """Compute a part that waited for a policy or for inventors. A repeat returns the distribution that stands.

    Raises NotAllowed, PolicyMissing, NoInventors.
    """
    if not rules_income.manages_income(actor, share.organization_id):
        raise NotAllowed()
    share = lock_rows(share)
    standing = share.distributions.exclude(state=DistributionState.CANCELLED).first()
    if standing is not None:
        return standing
    policy = incomes.policy_of(share.organization_id, local_date(database_now()))
    if policy is None or share.income.patent is None:
        raise PolicyMissing()
    return _make(share, policy, actor)


@transaction.atomic
def recompute(*, distribution: Distribution, actor: Any, reason: str) -> Distribution:
    """Take a distribution back and compute it anew with today's policy, costs and agreement.

    Until the notice is over. Raises NotAllowed, NotPossibleNow, NoInventors.
    """
    distribution = lock_rows(distribution)
    if not distribution.permits("recompute"):
        label = distribution.state_label
        raise NotPossibleNow(lifecycle="distribution", state=distribution.state, move="recompute", label=label)
    _take_back(distribution, actor, reason)
    policy = incomes.policy_of(distribution.institution_id, local_date(database_now())) or distribution.policy
    return _make(distribution.share, policy, actor)


@transaction.atomic
def confirm(*, distribution: Distribution, actor: Any) -> Distribution:
    """The institution stands by the computation. Raises NotAllowed, NotPossibleNow."""
    distribution = lock_rows(distribution)
    return _advance(distribution, "confirm", actor, set={"confirmed_by_id": actor.user_id})


@transaction.atomic
def cancel(*, distribution: Distribution, actor: Any, reason: str) -> Distribution:
    """Take a distribution back before it is agreed, for example because the income was refunded.

    Its part of the money is free again. Raises NotAllowed, NotPossibleNow.
    """
    return _take_back(lock_rows(distribution), actor, reason)


@transaction.atomic
def cancel_for(*, obligation: Any, actor: Any, reason: str) -> int:
    """Take back what is not agreed of an obligation's income, before its money goes back to the payer; how many."""
    rows = Distribution.objects.filter(share__income__obligation=obligation, state__in=UNPAID).order_by("pk")
    return len([_take_back(lock_rows(one), actor, reason) for one in rows])


def _take_back(distribution: Distribution, actor: Any, reason: str) -> Distribution:
    text = clean_text(reason, LONGEST, multiline=True)
    if is_person(actor) and not text:
        raise Invalid(_("Write a sentence."), field="reason")
    freezes.lift_all(basis=distribution, actor=SYSTEM, reason="")
    return _advance(distribution, "cancel", actor, reason=text)


def _advance(distribution: Distribution, move: str, actor: Any, *, reason: str = "", set: dict | None = None):
    return audit.advance(
        distribution,
        move,
        actor=actor,
        reason=reason,
        data={"amount": distribution.income},
        parties=[distribution.institution_id],
        set=set,
    )


def _make(share: OwnerShare, policy: IncomePolicy, actor: Any) -> Distribution:
    """The distribution with its lines; the part of inventors is frozen where the platform will pay them."""
    now = database_now()
    shared = lines_of_income.share_out(share, policy)
    total = sum((line.amount for line in shared.lines if line.is_for_inventor), Money(0, share.currency))
    delegated = policy.delegates_payout and bool(total) and total <= _free(share)
    try:
        with transaction.atomic():
            made = Distribution.objects.create(
                number=numbering.allocate("distribution", local_date(now).year),
                share=share,
                institution_id=share.organization_id,
                policy=policy,
                patent=share.income.patent,
                income_fen=share.amount_fen,
                net_fen=shared.net.fen,
                currency=share.currency,
                delegated=delegated,
                received_on=lines_of_income.day_of(share),
            )
    except IntegrityError as error:
        raise StateChanged() from error
    for line in shared.lines:
        line.distribution = made
    DistributionLine.objects.bulk_create(shared.lines)
    crash_point("settlement.distribution.computed")
    if delegated:
        place = {"account": chart.PAYABLE, "party": share.organization_id, "ref": share.income.obligation}
        freezes.place(**place, amount=total, kind=Freeze.Kind.DISTRIBUTION, basis=made, actor=SYSTEM)
    audit.record(
        "settlement.distribution.computed",
        subject=made,
        actor=actor,
        data={"amount": made.income, "net": made.net, "inventors": total, "policy": policy.version},
        parties=[share.organization_id],
        after={"state": str(DISTRIBUTION.initial)},
        now=now,
    )
    return made


def _free(share: OwnerShare) -> Money:
    """What lies there for the institution from this income and is not frozen."""
    place = {"account": chart.PAYABLE, "party": share.organization_id, "ref": share.income.obligation}
    return freezes.available(**place, currency=share.currency)
