"""What settlement tells a license about its royalties. Runs inside settlement's transaction."""

from django.db import transaction

from foundation import audit
from foundation.core.actors import SYSTEM
from foundation.core.locking import lock_rows
from licenses.models import RoyaltyPeriod
from licenses.royalty_lifecycle import TO_PAY, PeriodState
from licenses.services.breach import cure_if_settled
from licenses.services.payments import ACCEPTED


@transaction.atomic
def on_royalty_paid(*, obligation, now, payment=None) -> str:
    """A royalty is paid in full, in time or late: the period is settled, and a default that came of it is cured.

    Money for the findings of an inspection belongs to no period and is simply taken. Answers `accepted`.
    """
    period = RoyaltyPeriod.objects.select_related("license").filter(obligation=obligation).first()
    if period is None:
        return ACCEPTED
    license, period = lock_rows(period.license, period)
    if period.state in TO_PAY:
        facts = {"license": license.number, "royalty": period.royalty}
        audit.advance(period, "pay", actor=SYSTEM, now=now, parties=period.party_ids, set={"paid_at": now}, data=facts)
        cure_if_settled(license=license)
    return ACCEPTED


@transaction.atomic
def on_royalty_reopened(*, obligation, now, payment=None) -> str:
    """The bank took the money back: the royalty of the period is to be paid again, on the old day.

    What became due before that day passed is late again at the clock's next look. Answers `accepted`.
    """
    period = RoyaltyPeriod.objects.select_related("license").filter(obligation=obligation).first()
    if period is None:
        return ACCEPTED
    license, period = lock_rows(period.license, period)
    if period.state == PeriodState.SETTLED:
        facts = {"license": license.number, "royalty": period.royalty}
        parties = period.party_ids
        audit.advance(period, "reopen", actor=SYSTEM, now=now, parties=parties, set={"paid_at": None}, data=facts)
    return ACCEPTED
