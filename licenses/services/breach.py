"""Late with report, royalty or instalment: in default, cured, or ended thirty days after a demand.

Supreme Court interpretation on technology contracts Art. 15; Civil Code Art. 873.
"""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from foundation import audit
from foundation.core.actors import CLOCK, SYSTEM
from foundation.core.clock import database_now, end_of_local_day, local_date
from foundation.core.errors import DomainError, Invalid, NotAllowed, NotPossibleNow
from foundation.core.locking import lock_rows
from licenses import rules_licenses
from licenses.lifecycle import LicenseState
from licenses.models import License, RoyaltyPeriod
from licenses.queries import instalments
from licenses.royalty_lifecycle import LATE, PeriodState
from licenses.services import endings
from licenses.services.payments import ACCEPTED
from settlement.models import Obligation

GRACE_DAYS = 30
# Money that the bank booked in time may still be announced a little later.
MESSAGE_MAY_TAKE = timedelta(minutes=10)


class AlreadyDemanded(DomainError):
    """One demand starts the thirty days."""

    code = "already_demanded"
    message = _("The demand was made already.")


class DemandMissing(DomainError):
    """Nobody ends a license without a demand first."""

    code = "demand_missing"
    message = _("Demand the late report or payment first. The license can be ended thirty days later.")


class GraceNotOver(DomainError):
    """The thirty days are not over."""

    code = "grace_not_over"
    message = _("The licensee still has time to make good: the license can be ended from {day} on.")


@transaction.atomic
def miss(*, period: RoyaltyPeriod) -> bool:
    """A report or payment did not come in time: the period is late and the license in default; False if it is not."""
    license, period = lock_rows(period.license, period)
    now = database_now()
    late = {
        PeriodState.REPORT_DUE: ("miss_report", period.report_due_at),
        PeriodState.PAYMENT_DUE: ("miss_payment", period.pay_due_at + MESSAGE_MAY_TAKE),
    }.get(period.state)
    if late is None or now < late[1]:
        return False
    facts = {"license": license.number, "royalty": period.royalty}
    audit.advance(period, late[0], actor=CLOCK, now=now, parties=period.party_ids, data=facts)
    if license.state == LicenseState.EFFECTIVE:
        audit.advance(
            license, "default", actor=CLOCK, now=now, parties=license.party_ids, data={"about": period.number}
        )
    return True


@transaction.atomic
def miss_instalment(*, obligation: Obligation) -> bool:
    """A later instalment was not paid in time: its license is in default; False if nothing is late (any more)."""
    license, now = lock_rows(License.objects.get(pk=obligation.ref_id)), database_now()
    obligation.refresh_from_db()  # read under the license's lock, which whoever pays it asks for last
    late = obligation.state == "open" and now >= obligation.due_at + MESSAGE_MAY_TAKE
    if not late or license.state != LicenseState.EFFECTIVE:
        return False
    facts = {"about": obligation.number}
    audit.advance(license, "default", actor=CLOCK, now=now, parties=license.party_ids, data=facts)
    return True


@transaction.atomic
def on_instalment_paid(*, obligation, now, payment=None) -> str:
    """A later instalment arrived, early, in time or late: a default that came of it is cured. Answers `accepted`."""
    license = License.objects.filter(pk=obligation.ref_id).first()
    if license is not None:
        cure_if_settled(license=license, but=obligation)
    return ACCEPTED


def on_instalment_reopened(*, obligation, now, payment=None) -> str:
    """The bank took the money back: the instalment is owed again, on the old day. Answers `accepted`."""
    return ACCEPTED


@transaction.atomic
def cure_if_settled(*, license: License, but: Obligation | None = None) -> bool:
    """The default ends when nothing is late any more (``but`` is being paid); False if something is, or no default."""
    license = lock_rows(license)
    now = database_now()
    late = RoyaltyPeriod.objects.filter(license=license, state__in=LATE).exists()
    if license.state != LicenseState.IN_DEFAULT or late or instalments.late_of(license, now, but=but).exists():
        return False
    audit.advance(license, "cure", actor=SYSTEM, parties=license.party_ids, set={"demanded_at": None})
    return True


@transaction.atomic
def demand(*, license: License, reason: str, actor) -> License:
    """The licensor demands what is late; thirty days later it may end the license.

    Raises NotAllowed, NotPossibleNow, AlreadyDemanded, Invalid (no reason).
    """
    license = _in_default(license, reason, actor)
    if license.demanded_at is not None:
        raise AlreadyDemanded()
    now = database_now()
    license.demanded_at = now
    license.save(update_fields=["demanded_at"])
    audit.record(
        "licenses.license.demanded",
        subject=license,
        actor=actor,
        reason=reason.strip(),
        parties=license.party_ids,
        now=now,
        data={"until": local_date(may_end_at(license) - timedelta(days=1)).isoformat()},
    )
    return license


def may_end_at(license: License) -> datetime | None:
    """From when the licensor may end a license for breach: the half-open end of the thirtieth day after the demand."""
    if license.demanded_at is None:
        return None
    return end_of_local_day(local_date(license.demanded_at) + timedelta(days=GRACE_DAYS))


@transaction.atomic
def terminate_for_breach(*, license: License, reason: str, actor) -> License:
    """The licensor ends a license whose licensee did not make good; fees paid stay paid, royalties stay owed.

    Raises NotAllowed, NotPossibleNow, DemandMissing, GraceNotOver, Invalid (no reason).
    """
    license = _in_default(license, reason, actor)
    if license.demanded_at is None:
        raise DemandMissing()
    now = database_now()
    if now < may_end_at(license):
        raise GraceNotOver(day=local_date(may_end_at(license)))
    return endings.end(license, "terminate_for_breach", actor=actor, now=now, reason=reason.strip())


def _in_default(license: License, reason: str, actor) -> License:
    if not rules_licenses.is_licensor(actor, license):
        raise NotAllowed()
    if not reason.strip():
        raise Invalid(_("Give a reason."), field="reason")
    license = lock_rows(license)
    if license.state != LicenseState.IN_DEFAULT:
        label = license.state_label
        raise NotPossibleNow(
            lifecycle=license.LIFECYCLE.name, state=license.state, move="terminate_for_breach", label=label
        )
    return license
