"""Placing and lifting what lies on a patent, under the lock of the patent and by the matrix in `conflicts`."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from foundation import audit
from foundation.core.clock import database_now
from foundation.core.errors import DomainError
from foundation.core.locking import lock_rows
from foundation.core.refs import Ref
from patents import conflicts as matrix
from patents.conflicts import Outcome
from patents.models import Encumbrance, Patent

PUBLIC_KINDS = frozenset({"open_declaration", "auction_lot"})


class EncumbranceConflict(DomainError):
    """Something on the patent excludes what was to be placed; `conflicts` lists it."""

    code = "encumbrance_conflict"
    message = _("{reason} ({rule})")

    def __init__(self, conflicts: list["Conflict"]):
        self.conflicts = conflicts
        super().__init__(reason=conflicts[0].row.sentence, rule=conflicts[0].row.rule)


class EncumbranceMissing(DomainError):
    """There is nothing of this kind and basis to lift."""

    code = "encumbrance_missing"
    message = _("This encumbrance is not there any more.")


@dataclass(frozen=True)
class Conflict:
    """Something that is there, and what the matrix says about it."""

    encumbrance: Encumbrance
    row: matrix.Row

    @property
    def blocking(self) -> bool:
        """Whether it forbids: a refusal, or a consent that is not on file."""
        return self.row.outcome == Outcome.REFUSE or (
            self.row.outcome == Outcome.CONSENT and not self.encumbrance.consent
        )

    @property
    def sentence(self) -> str:
        """The reason in the language of now."""
        return gettext(self.row.sentence)

    @property
    def rule(self) -> str:
        """The legal source in the language of now."""
        return gettext(self.row.rule)


def active(patent: Patent):
    """What lies on the patent now, oldest first."""
    return Encumbrance.objects.filter(patent=patent, until_at__isnull=True).order_by("since_at", "id")


def conflicts(patent: Patent, for_: str, *, basis: Ref | None = None, data: dict | None = None) -> list[Conflict]:
    """What stands in the way of placing `for_` (blocking ones first). What has the same basis is not in its own way."""
    wanted = matrix.key_of(for_, data)
    found = []
    for encumbrance in active(patent):
        if basis is not None and (encumbrance.basis_kind, encumbrance.basis_id) == (basis.kind, basis.id):
            continue
        row = matrix.row_for(wanted, encumbrance.kind, encumbrance.data)
        if row is not None:
            found.append(Conflict(encumbrance, row))
    return sorted(found, key=lambda conflict: not conflict.blocking)


@transaction.atomic
def place(
    patent: Patent,
    kind: str,
    *,
    basis: Ref,
    actor: Any,
    consent: bool = False,
    data: dict | None = None,
    source: str = "platform",
    as_of: datetime | None = None,
    until: date | None = None,
    now: datetime | None = None,
) -> Encumbrance:
    """Put something on the patent, or return it if it is there already for this basis.

    `until` is the planned last day, for people; the encumbrance holds until it is lifted.
    Raises EncumbranceConflict (Patent Law 51(3), Implementing Regulations 86 and what else `conflicts` names).
    """
    lock_rows(patent)
    existing = _of_basis(patent, kind, basis)
    if existing is not None:
        return existing
    blocking = [conflict for conflict in conflicts(patent, kind, basis=basis, data=data) if conflict.blocking]
    if blocking:
        raise EncumbranceConflict(blocking)
    now = now or database_now()
    encumbrance = Encumbrance.objects.create(
        patent=patent,
        kind=kind,
        basis_kind=basis.kind,
        basis_id=basis.id,
        basis_number=basis.number,
        since_at=now,
        consent=consent,
        data={**(data or {}), **({"until": until.isoformat()} if until else {})},
        source=source,
        as_of=as_of or now,
    )
    _record("placed", encumbrance, actor, now)
    return encumbrance


@transaction.atomic
def lift(
    patent: Patent, kind: str | None = None, *, basis: Ref, actor: Any, reason: str = "", now: datetime | None = None
) -> Encumbrance:
    """Take it off again (of any kind where none is named); it stays in the history. Raises EncumbranceMissing."""
    lock_rows(patent)
    encumbrance = _of_basis(patent, kind, basis)
    if encumbrance is None:
        raise EncumbranceMissing()
    now = now or database_now()
    encumbrance.until_at = now
    encumbrance.save(update_fields=["until_at"])
    _record("lifted", encumbrance, actor, now, reason)
    return encumbrance


def _of_basis(patent: Patent, kind: str | None, basis: Ref) -> Encumbrance | None:
    found = active(patent).filter(basis_kind=basis.kind, basis_id=basis.id)
    return (found.filter(kind=kind) if kind else found).first()


def _record(verb: str, encumbrance: Encumbrance, actor: Any, now: datetime, reason: str = "") -> None:
    patent = encumbrance.patent
    owners = patent.ownerships.filter(until_date__isnull=True, organization__isnull=False)
    audit.record(
        f"patents.encumbrance.{verb}",
        subject=patent,
        actor=actor,
        data={
            "kind": encumbrance.kind,
            "label": matrix.LABELS[matrix.EncumbranceKind(encumbrance.kind)],
            "basis": encumbrance.basis.number,  # "" for what has no number yet
            "encumbrance": encumbrance.pk,
        },
        reason=reason,
        parties=sorted(set(owners.values_list("organization_id", flat=True))),
        # what has no number yet is not public yet: a lot whose materials are being checked
        visibility="public" if encumbrance.kind in PUBLIC_KINDS and encumbrance.basis_number else "parties",
        now=now,
    )
