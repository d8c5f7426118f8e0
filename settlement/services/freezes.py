"""Freezing a part of what is held for somebody, and letting it go. `ledger.post` takes nothing that is frozen."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from foundation import audit
from foundation.core.clock import database_now
from foundation.core.errors import DomainError
from foundation.core.locking import lock_rows
from foundation.core.money import Money
from foundation.core.refs import Ref
from settlement import ledger
from settlement.models import Freeze, Obligation


class NotEnoughToFreeze(DomainError):
    """Less is free in the sub-account than was to be frozen."""

    code = "not_enough_to_freeze"
    field = "amount"
    message = _("Only {available} can be frozen there.")


def place_of(account: str, party: Any, ref: Any, currency: str = "CNY") -> tuple:
    """The sub-account of an account, a party (Organization, id or None) and a business object (or None)."""
    return ledger.credit(account, Money(1, currency), party=party, ref=ref).sub_account


def frozen(*, account: str, party: Any, ref: Any, currency: str = "CNY") -> Money:
    """What is frozen in a sub-account."""
    return Money(Freeze.sum_fen(place_of(account, party, ref, currency)), currency)


def available(*, account: str, party: Any, ref: Any, currency: str = "CNY") -> Money:
    """Balance less what is frozen, never below zero. Inside a transaction that locked the sub-account it stays true.

    ``ledger.lock(place_of(...))`` takes that lock; `ledger.post` takes it too.
    """
    return Money(max(0, ledger.available_fen(place_of(account, party, ref, currency))), currency)


@transaction.atomic
def place(
    *, account: str, party: Any, ref: Any, amount: Money, kind: str, basis: Any, actor: Any, reason: str = ""
) -> Freeze:
    """Freeze an amount in a sub-account, for a ``basis`` (dispute, distribution, court order; an object or Ref).

    One freeze per basis and sub-account: a repeat returns it. Raises NotEnoughToFreeze.
    """
    where, about, now = place_of(account, party, ref, amount.currency), Ref.of(basis), database_now()
    ledger.lock(where)
    same = dict(zip(("account_id", "currency", "ref_kind", "ref_id", "party_id"), where, strict=True))
    found = Freeze.objects.filter(**same, basis_kind=about.kind, basis_id=about.id, lifted_at=None).first()
    if found is not None:
        return found
    left = ledger.available_fen(where)
    if not 0 < amount.fen <= left:
        raise NotEnoughToFreeze(available=Money(max(0, left), amount.currency))
    freeze = Freeze.objects.create(
        **same,
        ref_number=Ref.of(ref).number if ref is not None else "",
        kind=kind,
        amount_fen=amount.fen,
        basis_kind=about.kind,
        basis_id=about.id,
        basis_number=about.number,
        reason=reason[:200],
        placed_at=now,
        placed_by_id=getattr(actor, "user_id", None),
    )
    _record("frozen", freeze, actor, reason, now)
    return freeze


@transaction.atomic
def lift(*, freeze: Freeze, actor: Any, reason: str = "") -> Freeze:
    """Let frozen money go. A repeat changes nothing."""
    freeze = lock_rows(freeze)
    if freeze.lifted_at is not None:
        return freeze
    freeze.lifted_at, freeze.lifted_by_id = database_now(), getattr(actor, "user_id", None)
    freeze.lift_reason = reason[:200]
    freeze.save(update_fields=["lifted_at", "lifted_by_id", "lift_reason"])
    _record("unfrozen", freeze, actor, reason, freeze.lifted_at)
    return freeze


@transaction.atomic
def lift_all(*, basis: Any, actor: Any, reason: str = "") -> list[Freeze]:
    """Let everything go that is frozen for a basis."""
    about = Ref.of(basis)
    rows = Freeze.objects.filter(basis_kind=about.kind, basis_id=about.id, lifted_at=None)
    return [lift(freeze=one, actor=actor, reason=reason) for one in rows.order_by("pk")]


def _record(verb: str, freeze: Freeze, actor: Any, reason: str, now: Any) -> None:
    audit.record(
        f"settlement.money.{verb}",
        subject=freeze.basis,
        actor=actor,
        reason=reason,
        data={"amount": freeze.amount, "account": freeze.account_id, "about": freeze.ref_number, "kind": freeze.kind},
        parties=_parties(freeze),
        now=now,
    )


def _parties(freeze: Freeze) -> list[int]:
    if freeze.ref_kind == Obligation._meta.label_lower:
        obligation = Obligation.objects.filter(pk=freeze.ref_id).first()
        if obligation is not None:
            return obligation.party_ids
    return [freeze.party_id] if freeze.party_id else []
