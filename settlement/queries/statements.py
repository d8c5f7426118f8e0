"""Account statements: opening balance, lines with the balance after each, closing balance. A fixed number of queries.

Days are days of posting in Shanghai: what a statement of the past says never changes.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import connection
from django.db.models import Q

from accounts.models import Organization
from foundation.core.clock import end_of_local_day, start_of_local_day
from foundation.core.money import Money
from foundation.core.refs import Ref
from settlement import chart, rules
from settlement.models import Obligation, Refund
from settlement.queries.records import obligations

OBLIGATION, REFUND = Obligation._meta.label_lower, Refund._meta.label_lower
DEBIT_SIDE = [code for code, one in chart.ACCOUNTS.items() if one.type in (chart.Type.ASSET, chart.Type.EXPENSE)]
CHUNK = 1_000
SIGNED = "(CASE WHEN p.account_id = ANY(%(debit_side)s) THEN 1 ELSE -1 END * (p.debit_fen - p.credit_fen))"
IN_TIME = "e.posted_at >= %(since)s AND e.posted_at < %(until)s"
WHERE = """
FROM settlement_posting p JOIN settlement_journalentry e ON e.id = p.entry_id
WHERE p.currency = %(currency)s AND p.account_id = ANY(%(accounts)s)
  AND (%(party)s::bigint IS NULL OR p.party_id = %(party)s)
  AND (NOT %(about)s OR (p.ref_kind, p.ref_id) IN (
    SELECT 'settlement.obligation', unnest(%(obligations)s::bigint[])
    UNION ALL SELECT 'settlement.refund', unnest(%(refunds)s::bigint[])
  ))
  AND (%(viewer)s::bigint IS NULL OR p.party_id = %(viewer)s OR p.account_id = ANY(%(shared)s))
"""
TOTALS = f"""
SELECT coalesce(sum({SIGNED}) FILTER (WHERE e.posted_at < %(since)s), 0)::bigint,
  coalesce(sum({SIGNED}) FILTER (WHERE e.posted_at < %(until)s), 0)::bigint,
  coalesce(sum(greatest({SIGNED}, 0)) FILTER (WHERE {IN_TIME}), 0)::bigint,
  coalesce(sum(greatest(-{SIGNED}, 0)) FILTER (WHERE {IN_TIME}), 0)::bigint,
  count(*) FILTER (WHERE {IN_TIME})
{WHERE}
"""
LINES = f"""
SELECT e.id, e.kind, e.posted_at, e.value_date, e.reverses_id, e.ref_number, p.account_id, p.party_id, p.ref_kind,
  p.ref_number, p.debit_fen, p.credit_fen, {SIGNED} AS change,
  (%(opening)s + sum({SIGNED}) OVER (ORDER BY p.id))::bigint AS balance, o.name
FROM (SELECT p.* {WHERE} AND {IN_TIME}) p
JOIN settlement_journalentry e ON e.id = p.entry_id LEFT JOIN accounts_organization o ON o.id = p.party_id
ORDER BY p.id {{direction}} LIMIT %(limit)s OFFSET %(offset)s
"""  # noqa: S608


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a statement; ``change`` is signed as the statement counts, ``balance`` stands after it."""

    entry_id: int
    kind: str
    posted_at: datetime
    value_date: date
    reverses_id: int | None
    about: str
    account: str
    party_id: int | None
    ref_kind: str
    ref_number: str
    debit: Money
    credit: Money
    change: Money
    balance: Money
    party: str

    @property
    def taken(self) -> Money:
        """What the line takes away, as a positive amount."""
        return -self.change

    @property
    def entry_number(self) -> str:
        """How people name the entry: L-000123."""
        return f"L-{self.entry_id:06d}"

    @property
    def sentence(self) -> str:
        """What happened, to be translated where it is shown."""
        return chart.MOVEMENTS[self.kind].sentence


@dataclass(frozen=True, slots=True)
class Statement:
    """The figures of a period; ``lines`` reads any part of it."""

    since: date
    until: date
    opening: Money
    closing: Money
    added: Money
    taken: Money
    count: int
    facts: dict

    def lines(self, offset: int = 0, limit: int = 50, *, newest_first: bool = False) -> list[Line]:
        """A page of lines with the balance after each, in one query."""
        sql = LINES.format(direction="DESC" if newest_first else "ASC")
        with connection.cursor() as cursor:
            cursor.execute(sql, {**self.facts, "opening": self.opening.fen, "limit": limit, "offset": offset})
            return [_line(row, self.opening.currency) for row in cursor.fetchall()]

    def all_lines(self) -> Iterator[Line]:
        """Every line, oldest first, read in pieces."""
        sql = LINES.format(direction="ASC")
        with connection.chunked_cursor() as cursor:
            cursor.execute(sql, {**self.facts, "opening": self.opening.fen, "limit": None, "offset": 0})
            while rows := cursor.fetchmany(CHUNK):
                yield from (_line(row, self.opening.currency) for row in rows)


def _line(row: tuple, currency: str) -> Line:
    fixed, amounts, party = row[:10], row[10:14], row[14]
    return Line(*fixed, *(Money(int(fen), currency) for fen in amounts), party or "")


def statement(
    *,
    since: date,
    until: date,
    party: Organization | None = None,
    about: list[Obligation] | None = None,
    account: str | None = None,
    viewer_id: int | None = None,
    currency: str = "CNY",
) -> Statement:
    """The statement of a party's money, of the money of some obligations, of an account, or of a mixture of these.

    Without ``account`` all client money counts, as what is owed; an account counts on its own side. ``since`` and
    ``until`` are days in Shanghai, both included. ``viewer_id`` limits what stands on accounts of several parties'
    interest to an organization's own lines and what is held for the obligations.
    """
    refunds = Refund.objects.filter(obligation__in=about).values_list("pk", flat=True) if about else []
    facts = {
        "currency": currency,
        "accounts": [account] if account else list(chart.CLIENT_MONEY),
        "debit_side": DEBIT_SIDE,
        "party": party and party.pk,
        "about": about is not None,
        "obligations": [one.pk for one in about or []],
        "refunds": list(refunds),
        "viewer": viewer_id,
        "shared": list(chart.HELD),
        "since": start_of_local_day(since),
        "until": end_of_local_day(until),
    }
    with connection.cursor() as cursor:
        cursor.execute(TOTALS, facts)
        opening, closing, added, taken, count = cursor.fetchone()
    amounts = [Money(fen, currency) for fen in (opening, closing, added, taken)]
    return Statement(since, until, *amounts, count, facts)


class Parties:
    """Organizations whose statement may be read."""

    def visible_to(self, membership):
        """One's own; all for finance and the auditor."""
        if rules.sees_all(membership):
            return Organization.objects.all()
        if not rules.can(membership, "see_money"):
            return Organization.objects.none()
        return Organization.objects.filter(pk=membership.organization_id)


parties = Parties()


def obligations_about(number: str, membership: Any) -> list[Obligation]:
    """The obligations of a business object (a license, a lot) or one obligation by its number, as one may see them."""
    named = Q(ref_number=number) | Q(number=number)
    return list(obligations.visible_to(membership).filter(named).order_by("pk"))


def objects_with_money(membership: Any, words: str = "", limit: int = 30) -> list[Ref]:
    """Business objects that money is or was owed for, the newest first; ``words`` is a part of their number."""
    rows = obligations.visible_to(membership).exclude(ref_number="")
    if words:
        rows = rows.filter(Q(ref_number__icontains=words) | Q(number__icontains=words))
    found = {one.ref_number: one.ref for one in rows.order_by("-pk")[: limit * 3]}
    return list(found.values())[:limit]
