"""Bank accounts, statements, lines and months: for finance and the auditor only."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, Max, QuerySet, Sum

from foundation.core.money import Money
from settlement import rules
from settlement.banklifecycle import LineState, OwnAccountState
from settlement.models import AccountingMonth, BankLine, BankStatement, OwnAccount

WAITING = (LineState.NEW, LineState.QUEUED)
AGES = (("3", 3), ("10", 10), ("30", 30), ("older", None))  # days; the last without an end


class _All:
    """Rows that are seen all or none."""

    model: type
    related: tuple[str, ...] = ()

    def visible_to(self, membership) -> QuerySet:
        """All for finance and the auditor, none for others."""
        found = self.model.objects.select_related(*self.related) if self.related else self.model.objects.all()
        return found if rules.sees_all(membership) else found.none()


class OwnAccounts(_All):
    """Bank accounts of the platform."""

    model = OwnAccount


class Statements(_All):
    """Imported statements."""

    model, related = BankStatement, ("account",)


class Lines(_All):
    """Lines of statements."""

    model, related = BankLine, ("account", "statement", "payment", "reverses")

    def queue(self, membership) -> QuerySet[BankLine]:
        """What a person has to look at, oldest first."""
        return self.visible_to(membership).filter(state=LineState.QUEUED).order_by("booked_on", "pk")


class Months(_All):
    """Months that were closed."""

    model = AccountingMonth


own_accounts = OwnAccounts()
bank_statements = Statements()
bank_lines = Lines()
months = Months()


@dataclass(frozen=True, slots=True)
class Age:
    """Receipts that wait for so many days: how many and how much."""

    up_to: int | None
    count: int
    amount: Money


def ageing(today: date) -> list[Age]:
    """Incoming lines in the queue by the days they wait, four classes, the youngest first."""
    rows = BankLine.objects.filter(state=LineState.QUEUED, amount_fen__gt=0, currency="CNY")
    found, since = [], today + timedelta(days=1)
    for _name, days in AGES:
        start = None if days is None else today - timedelta(days=days)
        part = rows.filter(booked_on__lt=since)
        if start is not None:
            part = part.filter(booked_on__gte=start)
        sums = part.aggregate(n=Count("pk"), fen=Sum("amount_fen", default=0))
        found.append(Age(days, sums["n"], Money(int(sums["fen"]))))
        since = start or since
    return found


def line_counts() -> dict[str, int]:
    """How many lines are in each waiting state."""
    rows = BankLine.objects.filter(state__in=[LineState.NEW, LineState.QUEUED, LineState.PARKED])
    return dict(rows.order_by().values_list("state").annotate(Count("pk")))


def receiving_account() -> OwnAccount | None:
    """The account payers transfer to."""
    return OwnAccount.objects.filter(
        kind=OwnAccount.Kind.SUPERVISED, currency="CNY", state=OwnAccountState.ACTIVE
    ).first()


def last_day(account: OwnAccount) -> date | None:
    """The last day a statement of the account speaks of."""
    return account.statements.aggregate(day=Max("last_day"))["day"]


def covered_until() -> date | None:
    """The last day that a statement of the account for client money speaks of."""
    kind, state = OwnAccount.Kind.SUPERVISED, OwnAccountState.ACTIVE
    rows = BankStatement.objects.filter(account__kind=kind, account__currency="CNY", account__state=state)
    return rows.aggregate(day=Max("last_day"))["day"]
