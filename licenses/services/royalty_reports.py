"""Sending a report: the statement of truth, and from then on it never changes."""

import hashlib
import json
from datetime import timedelta
from decimal import Decimal

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from foundation import audit
from foundation.core.clock import database_now, local_date
from foundation.core.errors import DomainError, Invalid
from foundation.core.locking import lock_rows
from licenses.models import RoyaltyPeriod, RoyaltyReport
from licenses.royalty_lifecycle import PeriodState
from licenses.services import royalty_drafts
from licenses.services.breach import cure_if_settled
from licenses.services.royalty_drafts import COPIED
from licenses.services.royalty_periods import deadline
from licenses.services.royalty_sums import calculation_of


class ReportEmpty(DomainError):
    """Neither a line nor the statement that nothing was sold."""

    code = "report_empty"
    status = 400
    field = "nothing_sold"
    message = _("Enter what was sold, or state that nothing was sold in this period.")


class NotStated(Invalid):
    """The statement of truth is missing."""

    code = "not_stated"
    field = "is_true"
    message = _("Tick that the report is complete and true.")


@transaction.atomic
def send_report(*, report: RoyaltyReport, signatory: str, is_true: bool, actor, remark: str = "") -> RoyaltyPeriod:
    """Send a draft in the name of the legal representative; it is frozen and the licensor is asked to answer.

    A default that came of nothing but this report being late is cured.

    Raises NotAllowed, StateChanged, ReportEmpty, NotStated, Invalid (no signatory), NotPossibleNow.
    """
    license, period = lock_rows(report.period.license, report.period)
    report = royalty_drafts.draft_of(report, actor)
    lines = list(report.lines.all())
    if not lines and not report.nothing_sold:
        raise ReportEmpty()
    if not is_true:
        raise NotStated()
    if not signatory.strip():
        raise Invalid(_("Name the legal representative."), field="signatory")
    base = sum(line.base_fen for line in lines)
    units = sum((line.quantity for line in lines), Decimal(0))
    done = calculation_of(period, base_fen=base, units=units)
    now = database_now()
    report.base_fen, report.units, report.royalty_fen = base, units, done.due_fen
    report.signatory, report.remark, report.signed_by_id = signatory.strip(), remark, actor.user_id
    report.sha256, report.reported_at = _digest(period, report, lines), now
    report.save()
    period = audit.advance(
        period,
        "correct" if period.state == PeriodState.QUESTIONED else "report",
        actor=actor,
        now=now,
        parties=period.party_ids,
        set={"answer_due_at": deadline(local_date(now) + timedelta(days=settings.KAIXU_ROYALTY_ANSWER_DAYS))},
        data={
            "license": license.number,
            "version": report.version,
            "base": report.base,
            "royalty": report.royalty,
            "sha256": report.sha256,
        },
    )
    cure_if_settled(license=license)
    return period


def _digest(period: RoyaltyPeriod, report: RoyaltyReport, lines) -> str:
    """SHA-256 over what was signed: period, lines, papers."""
    said = {
        "period": period.number,
        "from": period.starts_on.isoformat(),
        "to": period.ends_on.isoformat(),
        "version": report.version,
        "nothing_sold": report.nothing_sold,
        "signatory": report.signatory,
        "lines": [{name: str(getattr(line, name)) for name in COPIED} for line in lines],
        "papers": [paper.file.sha256 for paper in report.papers.select_related("file")],
    }
    text = json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


@transaction.atomic
def report(
    *, period: RoyaltyPeriod, lines: list[dict], nothing_sold: bool, signatory: str, is_true: bool, actor, remark=""
) -> RoyaltyPeriod:
    """The whole report in one step, as the API sends it; lines that stood in a draft go. Raises what the steps do."""
    draft = royalty_drafts.start_report(period=period, actor=actor)
    royalty_drafts.state_nothing_sold(report=draft, actor=actor)
    draft.refresh_from_db()
    for line in lines:
        royalty_drafts.save_line(report=draft, actor=actor, **line)
        draft.refresh_from_db()
    if not lines and not nothing_sold:
        raise ReportEmpty()
    if lines and nothing_sold:
        raise Invalid(_("Either lines, or the statement that nothing was sold."), field="nothing_sold")
    return send_report(report=draft, signatory=signatory, is_true=is_true, actor=actor, remark=remark)
