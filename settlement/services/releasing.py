"""Out of escrow: what was paid is due to the payee after a time without objection."""

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Sum
from django.utils.translation import gettext_lazy as _

from foundation import audit
from foundation.core import handlers
from foundation.core.actors import is_person
from foundation.core.clock import database_now, local_date
from foundation.core.crashes import crash_point
from foundation.core.errors import DomainError, NotAllowed
from foundation.core.locking import lock_rows
from foundation.core.money import Money
from settlement import chart, ledger, rules, tax
from settlement.lifecycle import ObligationState
from settlement.models import Obligation, Release
from settlement.services import sharing


class NotReleasable(DomainError):
    """Not paid, not yet due, objected to, or its owner says no."""

    code = "not_releasable"
    message = _("This money cannot be released yet.")


def release_time(now: datetime) -> datetime:
    """When money that is confirmed now may be released, if nobody objects."""
    return now + timedelta(days=settings.KAIXU_RELEASE_DAYS)


@transaction.atomic
def release(*, obligation: Obligation, actor: Any) -> Obligation:
    """Make what is held in escrow payable to the payee, less the platform's fee. A repeat changes nothing.

    What is frozen stays; it is released by another call when it is let go.

    ``actor`` is the clock or finance; neither before ``release_at``, nor while an objection is open, nor while the
    owner of the purpose says no (handler "obligation.may_release:<purpose>"). Raises NotReleasable, NotAllowed.
    """
    if is_person(actor) and not rules.may_settle(actor, obligation):
        raise NotAllowed()
    obligation = lock_rows(obligation)
    if obligation.released_at is not None:
        return obligation
    now = database_now()
    due = obligation.state == ObligationState.PAID and obligation.release_at and now >= obligation.release_at
    if not due or obligation.objections.filter(settled_at=None).exists() or not _owner_agrees(obligation):
        raise NotReleasable()
    place = (obligation.purpose_row.held_in, obligation.currency, obligation._meta.label_lower, obligation.pk)
    made = _book(obligation, (*place, obligation.creditor_id), actor, now)
    crash_point("settlement.release.posted")
    sharing.take_in(release=made)
    if not ledger.balance_fen(*place, obligation.creditor_id):  # else a part is frozen, and stays
        obligation.released_at = now
        obligation.save(update_fields=["released_at"])
    audit.record(
        "settlement.obligation.released",
        subject=obligation,
        actor=actor,
        data={"amount": made.net, "fee": Money(made.fee_fen + made.vat_fen, made.currency)},
        parties=obligation.party_ids,
        now=now,
    )
    return obligation


def _book(obligation: Obligation, place: tuple, actor: Any, now: datetime) -> Release:
    """Everything that is not frozen: to the payee, less the platform's own fee and its VAT."""
    ledger.lock(place)
    amount = Money(max(0, ledger.available_fen(place)), obligation.currency)
    if not amount:
        raise NotReleasable()
    fee, vat = _fee(obligation, amount, now)
    lines = [ledger.debit(place[0], amount, party=obligation.creditor_id, ref=obligation)]
    for part, line in (
        (amount - fee - vat, lambda part: ledger.credit(chart.PAYABLE, part, party=place[-1], ref=obligation)),
        (fee, lambda part: ledger.own(part, obligation.purpose_row.income)),
        (vat, lambda part: ledger.own(part, chart.OWN_VAT)),
    ):
        lines += [line(part)] if part else []
    earlier = obligation.releases.count()
    key = f"obligation:{obligation.pk}:released" + (f":{earlier + 1}" if earlier else "")
    kind = obligation.purpose_row.released
    entry = ledger.post(kind=kind, key=key, lines=lines, ref=obligation.ref, actor=actor)
    return Release.objects.create(
        obligation=obligation,
        entry=entry,
        amount_fen=amount.fen,
        fee_fen=fee.fen,
        vat_fen=vat.fen,
        currency=amount.currency,
        created_at=now,
    )


def _fee(obligation: Obligation, amount: Money, now: datetime) -> tuple[Money, Money]:
    """Own fee and VAT on this release: those on all that was released, less what was taken before."""
    taken = obligation.releases.aggregate(all=Sum("amount_fen"), fee=Sum("fee_fen"), vat=Sum("vat_fen"))
    before = {name: Money(int(fen or 0), obligation.currency) for name, fen in taken.items()}
    due = _due_fee(obligation, before["all"] + amount, now)
    zero = Money(0, obligation.currency)
    return max(due.net - before["fee"], zero), max(due.vat - before["vat"], zero)


def _due_fee(obligation: Obligation, released: Money, now: datetime) -> tax.OwnFee:
    """By the owner of the purpose where it knows (handler "obligation.own_fee:<purpose>"), else by the fee rules."""
    key = f"obligation.own_fee:{obligation.purpose}"
    if handlers.has(key):
        return handlers.call(key, obligation=obligation, released=released, on=local_date(now))
    return tax.own_fee(obligation.purpose, released, local_date(now))


def _owner_agrees(obligation: Obligation) -> bool:
    key = f"obligation.may_release:{obligation.purpose}"
    return not handlers.has(key) or bool(handlers.call(key, obligation=obligation))
