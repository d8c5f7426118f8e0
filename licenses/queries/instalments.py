"""What can be asked about fees in instalments."""

from datetime import datetime, timedelta

from django.db.models import QuerySet

from licenses.lifecycle import LicenseState
from licenses.models import License
from settlement.models import Obligation, Schedule

SOON = timedelta(days=30)
PURPOSE = "license.instalment"  # of every part but the first, which is paid like a lump sum


def schedule_of(license: License) -> Schedule | None:
    """The plan of payment of a license, None where its fee has no instalments or the notice was not sent."""
    return license.obligation.schedule if license.obligation_id else None


def asked_of(license: License) -> dict[int, Obligation]:
    """{number of the instalment: what is owed}, for those that were asked for."""
    schedule = schedule_of(license)
    return {one.position: one for one in schedule.obligations.all()} if schedule else {}


def later_of(license: License) -> QuerySet[Obligation]:
    """The instalments after the first one."""
    return Obligation.objects.filter(purpose=PURPOSE, ref_kind=license._meta.label_lower, ref_id=license.pk)


def late_of(license: License, now: datetime, but: Obligation | None = None) -> QuerySet[Obligation]:
    """Those whose day has passed unpaid, without the one that is being paid (``but``)."""
    late = later_of(license).filter(state="open", due_at__lte=now)
    return late.exclude(pk=but.pk) if but else late


def missed(now: datetime) -> QuerySet[Obligation]:
    """Late instalments of licenses in effect that are not in default yet."""
    effective = License.objects.filter(state=LicenseState.EFFECTIVE).values("pk")
    return Obligation.objects.filter(
        purpose=PURPOSE, state="open", due_at__lte=now, ref_kind=License._meta.label_lower, ref_id__in=effective
    )


def to_pay(membership, now: datetime) -> QuerySet[Obligation]:
    """Instalments of the membership's organization that are late or fall due within thirty days, by their day."""
    own = Obligation.objects.filter(purpose=PURPOSE, state="open", debtor_id=membership.organization_id)
    return own.filter(due_at__lte=now + SOON).order_by("due_at", "pk")
