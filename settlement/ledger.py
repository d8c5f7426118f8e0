"""The one door of money: `post` adds an entry, `reverse` takes one back by another. Nothing is ever changed."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db import connection, transaction
from django.utils.translation import gettext_lazy as _

from foundation.core import locking
from foundation.core.errors import DomainError
from foundation.core.money import Money
from foundation.core.refs import Ref
from settlement import chart, periods
from settlement.lines import NO_REF, Line, credit, debit, own
from settlement.models import Freeze, JournalEntry

__all__ = ["NO_REF", "Line", "balance_fen", "credit", "debit", "lock", "own", "post", "reverse"]

FEWEST_LINES = 2
COLUMNS = [field.attname for field in JournalEntry._meta.concrete_fields]
POST = """
WITH entry AS (
  INSERT INTO settlement_journalentry (kind, key, ref_kind, ref_id, ref_number, posted_at, value_date, reverses_id,
    reason, actor_user_id, actor_organization_id, actor_role, xact)
  SELECT %s, %s, %s, %s, %s, now, coalesce(%s::date, (now AT TIME ZONE 'Asia/Shanghai')::date), %s, %s, %s, %s, %s, 0
  FROM (SELECT app_now() AS now) clock
  ON CONFLICT (key) DO NOTHING RETURNING *
), lines AS (
  INSERT INTO settlement_posting (entry_id, account_id, debit_fen, credit_fen, currency, party_id,
    ref_kind, ref_id, ref_number)
  SELECT entry.id, line.* FROM entry, unnest(%s::varchar[], %s::bigint[], %s::bigint[], %s::varchar[], %s::bigint[],
    %s::varchar[], %s::bigint[], %s::varchar[]) AS line
)
SELECT {columns} FROM entry
""".format(columns=", ".join(COLUMNS))  # noqa: S608, the columns of the model
BALANCE = """
SELECT coalesce(sum(credit_fen - debit_fen), 0)::bigint FROM settlement_posting
WHERE account_id = %s AND currency = %s AND ref_kind = %s AND ref_id IS NOT DISTINCT FROM %s
  AND party_id IS NOT DISTINCT FROM %s
"""


class EntryInvalid(ValueError):
    """A service asked for an entry that the chart or arithmetic forbids: a fault of the program, not of a person."""


class EntryDiffers(DomainError):
    """The business fact is booked already, with other amounts."""

    code = "entry_differs"
    message = _("This is booked already, with other amounts.")


class BalanceTooLow(DomainError):
    """Less money is held there, free of any freeze, than was to be taken out."""

    code = "balance_too_low"
    message = _("Only {available} is available there.")


def post(
    *,
    kind: str,
    key: str,
    lines: Iterable[Line],
    ref: Any,
    actor: Any,
    value_date: date | None = None,
    reverses: JournalEntry | None = None,
    reason: str = "",
) -> JournalEntry:
    """Add a balanced entry of a kind of `chart.MOVEMENTS`, once per ``key``: a repeat returns the first entry.

    ``ref`` is the business object, ``value_date`` the bank's day (default: today in Shanghai; where its month
    is closed the first open day, with a note). Client money that is
    debited is locked by sub-account and summed; what is frozen there stays. Raises EntryDiffers (same key, other
    amounts), BalanceTooLow, EntryInvalid (unbalanced, an account the kind does not name, fewer than two lines).
    """
    lines = list(lines)
    _check(kind, lines)
    about = Ref.of(ref)
    if value_date is not None:
        value_date, reason = periods.open_day(value_date, reason)
    with transaction.atomic():
        entry = _posted(key) if any(_is_guarded(line) for line in lines) else None
        if entry is None:
            _guard_client_money(lines)
            entry = _insert(
                lines,
                [
                    kind,
                    key,
                    about.kind,
                    about.id,
                    about.number,
                    value_date,
                    reverses and reverses.pk,
                    reason[:200],
                    *_who(actor),
                ],
            )
            if entry is not None:
                return entry
            entry = JournalEntry.objects.get(key=key)
        _compare(entry, kind, lines)
    return entry


def _posted(key: str) -> JournalEntry | None:
    """Looked up first where a balance is checked: a repeat must not fail for lack of money."""
    return JournalEntry.objects.filter(key=key).first()


def _check(kind: str, lines: list[Line]) -> None:
    movement = chart.MOVEMENTS.get(kind)
    if movement is None:
        raise EntryInvalid(f"no kind of movement {kind!r}")
    if len(lines) < FEWEST_LINES:
        raise EntryInvalid("an entry has at least two lines")
    balance: dict[str, int] = {}
    for line in lines:
        side = movement.debits if line.debit_fen else movement.credits
        if line.account not in side:
            raise EntryInvalid(f"{kind} does not touch {line.account} on this side")
        if min(line.debit_fen, line.credit_fen) != 0 or max(line.debit_fen, line.credit_fen) <= 0:
            raise EntryInvalid("exactly one side of a line is positive")
        balance[line.currency] = balance.get(line.currency, 0) + line.debit_fen - line.credit_fen
    if any(balance.values()):
        raise EntryInvalid(f"debits and credits differ: {balance}")


def _is_guarded(line: Line) -> bool:
    return bool(line.debit_fen) and chart.ACCOUNTS[line.account].client


def _guard_client_money(lines: list[Line]) -> None:
    """No sub-account of client money goes below what is frozen in it, nor below zero: lock it, sum it, compare."""
    taken: dict[tuple, int] = {}
    for line in lines:
        if chart.ACCOUNTS[line.account].client:
            taken[line.sub_account] = taken.get(line.sub_account, 0) + line.debit_fen - line.credit_fen
    for place, fen in sorted(taken.items(), key=lambda item: repr(item[0])):
        if fen > 0:
            lock(place)
            available = available_fen(place)
            if available < fen:
                raise BalanceTooLow(available=Money(available, place[1]))


def lock(place: tuple) -> None:
    """Let nobody else take from or freeze a sub-account (`Line.sub_account`) until the transaction ends."""
    if locking.switched_off():
        return
    with locking.busy_if_locked(), connection.cursor() as cursor:
        cursor.execute("SELECT set_config('lock_timeout', %s, true)", [locking.WAIT])
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"ledger:{place!r}"])


def balance_fen(account: str, currency: str, ref_kind: str, ref_id: int | None, party_id: int | None) -> int:
    """Credits less debits of one sub-account, in fen."""
    with connection.cursor() as cursor:
        cursor.execute(BALANCE, [account, currency, ref_kind, ref_id, party_id])
        return cursor.fetchone()[0]


def available_fen(place: tuple) -> int:
    """What may be taken from a sub-account, in fen: its balance less what is frozen. Decide under `lock` only."""
    return balance_fen(*place) - Freeze.sum_fen(place)


def _who(actor: Any) -> tuple:
    role = str(getattr(actor, "role", "") or "")
    return getattr(actor, "user_id", None), getattr(actor, "organization_id", None), role


def _insert(lines: list[Line], head: list) -> JournalEntry | None:
    """The new entry; None where the key is taken (a concurrent twin is waited for)."""
    rows = [
        (x.account, x.debit_fen, x.credit_fen, x.currency, x.party_id, x.ref.kind, x.ref.id or None, x.ref.number)
        for x in lines
    ]
    with connection.cursor() as cursor:
        cursor.execute(POST, [*head, *map(list, zip(*rows, strict=True))])
        row = cursor.fetchone()
    return JournalEntry.from_db("default", COLUMNS, row) if row else None


def _compare(entry: JournalEntry, kind: str, lines: list[Line]) -> None:
    stored = sorted(
        repr((p.account_id, p.currency, p.ref_kind, p.ref_id, p.party_id, p.debit_fen, p.credit_fen))
        for p in entry.postings.all()
    )
    if entry.kind != kind or stored != sorted(repr(line.facts) for line in lines):
        raise EntryDiffers()


def reverse(entry: JournalEntry, *, key: str, actor: Any, reason: str) -> JournalEntry:
    """Take an entry back by its mirror image, once. Raises EntryDiffers for another reversal, BalanceTooLow."""
    lines = [
        Line(
            p.account_id,
            p.credit_fen,
            p.debit_fen,
            p.currency,
            p.party_id,
            Ref(p.ref_kind, p.ref_id or 0, p.ref_number),
        )
        for p in entry.postings.all()
    ]
    earlier = JournalEntry.objects.filter(reverses=entry).first()
    if earlier is not None and earlier.key != key:
        raise EntryDiffers()
    return post(kind="correction", key=key, lines=lines, ref=entry.ref, actor=actor, reverses=entry, reason=reason)
