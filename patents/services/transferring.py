"""A patent changes hands: what the register says after a transfer (Patent Law Art. 10)."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from foundation import audit
from foundation.core.clock import database_now, local_date
from foundation.core.errors import DomainError, Invalid
from foundation.core.locking import lock_rows
from foundation.core.refs import Ref
from patents.models import LegalEvent, Ownership, Patent
from patents.models.events import LegalEventKind

SOURCE = "register"
LAST_DAY = timedelta(days=1)  # the day of registration is the first one of the new owner


class NotOwner(DomainError):
    """Who is said to have transferred it does not own it."""

    code = "not_owner"
    message = _("The register does not name the transferor as an owner of patent {patent}.")


@transaction.atomic
def transfer(
    *,
    patent: Patent,
    owners: Iterable[int],
    to: Any,
    on: date,
    actor: Any,
    basis: Ref,
    registration_number: str = "",
) -> Patent:
    """Write down that the shares of organizations went to another one, effective on the day of registration.

    ``owners``: ids of the organizations whose shares went; empty: those of all owners, also of those that are not on
    the platform. A transfer that stands in the register already changes nothing. What lies on the patent stays on it:
    licenses are not touched by a transfer (interpretation on technology contracts Art. 24(2)). Raises NotOwner,
    Invalid (a day to come).
    """
    if on > local_date(database_now()):
        raise Invalid(_("This date lies in the future."), field="registered_on")
    patent, named = lock_rows(patent), set(owners)
    standing = list(patent.ownerships.filter(until_date__isnull=True).order_by("position", "pk"))
    going = [share for share in standing if not named or share.organization_id in named]
    if {share.organization_id for share in standing if not named} == {to.pk}:
        return patent
    if named - {share.organization_id for share in going} or not going:
        raise NotOwner(patent=patent.display_number)
    weight = sum(share.share_weight for share in going)
    before = sorted({share.organization_id for share in standing if share.organization_id})
    for share in going:
        share.until_date = on - LAST_DAY
        share.save(update_fields=["until_date"])
    _take_over(patent, going[0].position, weight, to, on)
    note = f"{basis} {registration_number}".strip()[:300]
    LegalEvent.objects.create(patent=patent, kind=LegalEventKind.TRANSFERRED, event_date=on, source=SOURCE, note=note)
    audit.record(
        "patents.patent.transferred",
        subject=patent,
        actor=actor,
        data={"basis": str(basis), "registered_on": on, "registration_number": registration_number},
        parties=[*before, to.pk],
        visibility="public" if patent.grant_date else "parties",
    )
    return patent


def _take_over(patent: Patent, position: int, weight: int, to: Any, on: date) -> None:
    """The transferee's share grows where it is a co-owner already."""
    own = patent.ownerships.filter(until_date__isnull=True, organization=to).first()
    if own is not None:
        own.until_date = on - LAST_DAY
        own.save(update_fields=["until_date"])
        weight += own.share_weight
    Ownership.objects.create(
        patent=patent, organization=to, name=to.name, share_weight=weight, position=position, since_date=on
    )
