"""What settlement tells a license about its fee. Runs inside settlement's transaction."""

from django.db import transaction

from foundation import audit
from foundation.core.actors import SYSTEM
from foundation.core.clock import database_now, local_date
from foundation.core.locking import lock_rows
from licenses.lifecycle import DeclarationState, LicenseState
from licenses.models import License
from licenses.models.license import LIVE_STATES
from licenses.services.effect import end_of, take_effect
from licenses.services.endings import give_up_held

ACCEPTED = "accepted"
LATE = "refused:late"
NOT_WAITING = "refused:not_waiting"
PATENT_ENDED = "refused:patent_ended"


@transaction.atomic
def on_fee_paid(*, obligation, payment, now) -> str:
    """The fee arrived in full: the license takes effect, or says why the money goes back.

    `now` is when the bank booked the money: a notice that lapsed because the bank told of it late comes back.
    A notice delivered before a withdrawal was announced keeps its right (Patent Law Art. 50(2));
    while the declaration is suspended the money waits in escrow. Nobody pays for a patent that ended (Civil Code
    Art. 865). Answers `accepted`, `refused:late`, `refused:not_waiting` or `refused:patent_ended`.
    """
    license = License.objects.select_related("declaration").get(obligation=obligation)
    declaration = lock_rows(license.declaration, share=True)
    license = lock_rows(license)
    if not _waits(license):
        return NOT_WAITING
    if now >= license.pay_by_at:
        return LATE
    if declaration.state == DeclarationState.TERMINATED or local_date(now) > license.patent.expiry_date:
        return PATENT_ENDED
    if declaration.is_suspended:
        audit.advance(
            license,
            "hold",
            actor=SYSTEM,
            now=now,
            parties=license.party_ids,
            set={"paid_at": now},
            data={"obligation": obligation.number},
        )
        return ACCEPTED
    take_effect(license=license, move="pay", now=now, paid_at=now)
    return ACCEPTED


def _waits(license) -> bool:
    """For its fee: still, or lapsed unpaid, unless the licensee has gone another way to the patent since."""
    if license.state == LicenseState.LAPSED:
        others = License.objects.filter(patent=license.patent_id, licensee=license.licensee_id, state__in=LIVE_STATES)
        return license.paid_at is None and not others.exists()
    return license.state == LicenseState.AWAITING_PAYMENT


def may_release(*, obligation) -> bool:
    """Whether the patentee may have the fee: not before the license took effect."""
    return License.objects.filter(obligation=obligation, effective_at__isnull=False).exists()


def resume_held(*, declaration_id: int) -> int:
    """Licenses whose fee waited for the end of a suspension take effect now; how many did.

    One whose own term would be over already gets its fee back instead.
    """
    waiting = License.objects.filter(declaration=declaration_id, state=LicenseState.ON_HOLD)
    return sum(_resume(license) for license in waiting.order_by("pk"))


@transaction.atomic
def _resume(license) -> bool:
    declaration = lock_rows(license.declaration, share=True)
    license = lock_rows(license)
    if license.state != LicenseState.ON_HOLD or declaration.is_suspended:
        return False
    now = database_now()
    if end_of(license, starts_on=local_date(now)) < local_date(now):
        give_up_held(license=license)
        return False
    take_effect(license=license, move="resume", now=now)
    return True
