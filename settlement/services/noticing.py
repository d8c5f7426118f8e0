"""The public notice of a distribution inside the institution: objections, answers, the end, payout and closing."""

from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from foundation import audit
from foundation.core.actors import CLOCK, SYSTEM
from foundation.core.clock import database_now, local_date
from foundation.core.crashes import crash_point
from foundation.core.errors import DomainError, Invalid, NotAllowed, NotPossibleNow
from foundation.core.locking import lock_rows
from foundation.core.text import clean_text
from foundation.core.workdays import deadline_in_workdays, workdays_between
from settlement import chart, ledger, rules_income
from settlement.lifecycle_income import DistributionState
from settlement.models import Distribution, DistributionLine, DistributionObjection, LineKind
from settlement.services import distributing, freezes

LONGEST = 1000
LONGEST_NOTE = 200


class NoticeRuns(DomainError):
    """The notice is not over, or an objection is open."""

    code = "notice_runs"
    message = _("The notice is not over yet.")


class OwnObjection(DomainError):
    """Whoever objected cannot answer."""

    code = "own_objection"
    message = _("Somebody else has to answer your objection.")


class PaidByPlatform(DomainError):
    """The institution let the platform pay; it notes the payout by itself."""

    code = "paid_by_platform"
    message = _("The platform pays this distribution and notes it by itself.")


def _text(value: str, field: str, longest: int) -> str:
    text = clean_text(value, longest, multiline=longest > LONGEST_NOTE)
    if not text:
        raise Invalid(_("Write a sentence."), field=field)
    return text


def _require(distribution: Distribution, verb: str) -> None:
    if not distribution.permits(verb):
        label = distribution.state_label
        raise NotPossibleNow(lifecycle="distribution", state=distribution.state, move=verb, label=label)


def _advance(distribution: Distribution, move: str, actor: Any, **more: Any) -> Distribution:
    parties, data = [distribution.institution_id], {"amount": distribution.income}
    return audit.advance(distribution, move, actor=actor, data=data, parties=parties, **more)


@transaction.atomic
def publish(*, distribution: Distribution, actor: Any) -> Distribution:
    """Open the notice inside the institution, for the working days of the policy (at least 15 by default).

    Names, parts and technology are shown to the institution's members (the notice rules of Cai Shui [2018] 58).
    Raises NotAllowed, NotPossibleNow.
    """
    distribution = lock_rows(distribution)
    now = database_now()
    until = deadline_in_workdays(now, distribution.policy.notice_workdays)
    return _advance(distribution, "publish", actor, now=now, set={"notice_from": now, "notice_until": until})


@transaction.atomic
def accept_share(*, line: DistributionLine, actor: Any) -> DistributionLine:
    """An inventor agrees to the own part. A repeat changes nothing. Raises NotAllowed, NotPossibleNow."""
    distribution, line = lock_rows(line.distribution, line)
    if line.user_id is None or line.user_id != actor.user_id:
        raise NotAllowed()
    if line.accepted_at is not None:
        return line
    _require(distribution, "accept")
    line.accepted_at = database_now()
    line.save(update_fields=["accepted_at"])
    audit.record(
        "settlement.distribution.accepted",
        subject=distribution,
        actor=actor,
        data={"line": line.position},
        parties=[distribution.institution_id],
        now=line.accepted_at,
    )
    return line


@transaction.atomic
def object_to(*, distribution: Distribution, actor: Any, reason: str) -> DistributionObjection:
    """Somebody of the institution says during the notice that the distribution is wrong.

    The notice stands still until the institution answers. Raises NotAllowed, NotPossibleNow, Invalid (no reason).
    """
    distribution = lock_rows(distribution)
    if not rules_income.may_object(actor, distribution):
        raise NotAllowed()
    text = _text(reason, "reason", LONGEST)
    now = database_now()
    if not distribution.permits("object") or now >= distribution.notice_until:
        label = distribution.state_label
        raise NotPossibleNow(lifecycle="distribution", state=distribution.state, move="object", label=label)
    objection = DistributionObjection.objects.create(
        distribution=distribution, raised_by_id=actor.user_id, reason=text, raised_at=now
    )
    _advance(distribution, "object", actor, now=now)
    return objection


@transaction.atomic
def answer_objection(*, objection: DistributionObjection, actor: Any, upheld: bool, answer: str) -> Distribution:
    """The institution answers: upheld, the distribution is computed anew; else the rest of the notice goes on.

    Never whoever objected. Returns the distribution that stands. Raises NotAllowed, OwnObjection, NotPossibleNow.
    """
    distribution, objection = lock_rows(objection.distribution, objection)
    if not rules_income.may_distribute(actor, distribution):
        raise NotAllowed()
    if objection.raised_by_id == actor.user_id:
        raise OwnObjection()
    _require(distribution, "answer")
    now = database_now()
    objection.answer, objection.upheld = _text(answer, "answer", LONGEST), upheld
    objection.answered_at, objection.answered_by_id = now, actor.user_id
    objection.save(update_fields=["answer", "upheld", "answered_at", "answered_by_id"])
    if upheld:
        return distributing.recompute(distribution=distribution, actor=actor, reason=objection.answer)
    last_day = local_date(distribution.notice_until - timedelta(seconds=1))
    left = max(0, workdays_between(local_date(objection.raised_at), last_day))
    until = max(distribution.notice_until, deadline_in_workdays(now, left))
    return _advance(distribution, "dismiss", actor, now=now, set={"notice_until": until})


@transaction.atomic
def end_notice(*, distribution: Distribution) -> Distribution:
    """Nobody objects any more: the distribution is agreed. A repeat changes nothing. Raises NoticeRuns.

    Where the platform pays, the inventors' parts move to their own sub-accounts (2012) in the same transaction.
    """
    distribution = lock_rows(distribution)
    if distribution.state == DistributionState.AGREED:
        return distribution
    now = database_now()
    if distribution.state != DistributionState.NOTICE or now < distribution.notice_until:
        raise NoticeRuns()
    if distribution.delegated:
        _assign(distribution)
    crash_point("settlement.distribution.assigned")
    return _advance(distribution, "agree", CLOCK, now=now)


def _assign(distribution: Distribution) -> None:
    freezes.lift_all(basis=distribution, actor=SYSTEM)
    obligation, party = distribution.share.income.obligation, distribution.institution_id
    parts = [line for line in distribution.lines.all() if line.is_for_inventor and line.amount]
    total = sum((line.amount for line in parts), parts[0].amount * 0)
    ledger.post(
        kind="inventor_share_assigned",
        key=f"distribution:{distribution.pk}:assigned",
        lines=[
            ledger.debit(chart.PAYABLE, total, party=party, ref=obligation),
            *(ledger.credit(chart.PAYABLE_TO_INVENTORS, line.amount, party=party, ref=line) for line in parts),
        ],
        ref=distribution,
        actor=CLOCK,
    )


@transaction.atomic
def note_payout(*, distribution: Distribution, actor: Any, note: str) -> Distribution:
    """The institution has paid its inventors by itself. Raises NotAllowed, PaidByPlatform, NotPossibleNow, Invalid."""
    distribution = lock_rows(distribution)
    if not rules_income.may_distribute(actor, distribution):
        raise NotAllowed()
    if distribution.delegated:
        raise PaidByPlatform()
    text = _text(note, "note", LONGEST_NOTE)
    return _paid(distribution, actor, text)


@transaction.atomic
def finish_payout(*, distribution: Distribution) -> Distribution:
    """The platform has paid every inventor: their sub-accounts are empty. Else nothing changes."""
    distribution = lock_rows(distribution)
    if distribution.state != DistributionState.AGREED or not distribution.delegated:
        return distribution
    owed = [line for line in distribution.lines.all() if line.is_for_inventor and _unpaid(line)]
    return distribution if owed else _paid(distribution, CLOCK, "")


def _unpaid(line: DistributionLine) -> int:
    place = (chart.PAYABLE_TO_INVENTORS, line.currency, line._meta.label_lower, line.pk)
    return ledger.balance_fen(*place, line.distribution.institution_id)


def _paid(distribution: Distribution, actor: Any, note: str) -> Distribution:
    now = database_now()
    done = _advance(distribution, "pay", actor, now=now, set={"payout_note": note})
    rows = distribution.lines.exclude(kind__in=(LineKind.VAT, LineKind.STAMP, LineKind.COST))
    rows.update(paid_at=now)
    crash_point("settlement.distribution.paid")
    return done


@transaction.atomic
def close(*, distribution: Distribution, actor: Any) -> Distribution:
    """Nothing is left to do. Raises NotAllowed, NotPossibleNow."""
    return _advance(lock_rows(distribution), "close", actor)
