"""Own fees leave the client account: what 2031 holds goes to the operating account and is earned there."""

import secrets
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from foundation import audit
from foundation.core.actors import is_person
from foundation.core.clock import database_now, local_date
from foundation.core.errors import DomainError, Invalid, NotAllowed
from foundation.core.locking import lock_rows
from foundation.core.money import Money
from settlement import chart, ledger, rules
from settlement.models import LedgerAccount, Sweep
from settlement.queries.own_money import Unswept, unswept


class NothingToSweep(DomainError):
    """No own fee lies in the client account."""

    code = "nothing_to_sweep"
    message = _("No own fees lie in the supervised account.")


@transaction.atomic
def sweep(*, actor: Any, key: str, value_date: date | None = None, currency: str = "CNY") -> Sweep:
    """Book the transfer of all own fees and their VAT, once per ``key``; ``value_date`` is the bank's day (default:
    today in Shanghai).

    Two entries: Dr 2031 Cr 1001, and Dr 1002 Cr income and VAT payable. Raises NotAllowed, NothingToSweep, Invalid (a
    day in the future).
    """
    if is_person(actor) and not rules.may_settle(actor):
        raise NotAllowed()
    today = local_date(database_now())
    if value_date is not None and value_date > today:
        raise Invalid(_("This day lies in the future."), field="value_date")
    lock_rows(LedgerAccount(pk=chart.OWN_FEES))
    found = Sweep.objects.filter(key=key).first()
    if found is not None:
        return found
    parts = unswept(currency)
    if not parts:
        raise NothingToSweep()
    total = sum((one.amount for one in parts), Money(0, currency))
    vat = sum((one.amount for one in parts if one.account == chart.OWN_VAT), Money(0, currency))
    made = Sweep.objects.create(
        number=f"SW{secrets.token_hex(7).upper()}",
        key=key,
        amount_fen=total.fen,
        vat_fen=vat.fen,
        currency=currency,
        value_date=value_date or today,
        made_by_id=getattr(actor, "user_id", None),
    )
    _book(made, parts, total, actor)
    facts = {"amount": total, "vat": vat}
    audit.record("settlement.fees.swept", subject=made, actor=actor, visibility="private", data=facts)
    return made


def _book(made: Sweep, parts: list[Unswept], total: Money, actor: Any) -> None:
    out = [ledger.debit(chart.OWN_FEES, one.amount, party=one.party_id, ref=one.ref) for one in parts]
    earned = [ledger.credit(one.account, one.amount, ref=made) for one in parts]
    common = {"ref": made, "actor": actor, "value_date": made.value_date}
    ledger.post(kind="fee_swept", key=f"sweep:{made.number}:out",
                lines=[*out, ledger.credit(chart.BANK, total, ref=made)], **common)  # fmt: skip
    ledger.post(kind="fee_earned", key=f"sweep:{made.number}:in",
                lines=[ledger.debit(chart.OPERATING, total, ref=made), *earned], **common)  # fmt: skip
