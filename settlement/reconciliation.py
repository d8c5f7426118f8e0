"""The bank's balance beside the ledger's, day by day, and the rows that make the difference."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q, QuerySet, Sum

from foundation.core.money import Money
from settlement.models import BankLine, OwnAccount, Posting

DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Day:
    """One account at the end of one day. ``stated`` is the closing balance a statement of that day prints, if any."""

    account: OwnAccount
    day: date
    opening: Money
    moved: Money
    lines: int
    ledger: Money
    stated: Money | None = None

    @property
    def bank(self) -> Money:
        """Opening and the bank's lines."""
        return self.opening + self.moved

    @property
    def difference(self) -> Money:
        """What the bank has more than the ledger; zero when all agrees."""
        return self.bank - self.ledger

    @property
    def missing(self) -> Money:
        """What a statement prints more than its lines give: lines are missing. Zero where none is printed."""
        return self.stated - self.bank if self.stated is not None else Money(0, self.account.currency)

    @property
    def agrees(self) -> bool:
        """Nothing differs and nothing is missing."""
        return not self.difference and not self.missing


def days(account: OwnAccount, first: date, last: date) -> list[Day]:
    """Every day from ``first`` to ``last``, in order; a fixed number of queries."""
    lines = account.lines.filter(counts=True, currency=account.currency).order_by()
    earlier = lines.filter(booked_on__lt=first).aggregate(fen=Sum("amount_fen", default=0))["fen"]
    moved: dict[date, tuple[int, int]] = {}
    for day, fen in lines.filter(booked_on__range=(first, last)).values_list("booked_on", "amount_fen"):
        count, total = moved.get(day, (0, 0))
        moved[day] = (count + 1, total + fen)
    postings = _postings(account)
    ledger = _sum(postings.filter(entry__value_date__lt=first))
    booked = {
        row["entry__value_date"]: int(row["debit"] - row["credit"])
        for row in postings.filter(entry__value_date__range=(first, last))
        .order_by().values("entry__value_date").annotate(debit=Sum("debit_fen"), credit=Sum("credit_fen"))
    }  # fmt: skip
    stated = dict(
        account.statements.filter(last_day__range=(first, last), currency=account.currency)
        .exclude(closing_fen=None).order_by("pk").values_list("last_day", "closing_fen")
    )  # fmt: skip
    bank, found, currency = account.opening_fen + int(earlier), [], account.currency
    ledger += account.opening_fen
    day = first
    while day <= last:
        count, fen = moved.get(day, (0, 0))
        ledger += booked.get(day, 0)
        closing = stated.get(day)
        found.append(
            Day(account, day, Money(bank, currency), Money(fen, currency), count, Money(ledger, currency),
                None if closing is None else Money(closing, currency))
        )  # fmt: skip
        bank += fen
        day += DAY
    return found


def one_day(account: OwnAccount, day: date) -> Day:
    """One day of an account."""
    return days(account, day, day)[0]


def _postings(account: OwnAccount) -> QuerySet[Posting]:
    return Posting.objects.filter(
        account_id=account.ledger_account, currency=account.currency, entry__value_date__gte=account.opening_date
    )


def _sum(rows: QuerySet[Posting]) -> int:
    sums = rows.order_by().aggregate(debit=Sum("debit_fen", default=0), credit=Sum("credit_fen", default=0))
    return int(sums["debit"] - sums["credit"])


def only_at_bank(account: OwnAccount, day: date) -> QuerySet[BankLine]:
    """Lines up to a day whose entries are missing or have a later value date."""
    rows = account.lines.filter(counts=True, currency=account.currency, booked_on__lte=day)
    return rows.filter(Q(ticks=None) | Q(ticks__entry__value_date__gt=day)).distinct().order_by("booked_on", "pk")


def only_in_ledger(account: OwnAccount, day: date) -> QuerySet[Posting]:
    """Postings up to a day that no line confirms, or a later one."""
    rows = _postings(account).filter(entry__value_date__lte=day).select_related("entry")
    return rows.filter(Q(entry__tick=None) | Q(entry__tick__line__booked_on__gt=day)).order_by(
        "entry__value_date", "pk"
    )
