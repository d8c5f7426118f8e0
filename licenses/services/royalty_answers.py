"""The licensor's answer to a report: accepted, or questioned line by line; silence accepts by the clock."""

from collections.abc import Mapping

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from foundation import audit
from foundation.core.actors import CLOCK, SYSTEM, is_person
from foundation.core.clock import database_now, end_of_local_day, local_date
from foundation.core.errors import DomainError, Invalid, NotAllowed, NotPossibleNow
from foundation.core.locking import lock_rows
from foundation.core.money import Money
from foundation.core.refs import Ref
from foundation.core.workdays import add_workdays
from licenses import rules_licenses
from licenses.models import ReportRemark, RoyaltyPeriod
from licenses.royalty_lifecycle import ACCEPTED, PeriodState
from licenses.royalty_pricing import depends_on_earlier
from licenses.services.royalty_sums import calculation_of
from settlement import services as settlement

PURPOSE = "license.royalty"
WORKDAYS_TO_PAY = 5  # at least so many after the acceptance, where that came late


class EarlierPeriodOpen(DomainError):
    """Steps by amount, a yearly true-up or a cap need the earlier periods first."""

    code = "earlier_period_open"
    message = _("Period {number} comes first: what is owed here depends on it.")


def _require_reported(period: RoyaltyPeriod, move: str) -> None:
    if not period.permits("answer"):
        label = period.state_label
        raise NotPossibleNow(lifecycle=period.LIFECYCLE.name, state=period.state, move=move, label=label)


@transaction.atomic
def accept_report(*, period: RoyaltyPeriod, actor) -> RoyaltyPeriod:
    """Take the report as it stands: the royalty is worked out once more and falls due, or nothing is due.

    Due at the end of the agreed day, or of the fifth working day from now where that is later. ``actor`` is the
    licensor or the clock. Raises NotAllowed, NotPossibleNow, EarlierPeriodOpen.
    """
    if is_person(actor) and not rules_licenses.is_licensor(actor, period):
        raise NotAllowed()
    _license, period = lock_rows(period.license, period)  # one period of a license after the other
    _require_reported(period, "accept")
    if depends_on_earlier(period.rules):
        _require_earlier(period)
    now = database_now()
    report = period.reports.exclude(reported_at=None).first()
    done = calculation_of(period, base_fen=report.base_fen, units=report.units)
    owed = Money(done.due_fen)
    fields = {
        "accepted_at": now,
        "base_fen": report.base_fen,
        "units": report.units,
        "minimum_fen": done.minimum_fen,
        "charge_fen": done.charge_fen,
        "credit_fen": done.credit_left_fen,
        "royalty_fen": done.due_fen,
    }
    if owed:
        fields["pay_due_at"] = max(period.pay_due_at, _soonest(now))
        fields["obligation"] = _ask_for_payment(period, owed, fields["pay_due_at"])
    return audit.advance(
        period,
        "accept" if owed else "accept_nothing_due",
        actor=actor,
        now=now,
        parties=period.party_ids,
        set=fields,
        data={"license": period.license.number, "version": report.version, "base": report.base, "royalty": owed},
    )


def _require_earlier(period: RoyaltyPeriod) -> None:
    earlier = RoyaltyPeriod.objects.filter(license=period.license_id, sequence__lt=period.sequence)
    waiting = earlier.exclude(state__in=ACCEPTED).order_by("sequence").first()
    if waiting:
        raise EarlierPeriodOpen(number=waiting.number)


def _soonest(now):
    return end_of_local_day(add_workdays(local_date(now), WORKDAYS_TO_PAY))


def _ask_for_payment(period: RoyaltyPeriod, owed: Money, due_at):
    license = period.license
    days = f"{period.starts_on.isoformat()} – {period.ends_on.isoformat()}"
    return settlement.open_obligation(
        purpose=PURPOSE,
        ref=Ref.of(license),
        debtor=license.licensee,
        creditor=license.licensor,
        amount=owed,
        due_at=due_at,
        key=f"{PURPOSE}:{period.pk}",
        label=f"{license.patent.title_zh_hans} {days}",
        actor=SYSTEM,
        late_ppm_a_day=period.rules.late_rate_per_day,
    )


@transaction.atomic
def accept_silently(*, period: RoyaltyPeriod) -> bool:
    """The licensor did not answer in time: the report counts as accepted; False if that is not due (any more)."""
    _license, period = lock_rows(period.license, period)
    if period.state != PeriodState.REPORTED or database_now() < period.answer_due_at:
        return False
    accept_report(period=period, actor=CLOCK)
    return True


@transaction.atomic
def question_report(
    *, period: RoyaltyPeriod, reason: str, actor, remarks: Mapping[int, str] | None = None
) -> RoyaltyPeriod:
    """Send the report back with what is unclear, about the whole and about single lines ({line id: text}).

    Raises NotAllowed, NotPossibleNow, Invalid (no reason, a line of another report).
    """
    if not rules_licenses.is_licensor(actor, period):
        raise NotAllowed()
    if not reason.strip():
        raise Invalid(_("Say what is unclear."), field="reason")
    period = lock_rows(period)
    _require_reported(period, "question")
    now = database_now()
    report = period.reports.exclude(reported_at=None).first()
    about = {pk: text.strip() for pk, text in (remarks or {}).items() if text.strip()}
    if set(about) - set(report.lines.values_list("pk", flat=True)):
        raise Invalid(_("This line does not belong to the report."), field="remarks")
    ReportRemark.objects.create(report=report, text=reason.strip(), made_at=now)
    for pk, text in about.items():
        ReportRemark.objects.create(report=report, line_id=pk, text=text, made_at=now)
    return audit.advance(
        period,
        "question",
        actor=actor,
        now=now,
        reason=reason.strip(),
        parties=period.party_ids,
        set={"answer_due_at": None},
        data={"license": period.license.number, "version": report.version, "lines": len(about)},
    )
