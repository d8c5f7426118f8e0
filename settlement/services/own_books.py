"""Entries asked for by hand: bank charges and compensations of the platform's own, and corrections by reversal."""

from datetime import date
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from foundation import audit
from foundation.core import numbering
from foundation.core.actors import SYSTEM
from foundation.core.clock import database_now, local_date
from foundation.core.errors import DomainError, Invalid, NotAllowed
from foundation.core.locking import lock_rows
from foundation.core.money import Money
from foundation.core.text import clean_text
from settlement import chart, ledger, rules
from settlement.lifecycle_disputes import OwnEntryState
from settlement.models import JournalEntry, OwnEntry
from settlement.services import second_person

REVIEW = "settlement.own_entry"
MOVED_BY = {OwnEntry.Kind.CHARGE: ("bank_charged", "5001"), OwnEntry.Kind.COMPENSATION: ("compensation_paid", "5002")}
BY_HAND = ("bank_charged", "compensation_paid")  # what belongs to a process is taken back by that process


class NotReversible(DomainError):
    """Only entries made by hand are taken back by hand."""

    code, field = "not_reversible", "target"
    message = _("Only entries made by hand can be reversed here, each once.")


@transaction.atomic
def propose_entry(
    *,
    kind: str,
    text: str,
    actor: Any,
    key: str,
    amount: Money | None = None,
    value_date: date | None = None,
    target: JournalEntry | None = None,
) -> OwnEntry:
    """Book a bank charge or compensation out of the operating account, or the reversal of an entry made by hand, once
    per ``key``.

    A reversal, and any amount above settings.KAIXU_FOUR_EYES_ABOVE_FEN, waits for a second person. Raises NotAllowed,
    Invalid, NotReversible.
    """
    if not rules.may_settle(actor):
        raise NotAllowed()
    found = OwnEntry.objects.filter(key=key).first()
    if found is not None:
        return found
    text, value_date = clean_text(text, 200), value_date or local_date(database_now())
    reversal = kind == OwnEntry.Kind.REVERSAL
    amount = _reversed_amount(target) if reversal else amount
    _check(kind, text, amount, value_date)
    row = OwnEntry.objects.create(
        number=numbering.allocate("own_entry", local_date(database_now()).year),
        key=key,
        kind=kind,
        amount_fen=amount.fen,
        text=text,
        value_date=value_date,
        target=target if reversal else None,
        made_by_id=actor.user_id,
        needs_second=reversal or amount.fen > settings.KAIXU_FOUR_EYES_ABOVE_FEN,
    )
    facts = {"amount": amount, "kind": kind}
    audit.record(
        "settlement.ownentry.proposed", subject=row, actor=actor, visibility="private", reason=text, data=facts
    )
    if not row.needs_second:
        return _post(row, actor)
    second_person.ask(kind=REVIEW, subject=row, title=f"{amount} · {text}"[:200], actor=actor)
    return row


def _reversed_amount(target: JournalEntry | None) -> Money:
    if target is None or target.kind not in BY_HAND or JournalEntry.objects.filter(reverses=target).exists():
        raise NotReversible()
    if OwnEntry.objects.filter(target=target, state=OwnEntryState.PROPOSED).exists():
        raise NotReversible()
    return Money(sum(one.debit_fen for one in target.postings.all()), target.postings.first().currency)


def _check(kind: str, text: str, amount: Money | None, value_date: date) -> None:
    if kind not in OwnEntry.Kind.values:
        raise Invalid(_("Choose what is to be booked."), field="kind")
    if not text:
        raise Invalid(_("Say why."), field="text")
    if amount is None or amount.fen <= 0:
        raise Invalid(_("Enter an amount in yuan."), field="amount")
    if value_date > local_date(database_now()):
        raise Invalid(_("This day lies in the future."), field="value_date")


@transaction.atomic
def decide_entry(*, review: Any, decision: Any, actor: Any) -> None:
    """A second person decided (handler of approvals): booked, or refused."""
    row = lock_rows(OwnEntry.objects.get(pk=review.subject_id))
    if row.state != OwnEntryState.PROPOSED:
        return
    second_person.require_another(actor, row.made_by_id)
    if decision.outcome == "approve":
        _post(row, SYSTEM, approved_by_id=actor.user_id)
    else:
        audit.advance(row, "refuse", actor=SYSTEM, visibility="private", reason=decision.text, data=_facts(row))


def _facts(row: OwnEntry) -> dict[str, Any]:
    return {"amount": row.amount, "kind": row.kind}


def _post(row: OwnEntry, actor: Any, **fields: Any) -> OwnEntry:
    key = f"own:{row.number}"
    if row.kind == OwnEntry.Kind.REVERSAL:
        entry = ledger.reverse(row.target, key=key, actor=actor, reason=row.text)
    else:
        kind, account = MOVED_BY[row.kind]
        lines = [ledger.debit(account, row.amount, ref=row), ledger.credit(chart.OPERATING, row.amount, ref=row)]
        entry = ledger.post(
            kind=kind, key=key, lines=lines, ref=row, actor=actor, value_date=row.value_date, reason=row.text
        )
    return audit.advance(row, "post", actor=actor, visibility="private", reason=row.text, data=_facts(row),
                         set={"entry_id": entry.pk, **fields})  # fmt: skip
