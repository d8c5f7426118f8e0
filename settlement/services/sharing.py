"""Income is taken in: what a release made payable is shared among the owners of the patent, at once."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Q

from foundation import audit
from foundation.core import handlers
from foundation.core.actors import SYSTEM
from foundation.core.clock import local_date
from foundation.core.crashes import crash_point
from settlement import chart, distribution, ledger
from settlement.models import Income, Obligation, OwnerShare, Release
from settlement.services import distributing


@dataclass(frozen=True, slots=True)
class Source:
    """What an obligation's owner tells about its income: the patent, and the registration of the contract, if any."""

    patent: Any
    registration_number: str = ""


def source_of(obligation: Obligation) -> Source | None:
    """Where the income comes from (handler "income.source:<purpose>"); None where nobody tells."""
    key = f"income.source:{obligation.purpose}"
    return handlers.call(key, obligation=obligation) if handlers.has(key) else None


@transaction.atomic
def take_in(*, release: Release) -> Income | None:
    """Share a release among the owners, and begin the distributions of owners with a policy. A repeat changes nothing.

    Inside the transaction of the release, so that nobody is paid before the co-owners have their parts (Patent Law
    Art. 14). Owners by the register on the day of payment; without the payee among them the payee keeps all. None
    where the purpose is no income of a patent.
    """
    known = Income.objects.filter(release=release).first()
    obligation, source = release.obligation, source_of(release.obligation)
    if known is not None or source is None:
        return known
    income = Income.objects.create(
        release=release,
        obligation=obligation,
        patent=source.patent,
        amount_fen=release.net.fen,
        currency=release.currency,
        registration_number=source.registration_number[:60],
        shared_at=release.created_at,
    )
    shares = _shares(income, _owners(source.patent, obligation, local_date(obligation.paid_at or release.created_at)))
    _move(income, shares)
    crash_point("settlement.income.shared")
    audit.record(
        "settlement.income.shared",
        subject=obligation,
        actor=SYSTEM,
        data={"amount": income.amount, "owners": len(shares)},
        parties=_organizations(shares, obligation),
        now=release.created_at,
    )
    for share in shares:
        if share.organization_id is not None:
            distributing.begin(share=share)
    return income


def _owners(patent: Any, obligation: Obligation, on: date) -> list[tuple[Any, str, int]]:
    """(organization id or None, name, weight) of each owner on a day, first owner first."""
    standing = Q(until_date=None) | Q(until_date__gte=on)
    began = Q(since_date=None) | Q(since_date__lte=on)
    rows = patent.ownerships.filter(standing & began).select_related("organization").order_by("position", "pk")
    owners = [
        (row.organization_id, row.organization.name if row.organization_id else row.name, row.share_weight)
        for row in rows
    ]
    if obligation.creditor_id not in [key for key, _name, _weight in owners]:
        return [(obligation.creditor_id, obligation.creditor.name, 1)]
    return owners


def _shares(income: Income, owners: list[tuple[Any, str, int]]) -> list[OwnerShare]:
    parts = distribution.among_owners(income.amount, [weight for _key, _name, weight in owners])
    return OwnerShare.objects.bulk_create(
        OwnerShare(
            income=income,
            organization_id=key,
            name=name[:200],
            weight=weight,
            amount_fen=part.fen,
            currency=part.currency,
            position=place,
        )
        for place, ((key, name, weight), part) in enumerate(zip(owners, parts, strict=True))
    )


def _move(income: Income, shares: list[OwnerShare]) -> None:
    """Book the parts of the other owners; what belongs to owners outside the platform stays with the payee."""
    obligation = income.obligation
    moved = [share for share in shares if share.organization_id not in (None, obligation.creditor_id) and share.amount]
    if not moved:
        return
    total = sum((share.amount for share in moved), moved[0].amount * 0)
    ledger.post(
        kind="co_owner_share_assigned",
        key=f"release:{income.release_id}:owners",
        lines=[
            ledger.debit(chart.PAYABLE, total, party=obligation.creditor_id, ref=obligation),
            *(ledger.credit(chart.PAYABLE, one.amount, party=one.organization_id, ref=obligation) for one in moved),
        ],
        ref=obligation.ref,
        actor=SYSTEM,
    )


def _organizations(shares: list[OwnerShare], obligation: Obligation) -> list[int]:
    return [obligation.creditor_id, *(share.organization_id for share in shares if share.organization_id)]
