"""The lot on its patents: one encumbrance for each, from the materials check until the lot has ended."""

from dataclasses import dataclass

from auctions.models import Lot
from foundation.core.refs import Ref
from patents import encumbrances
from patents.models import Encumbrance, Patent

KIND = "auction_lot"


@dataclass(frozen=True)
class Burden:
    """Something on a patent that the buyer takes over, or that forbids the lot."""

    patent: Patent
    conflict: encumbrances.Conflict


def patents_of(lot: Lot) -> list[Patent]:
    """The patents of a lot in their order."""
    return [item.patent for item in lot.items.select_related("patent").order_by("position", "pk")]


def found(lot: Lot) -> list[Burden]:
    """What lies on the patents beside this lot, by the table of what excludes what (blocking ones first)."""
    data = {"subject": lot.subject}
    everything = [
        Burden(patent, conflict)
        for patent in patents_of(lot)
        for conflict in encumbrances.conflicts(patent, KIND, basis=Ref.of(lot), data=data)
    ]
    return sorted(everything, key=lambda burden: not burden.conflict.blocking)


def subject_to(lot: Lot) -> list[Burden]:
    """What the lot is sold subject to: disclosed, not forbidding."""
    return [burden for burden in found(lot) if not burden.conflict.blocking]


def place(lot: Lot, *, actor) -> None:
    """Put the lot on all its patents. A repeat changes nothing. Raises EncumbranceConflict (domain: PL 51(3))."""
    for patent in sorted(patents_of(lot), key=lambda one: one.pk):
        encumbrances.place(patent, KIND, basis=Ref.of(lot), actor=actor, data={"subject": lot.subject})


def lift(lot: Lot, *, actor, reason: str = "") -> None:
    """Take the lot off all its patents. A repeat changes nothing."""
    basis = Ref.of(lot)
    for patent in sorted(patents_of(lot), key=lambda one: one.pk):
        try:
            encumbrances.lift(patent, KIND, basis=basis, actor=actor, reason=reason)
        except encumbrances.EncumbranceMissing:
            continue


def renew(lot: Lot, *, actor) -> None:
    """After a correction: off the patents that left the lot, anew where something else is sold. Raises as `place`."""
    basis = Ref.of(lot)
    standing = Encumbrance.objects.filter(
        kind=KIND, basis_kind=basis.kind, basis_id=basis.id, until_at__isnull=True
    ).select_related("patent")
    kept = {patent.pk for patent in patents_of(lot)}
    for one in standing.order_by("patent_id"):
        if one.patent_id not in kept or one.data.get("subject") != lot.subject:
            encumbrances.lift(one.patent, KIND, basis=basis, actor=actor)
    place(lot, actor=actor)
