"""How a license ends: unpaid, at its term, with its patent, or by the licensee's own word."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from foundation import audit
from foundation.core.actors import CLOCK, SYSTEM
from foundation.core.clock import database_now, end_of_local_day
from foundation.core.errors import DomainError
from foundation.core.locking import lock_rows
from foundation.core.refs import Ref
from licenses.lifecycle import ACTIVE, LicenseState
from licenses.services import instalments
from patents import encumbrances
from settlement import services as settlement


class ReasonMissing(DomainError):
    """A license is not ended without a reason on the timeline."""

    code = "reason_missing"
    status = 400
    field = "reason"
    message = _("Say why you end the license.")


@transaction.atomic
def lapse(*, license) -> bool:
    """A notice whose fee was not paid in time lapses without cost; False if it is not due (any more)."""
    license = lock_rows(license)
    now = database_now()
    if license.state != LicenseState.AWAITING_PAYMENT or now < license.pay_by_at:
        return False
    audit.advance(license, "lapse", actor=CLOCK, now=now, parties=license.party_ids)
    settlement.expire_obligation(obligation=license.obligation, actor=CLOCK, now=now)
    return True


@transaction.atomic
def expire(*, license) -> bool:
    """A license ends with the last day of its term (Asia/Shanghai)."""
    license = lock_rows(license)
    now = database_now()
    if license.state not in ACTIVE or now < end_of_local_day(license.ends_on):
        return False
    end(license, "expire", actor=CLOCK, now=now)
    return True


@transaction.atomic
def end_with_patent(*, license, reason: str) -> bool:
    """A license ends when its patent does (Civil Code Art. 865)."""
    license = lock_rows(license)
    if license.state not in ACTIVE:
        return False
    end(license, "end_with_patent", actor=CLOCK, now=database_now(), reason=reason)
    return True


@transaction.atomic
def terminate(*, license, reason: str, actor):
    """The licensee ends its license before the term; paid stays paid, instalments stay owed. Raises ReasonMissing."""
    if not reason.strip():
        raise ReasonMissing
    license = lock_rows(license)
    return end(license, "terminate", actor=actor, now=database_now(), reason=reason)


@transaction.atomic
def give_up_held(*, license) -> bool:
    """The suspension was not ended, or not in time: the waiting fee goes back in full."""
    license = lock_rows(license)
    if license.state != LicenseState.ON_HOLD:
        return False
    now = database_now()
    reason = "suspension not ended"
    audit.advance(license, "give_up", actor=SYSTEM, now=now, parties=license.party_ids, reason=reason)
    settlement.refund_obligation(obligation=license.obligation, actor=SYSTEM, reason=reason)
    return True


# After these nothing more falls due (Civil Code Art. 566); who ends its own license still owes its price.
FREES = ("end_with_patent", "terminate_for_breach")


def end(license, move, *, actor, now, reason=""):
    """Make a move that ends a license and free the patent of it. The caller holds the license's row lock."""
    if move in FREES:
        instalments.call_off(license=license, reason=reason, now=now)
    license = audit.advance(license, move, actor=actor, now=now, parties=license.party_ids, reason=reason)
    encumbrances.lift(license.patent, basis=Ref.of(license), actor=actor, now=now)
    return license
