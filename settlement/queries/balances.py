"""Balances, always summed from the postings: no balance is stored anywhere."""

from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models import Sum

from foundation.core.money import Money
from foundation.core.refs import Ref
from settlement import chart
from settlement.models import Posting

SUMS = """
SELECT account_id, sum(debit)::bigint, sum(credit)::bigint, count(*) FILTER (WHERE debit <> credit) FROM (
  SELECT account_id, party_id, ref_kind, ref_id, sum(debit_fen) AS debit, sum(credit_fen) AS credit
  FROM settlement_posting WHERE account_id = ANY(%s) AND currency = %s GROUP BY account_id, party_id, ref_kind, ref_id
) parts GROUP BY account_id
"""


@dataclass(frozen=True, slots=True)
class Equation:
    """The proof that client money is complete: bank less in transit equals what is owed."""

    bank: Money
    in_transit: Money
    owed: Money

    @property
    def difference(self) -> Money:
        """Zero when all is well."""
        return self.bank - self.in_transit - self.owed


@dataclass(frozen=True, slots=True)
class AccountBalance:
    """The balance of one account on its own side, and in how many sub-accounts money lies."""

    account: chart.Account
    amount: Money
    sub_accounts: int
    share: int = 0  # of the largest, in per cent


def _grown(debit: int, credit: int, account: chart.Account) -> int:
    grows_by_debit = account.type in (chart.Type.ASSET, chart.Type.EXPENSE)
    return debit - credit if grows_by_debit else credit - debit


def balance(account: str, party: Any = None, ref: Any = None, currency: str = "CNY") -> Money:
    """The balance of an account on its own side; of a party's and an object's part where they are named."""
    lines = Posting.objects.filter(account_id=account, currency=currency)
    if party is not None:
        lines = lines.filter(party_id=party if isinstance(party, int) else party.pk)
    if ref is not None:
        named = Ref.of(ref)
        lines = lines.filter(ref_kind=named.kind, ref_id=named.id)
    sums = lines.aggregate(debit=Sum("debit_fen", default=0), credit=Sum("credit_fen", default=0))
    return Money(_grown(int(sums["debit"]), int(sums["credit"]), chart.ACCOUNTS[account]), currency)


def held_for(organization: Any) -> Money:
    """License fees that lie in escrow for a patentee."""
    return balance(chart.LICENSE_FEES, party=organization)


def payable_to(organization: Any) -> Money:
    """What was released to a patentee and not paid out yet."""
    return balance(chart.PAYABLE, party=organization)


def balances_of(organization: Any) -> dict[str, Money]:
    """The client money of one organization by account; accounts without money are left out."""
    rows = Posting.objects.filter(party=organization, account_id__in=chart.CLIENT_MONEY, currency="CNY")
    sums = rows.values_list("account_id").annotate(fen=Sum("credit_fen") - Sum("debit_fen")).order_by("account_id")
    return {code: Money(int(fen)) for code, fen in sums if fen}


def _sums(codes, currency="CNY") -> dict[str, AccountBalance]:
    with connection.cursor() as cursor:
        cursor.execute(SUMS, [list(codes), currency])
        rows = cursor.fetchall()
    found = {}
    for code, debit, credit, parts in rows:
        account = chart.ACCOUNTS[code]
        found[code] = AccountBalance(account, Money(_grown(debit, credit, account), currency), parts)
    return found


def equation(currency: str = "CNY") -> Equation:
    """Supervised bank account less money in transit, and what is owed to clients."""
    sums = _sums((chart.BANK, chart.IN_TRANSIT, *chart.CLIENT_MONEY), currency)
    zero = Money(0, currency)
    amounts = {code: sums[code].amount if code in sums else zero for code in (chart.BANK, chart.IN_TRANSIT)}
    owed = sum((sums[code].amount for code in chart.CLIENT_MONEY if code in sums), zero)
    return Equation(amounts[chart.BANK], -amounts[chart.IN_TRANSIT], owed)


def balances_by_account(currency: str = "CNY") -> list[AccountBalance]:
    """Client money by kind, the largest first; kinds without money last, by code."""
    sums = _sums(chart.CLIENT_MONEY, currency)
    largest = max((one.amount.fen for one in sums.values()), default=0)
    found = []
    for code in chart.CLIENT_MONEY:
        one = sums.get(code) or AccountBalance(chart.ACCOUNTS[code], Money(0, currency), 0)
        share = one.amount.fen * 100 // largest if largest > 0 else 0
        found.append(AccountBalance(one.account, one.amount, one.sub_accounts, max(0, share)))
    return sorted(found, key=lambda one: (-one.amount.fen, one.account.code))
